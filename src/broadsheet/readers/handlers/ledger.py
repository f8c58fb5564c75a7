"""Writes down, outside the database, what became of deleted accounts."""

from broadsheet.kernel.facts import handles
from broadsheet.readers.actions.redo_deletions import note_departure
from broadsheet.readers.facts import AccountDeleted, AccountErased, AccountRestored


@handles(AccountDeleted)
def note_deleted(happened: AccountDeleted) -> None:
    """Note until when the account can be restored."""
    note_departure(reader_id=happened.reader_id, state="deleted")


@handles(AccountRestored)
def note_restored(happened: AccountRestored) -> None:
    """Note that the account is back."""
    note_departure(reader_id=happened.reader_id, state="restored")


@handles(AccountErased)
def note_erased(happened: AccountErased) -> None:
    """Note that nothing is left of the account."""
    note_departure(reader_id=happened.reader_id, state="erased")
