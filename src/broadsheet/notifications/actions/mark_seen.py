"""Marks a reader's notices as seen."""

from broadsheet.kernel import clock
from broadsheet.notifications.models import Notice


def mark_seen(*, reader_id: int, up_to: int) -> int:
    """Mark what the reader was shown, the notice `up_to` and all before it; return how many were new.

    A notice that came meanwhile stays unseen.
    """
    unseen = Notice.objects.filter(reader_id=reader_id, seen_at__isnull=True, pk__lte=up_to)
    return unseen.update(seen_at=clock.now())
