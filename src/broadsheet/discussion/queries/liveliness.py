"""How much is going on in a thread now."""

from datetime import datetime, timedelta

from broadsheet.discussion.models import Comment
from broadsheet.kernel.prepared import Prepared

LATELY = timedelta(minutes=30)
COUNTED = 50  # no further: a thread with more is as lively as can be

_NEWEST = Prepared(
    lambda thread: (
        Comment.objects.filter(thread_id=thread, depth=0, placed=True)
        .order_by("-id")
        .values_list("created_at")[:COUNTED]
    )
)


def lately(thread_id: int | None, now: datetime) -> int:
    """Return how many comments that stand for themselves were posted in the thread in the last half hour, up to 50."""
    if thread_id is None:
        return 0
    return sum(at > now - LATELY for (at,) in _NEWEST(thread_id))


def lively_threads(now: datetime) -> list[int]:
    """Return the threads in which somebody commented in the last half hour, as far as the newest 2,000 comments tell."""
    newest = Comment.objects.order_by("-id").values_list("thread_id", "created_at")[:2000]
    return sorted({thread for thread, at in newest if at > now - LATELY})
