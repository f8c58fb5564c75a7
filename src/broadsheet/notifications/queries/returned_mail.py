"""What came back, and which addresses get no optional mail for it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q

from broadsheet.kernel.imap import fault
from broadsheet.notifications.conf import MAIL_RETURNED, RETURNS_COUNT_FOR
from broadsheet.notifications.engines.return_path import returns_to
from broadsheet.notifications.models import ReturnedMail, StoppedAddress, StopWhy
from broadsheet.notifications.queries.unsubscribed import by_address
from broadsheet.notifications.rules.purposes import title_of
from broadsheet.notifications.rules.returned_mail import Event
from broadsheet.readers.queries.people import addresses_of


@dataclass(frozen=True, slots=True)
class Stopped:
    """How one address stands; `recipient` is its keyed hash. `why` is empty where optional mail goes to it."""

    recipient: str
    address: str = ""
    why: str = ""
    at: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """How often mail of one purpose came back, and was complained of."""

    title: str
    hard: int
    soft: int
    complaints: int


def events_of(recipient: str) -> list[Event]:
    """Return what counts against the address, whenever it was."""
    rows = ReturnedMail.objects.filter(recipient=recipient, forgiven_at=None)
    return [Event(kind, at) for kind, at in rows.values_list("kind", "at")]


def is_stopped(recipient: str, now: datetime) -> bool:
    """Return whether the address gets no mail that it could do without, for now or for good."""
    rows = StoppedAddress.objects.filter(recipient=recipient)
    return rows.filter(Q(until=None) | Q(until__gt=now)).exists()


def standing_of_address(address: str, now: datetime) -> Stopped:
    """Return how the address stands."""
    return next(iter(_standings([address], now)))


def standing_of_reader(reader_id: int, now: datetime) -> list[Stopped]:
    """Return how each address of the account stands."""
    return _standings(sorted(addresses_of(reader_id)), now)


def stopped_of_reader(reader_id: int, now: datetime) -> list[Stopped]:
    """Return the account's addresses that get no optional mail."""
    return [one for one in standing_of_reader(reader_id, now) if one.why]


def _standings(addresses: Collection[str], now: datetime) -> list[Stopped]:
    names = {address: by_address(address) for address in addresses}
    rows = {row.recipient: row for row in StoppedAddress.objects.filter(recipient__in=names.values())}
    found = []
    for address, name in names.items():
        row = rows.get(name)
        if row is None or (row.until is not None and row.until <= now):
            found.append(Stopped(name, address))
        else:
            found.append(Stopped(name, address, row.why, row.at, row.until))
    return found


def returned_lately(now: datetime) -> list[Returned]:
    """Return what came back in the time that counts, by purpose, the most first."""
    rows = ReturnedMail.objects.filter(at__gt=now - RETURNS_COUNT_FOR).values("purpose").order_by("purpose")
    counted = rows.annotate(
        hard=Count("id", filter=Q(kind="hard")),
        soft=Count("id", filter=Q(kind="soft")),
        complaints=Count("id", filter=Q(kind="complaint")),
    )
    found = [Returned(title_of(row["purpose"]), row["hard"], row["soft"], row["complaints"]) for row in counted]
    return sorted(found, key=lambda one: (-one.hard - one.soft - one.complaints, one.title))


def stopped_counts(now: datetime) -> dict[str, int]:
    """Return how many addresses are stopped for which reason, and rest."""
    rows = StoppedAddress.objects.filter(Q(until=None) | Q(until__gt=now)).values_list("why")
    return dict.fromkeys(map(str, StopWhy), 0) | dict(rows.annotate(count=Count("id")).order_by("why"))


def stopped_lately(now: datetime, within: timedelta) -> int:
    """Return how many were stopped in that time for returned mail, and could be lifted at once."""
    return StoppedAddress.objects.filter(at__gte=now - within).exclude(why=StopWhy.COMPLAINT).count()


def reports_fault() -> str:
    """Return in a few words why returned mail isn't heard of, empty where it is or isn't asked for."""
    if not settings.MAIL_BOUNCES:
        return ""
    if returns_to() is None:
        return "BROADSHEET_MAIL_BOUNCES is no address with at most 24 letters and digits before the @"
    if not settings.REPORTS_IMAP:
        return "no mailbox is set to read it from"
    wrong = fault(settings.REPORTS_IMAP, MAIL_RETURNED)
    return f"BROADSHEET_MAIL_BOUNCES_IMAP: {wrong}" if wrong else ""
