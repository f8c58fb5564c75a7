"""Erases letters when their time is over (GDPR art. 5(1)(e))."""

from datetime import datetime

from broadsheet.kernel.personal_data import delete_portion
from broadsheet.moderation.models import Letter


def purge_letters(*, now: datetime) -> int:
    """Erase letters that were never confirmed or completed, messages passed on, and answered ones half a year later.

    An open letter stays until it is answered. Return how many that were.
    """
    gone = 0
    while portion := delete_portion(Letter.objects.filter(ends_at__lte=now).exclude(state="open")):
        gone += portion
    return gone


def erase_letters(*, reader_id: int) -> int:
    """Erase a portion of the letters of an account that is being erased; return how many rows that were."""
    return delete_portion(Letter.objects.filter(reader_id=reader_id))
