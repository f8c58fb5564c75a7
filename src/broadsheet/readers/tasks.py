"""Background work of accounts."""

from django_tasks import task

from broadsheet.kernel import clock
from broadsheet.kernel.schedule import every
from broadsheet.readers.actions.erase_account import erase_due, purge_kept
from broadsheet.readers.actions.keep_avatar import sweep_avatars, take_offered
from broadsheet.readers.actions.overwrite_erased import overwrite_erased
from broadsheet.readers.engines.ledger import KEPT_FOR, drop_old

ERASING_SECONDS = 1.0


@task()
def fetch_offered(reader_id: int) -> bool:
    """Fetch the picture that a provider offered for the account."""
    return take_offered(reader_id=reader_id)


@every(5)
def erase_departed() -> None:
    """Erase accounts whose 30 days are over, a moment at a time: other periodic work waits meanwhile."""
    erase_due(now=clock.now(), seconds=ERASING_SECONDS)


@every(600)
def overwrite() -> None:
    """Leave nothing of erased accounts in the database's files."""
    overwrite_erased(now=clock.now())


@every(3600)
def purge() -> None:
    """Drop what has come to its end: keyed hashes, old lines of the ledger, former addresses, pictures of nobody."""
    purge_kept(now=clock.now())
    sweep_avatars()
    drop_old(clock.now() - KEPT_FOR)  # last: a line that somebody broke stops nothing else
