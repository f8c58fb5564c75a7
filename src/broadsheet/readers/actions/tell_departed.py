"""Sends the link that restores a deleted account once more, to its owner alone."""

from datetime import datetime, timedelta

from django.db import transaction

from broadsheet.kernel.rates import Limit, take
from broadsheet.readers.actions.announce_mail import announce_mail
from broadsheet.readers.queries.departures import restorable

DEPARTED_MAILS = Limit("departed-mails", times=2, per=timedelta(hours=1))  # of one account


@transaction.atomic
def tell_departed(*, reader_id: int, edition: str, now: datetime) -> bool:
    """Announce the mail and return True; False where the account isn't deleted, or was sent enough of them lately."""
    if not restorable(reader_id, now).exists():
        return False
    if take(DEPARTED_MAILS, str(reader_id), now):
        return False
    announce_mail("deleted", reader_id=reader_id, edition=edition)
    return True
