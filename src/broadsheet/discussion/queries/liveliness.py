"""How much is going on in a thread now."""

from datetime import datetime, timedelta

from broadsheet.discussion.models import Comment

LATELY = timedelta(minutes=30)
COUNTED = 50  # no further: a thread with more is as lively as can be


def lately(thread_id: int | None, now: datetime) -> int:
    """Return how many comments that stand for themselves were posted in the thread in the last half hour, up to 50."""
    if thread_id is None:
        return 0
    roots = Comment.objects.filter(thread_id=thread_id, depth=0, placed=True).order_by("-id")
    return sum(at > now - LATELY for at in roots.values_list("created_at", flat=True)[:COUNTED])
