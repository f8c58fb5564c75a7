"""Erases deleted accounts for good when their 30 days are over (ACC-07; GDPR art. 17)."""

import logging
import math
import time
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.facts import announce
from broadsheet.kernel.personal_data import delete_portion, holdings
from broadsheet.readers.actions.end_sessions import end_sessions
from broadsheet.readers.conf import KEPT_FOR_FINAL_BLOCK
from broadsheet.readers.facts import AccountErased
from broadsheet.readers.models import Block, Closure, Departure, DepartureLink, FormerAddress, Kept, Reader
from broadsheet.readers.queries.departures import closed_for_good, confirmed_address, due_for_erasure
from broadsheet.readers.queries.retention import BLOCKED, keyed

log = logging.getLogger("broadsheet.erasing")
AT_ONCE = 200  # accounts a turn of the job
PAUSE_SECONDS = 0.002  # between portions: a lock that is taken again at once is never had by those who wait
MOST_PORTIONS = 20_000  # of one holding: two million rows; beyond that a holding never ends


def erase_due(*, now: datetime, seconds: float = math.inf) -> int:
    """Erase the accounts whose 30 days are over; return how many. One that fails is told, and tried again.

    So are those that the moderators deleted, after 180 days (MOD-04).

    After so many `seconds` it stops between two portions; the next call goes on there.
    """
    erased = 0
    until = time.monotonic() + seconds
    _let_closed_go(now)
    for reader_id in due_for_erasure(now, AT_ONCE):
        if time.monotonic() >= until:
            break
        try:
            erased += erase_account(reader_id=reader_id, now=now, until=until)
        except Exception as error:
            log.warning("account %s could not be erased: %s", reader_id, type(error).__name__, exc_info=error)
    return erased


def erase_account(*, reader_id: int, now: datetime, until: float = math.inf) -> bool:
    """Erase all that is held of a deleted account whose deadline is over; return whether this call finished it.

    Portion by portion, each in its own transaction: a process that is killed leaves an account that can't be restored
    and is erased further by the next turn; two at once do no harm. What others wrote stays. What is left is a number
    and a User ID without a person, and where a block was running, keyed hashes of the addresses with an end.
    Once the monotonic clock reads `until`, it stops between two portions.
    """
    if not _begin(reader_id, now):
        return False
    for holding in holdings():
        for _portion in range(MOST_PORTIONS):
            if not holding.erase(reader_id):
                break
            if time.monotonic() >= until:
                return False
            time.sleep(PAUSE_SECONDS)
        else:
            raise RuntimeError(f"{holding.name} is erased again and again without an end.")
    return _finish(reader_id)


def erase_now(*, reader_id: int, now: datetime) -> None:
    """Erase the account without the 30 days, as its owner or a court asks; `Refused` for staff and where it is gone."""
    with transaction.atomic():
        reader = Reader.objects.select_for_update().filter(pk=reader_id).first()
        if refusal := _refuse(reader):
            raise Refused(refusal)
        assert reader is not None  # noqa: S101 - refused above
        Departure.objects.update_or_create(
            reader=reader, defaults={"deadline": now}, create_defaults={"began_at": now, "deadline": now}
        )
        reader.is_active = False
        reader.save(update_fields=["is_active"])
        end_sessions(reader_id=reader_id)
    erase_account(reader_id=reader_id, now=now)


def purge_kept(*, now: datetime) -> int:
    """Delete the keyed hashes and former addresses that have come to their end; return how many."""
    gone = 0
    for rows in (Kept.objects.filter(ends_at__lte=now), FormerAddress.objects.filter(until__lte=now)):
        while portion := delete_portion(rows):
            gone += portion
    return gone


def _let_closed_go(now: datetime) -> None:
    """Put accounts whose time as closed ones is over on the list of those to be erased."""
    for reader_id, began_at, deadline in closed_for_good(now, AT_ONCE):
        Departure.objects.get_or_create(reader_id=reader_id, defaults={"began_at": began_at, "deadline": deadline})


@transaction.atomic
def _begin(reader_id: int, now: datetime) -> bool:
    """Close the way back and keep what must be kept; False where the account came back or is erased."""
    departure = Departure.objects.select_for_update().filter(reader_id=reader_id, deadline__lte=now).first()
    reader = Reader.objects.select_for_update().filter(pk=reader_id).first()
    if departure is None or reader is None or reader.is_active or reader.is_staff or reader.is_superuser:
        return False
    DepartureLink.objects.filter(departure=departure).delete()
    ends_at = _end_of_block(reader, now)
    if ends_at is not None and (address := confirmed_address(reader)):
        Kept.objects.update_or_create(kind=BLOCKED, digest=keyed(BLOCKED, address), defaults={"ends_at": ends_at})
    return True


def _end_of_block(reader: Reader, now: datetime) -> datetime | None:
    if reader.block == Block.FINAL:
        return now + KEPT_FOR_FINAL_BLOCK
    ends_at: datetime | None = reader.blocked_until
    return ends_at if ends_at is not None and ends_at > now else None


@transaction.atomic
def _finish(reader_id: int) -> bool:
    """Strike the account off the list of those to be erased; of two who erased it, one does."""
    if not Departure.objects.filter(reader_id=reader_id).delete()[0]:
        return False
    Closure.objects.filter(reader_id=reader_id).delete()
    announce(AccountErased(reader_id=reader_id))
    return True


def _refuse(reader: Reader | None) -> Refusal | None:
    what = _("The account was not erased.")
    if reader is None:
        return Refusal("account-not-there", what, _("There is no such account."), _("Check User ID or address."))
    if reader.is_staff or reader.is_superuser:
        return Refusal(
            "staff-account",
            what,
            _("It belongs to the newsroom: articles and decisions name it."),
            _("Take the account out of the newsroom first."),
        )
    return None
