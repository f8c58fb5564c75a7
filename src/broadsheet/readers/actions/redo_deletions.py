"""Deletes and erases again what a database put back from a backup has no knowledge of (GDPR art. 17)."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from broadsheet.kernel import clock
from broadsheet.readers.actions.delete_account import delete_account
from broadsheet.readers.actions.erase_account import erase_now
from broadsheet.readers.actions.restore_deleted import bring_back
from broadsheet.readers.engines.ledger import Entry, State, write_entry
from broadsheet.readers.models import Departure, Reader
from broadsheet.readers.queries.retention import is_erased


def note_departure(*, reader_id: int, state: State) -> None:
    """Write down what became of the account; nothing where it has no number any more, or is no longer deleted."""
    reader = Reader.objects.select_related("departure").filter(pk=reader_id).first()
    if reader is None:
        return
    departure = Departure.objects.filter(reader=reader).first()
    if state == "deleted" and departure is None:
        return
    deadline = departure.deadline if departure is not None and state == "deleted" else None
    write_entry(Entry(clock.now(), state, reader.public_id, deadline))


def redo_deletions(*, entries: Iterable[Entry], edition: str, now: datetime) -> dict[str, int]:
    """Let each account be what the last entry about it says; return how many were deleted, restored and erased.

    A deleted one keeps the deadline it had, and a fresh link to restore it is mailed; `edition` is the code of the one
    it is written for. Accounts of the newsroom, and those that the database doesn't have, stay out of it. Done twice,
    the second time changes nothing.
    """
    last = {entry.user_id: entry for entry in sorted(entries, key=lambda entry: entry.at)}
    done: Counter[str] = Counter()
    for entry in last.values():
        reader = Reader.objects.filter(public_id=entry.user_id, is_staff=False, is_superuser=False).first()
        if reader is not None and _redo(reader, entry, edition, now):
            done[entry.state] += 1
    return dict(done)


def _redo(reader: Reader, entry: Entry, edition: str, now: datetime) -> bool:
    departure = Departure.objects.filter(reader=reader).first()
    if entry.state == "restored":
        return departure is not None and bring_back(departure_id=departure.pk)
    if entry.state == "erased" or (entry.deadline is not None and entry.deadline <= now):
        if is_erased(reader):
            return False
        erase_now(reader_id=reader.pk, now=now)
        return True
    if departure is not None or not reader.is_active:
        return False
    with transaction.atomic():
        delete_account(reader_id=reader.pk, edition=edition, now=now)
        Departure.objects.filter(reader=reader).update(deadline=entry.deadline)
    return True
