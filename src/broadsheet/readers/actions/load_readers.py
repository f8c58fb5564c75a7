"""Makes many accounts at once, for measuring and trying out: nobody can log in to them, and no mail reaches them."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from broadsheet.readers.models import Reader

HOST = "load.invalid"  # RFC 2606: never a host
PORTION = 500


def load_readers(*, count: int, names: list[str], now: datetime) -> list[int]:
    """Return the numbers of so many confirmed accounts, made where they weren't there yet; registered over two years."""
    addresses = [f"reader-{number}@{HOST}" for number in range(count)]
    for start in range(0, count, PORTION):
        portion = addresses[start : start + PORTION]
        known = set(Reader.objects.filter(email__in=portion).values_list("email", flat=True))
        new = [(start + at, address) for at, address in enumerate(portion) if address not in known]
        with transaction.atomic():
            made = Reader.objects.bulk_create(
                Reader(email=address, display_name=names[number % len(names)], password=make_password(None))
                for number, address in new
            )
            for (number, _address), reader in zip(new, made, strict=True):
                reader.registered_at = now - timedelta(days=3 + (number * 37) % 730)
            Reader.objects.bulk_update(made, ["registered_at"])
            EmailAddress.objects.bulk_create(
                EmailAddress(user=reader, email=reader.email, verified=True, primary=True) for reader in made
            )
    return list(Reader.objects.filter(email__endswith=f"@{HOST}").order_by("pk").values_list("pk", flat=True)[:count])
