"""Deleted accounts that can still come back."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from broadsheet.readers.models import Closure, Departure, DepartureLink, Reader


@dataclass(frozen=True, slots=True)
class DepartedView:
    """A deleted account within its 30 days; `address` is where the link to restore it goes, empty where it has none."""

    reader_id: int
    user_id: str
    began_at: datetime
    deadline: datetime
    address: str


def departed(reader_id: int, now: datetime) -> DepartedView | None:
    """Return the account that its owner can restore; None where it isn't deleted, its deadline is over, or it is closed."""
    found = restorable(reader_id, now).select_related("reader").first()
    if found is None:
        return None
    reader = found.reader
    return DepartedView(reader.pk, reader.public_id, found.began_at, found.deadline, confirmed_address(reader))


def restorable(reader_id: int, now: datetime) -> QuerySet[Departure]:
    """Return the row of a deleted account that its owner may bring back: not one that the moderators deleted, too."""
    return Departure.objects.filter(reader_id=reader_id, deadline__gt=now, reader__closure=None)


def departed_by_link(token: str, now: datetime) -> DepartedView | None:
    """Return the deleted account that this link restores; None where it restores none any more."""
    link = DepartureLink.objects.filter(digest=digest_of(token)).values_list("departure_id", flat=True).first()
    return None if link is None else departed(link, now)


def due_for_erasure(now: datetime, limit: int) -> list[int]:
    """Return the accounts whose 30 days are over, the longest over first."""
    rows = Departure.objects.filter(deadline__lte=now).order_by("deadline")
    return list(rows.values_list("reader_id", flat=True)[:limit])


def closed_for_good(now: datetime, limit: int) -> list[tuple[int, datetime, datetime]]:
    """Return the accounts that the moderators deleted and kept for 180 days, with beginning and end of that time."""
    rows = Closure.objects.filter(deadline__lte=now, reader__departure=None).order_by("deadline")
    return list(rows.values_list("reader_id", "began_at", "deadline")[:limit])


def confirmed_address(reader: Reader) -> str:
    """Return the address that mail about the account goes to: the confirmed one, else the one given."""
    rows = EmailAddress.objects.filter(user=reader, verified=True).order_by("-primary", "pk")
    return rows.values_list("email", flat=True).first() or reader.email or ""


def digest_of(token: str) -> str:
    """Return what is stored of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()
