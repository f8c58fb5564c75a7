"""What outlives an account: keyed hashes with an end, and that something was erased."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.utils.crypto import salted_hmac

from broadsheet.kernel.email import canonical
from broadsheet.kernel.models import FactRecord
from broadsheet.readers.facts import AccountErased
from broadsheet.readers.models import FormerAddress, Kept, Reader

BLOCKED = "blocked-address"


def kept_away_until(address: str, now: datetime) -> datetime | None:
    """Return when the block ends under which an account of this address was erased; None where none runs."""
    rows = Kept.objects.filter(kind=BLOCKED, digest=keyed(BLOCKED, address), ends_at__gt=now)
    return rows.values_list("ends_at", flat=True).first()


def keyed(kind: str, value: str) -> str:
    """Return the hash of the value under the paper's signing key: nobody without the key can try addresses on it."""
    return salted_hmac(f"readers.kept.{kind}", canonical(value), algorithm="sha256").hexdigest()


def marks_of(reader_id: int) -> set[str]:
    """Return the keyed hashes by which whoever owns the account would be recognised in another one (MOD-08).

    Of the confirmed address, those it had lately, and the identities that open it; not of one that nobody confirmed,
    which may be a stranger's.
    """
    confirmed = EmailAddress.objects.filter(user_id=reader_id, verified=True).values_list("email", flat=True)
    former = FormerAddress.objects.filter(reader_id=reader_id).values_list("email", flat=True)
    identities = SocialAccount.objects.filter(user_id=reader_id).values_list("provider", "uid")
    return {keyed(BLOCKED, address) for address in (*confirmed, *former)} | {
        salted_hmac("readers.kept.mark-identity", f"{provider}\n{uid}", algorithm="sha256").hexdigest()
        for provider, uid in identities
    }


def is_erased(reader: Reader) -> bool:
    """Return whether nothing is left of the account but its number and User ID."""
    return reader.email is None and not reader.is_active and reader.display_name == ""


def first_erasure_since(moment: datetime) -> datetime | None:
    """Return when an account was first erased after that moment, as far back as the log of facts goes: a week."""
    rows = FactRecord.objects.filter(name=AccountErased.__name__, at__gt=moment).order_by("pk")
    return rows.values_list("at", flat=True).first()
