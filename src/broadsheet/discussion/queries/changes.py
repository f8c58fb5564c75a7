"""What happened to the comments of a thread after a moment, for streams and for readers who ask again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from broadsheet.discussion import facts
from broadsheet.kernel.facts import Fact
from broadsheet.kernel.models import FactRecord

TOLD: tuple[type[facts.CommentFact], ...] = (
    facts.CommentPosted,
    facts.CommentShown,
    facts.CommentEdited,
    facts.CommentHeld,
    facts.CommentRestored,
    facts.CommentWithdrawn,
    facts.CommentRemoved,
    facts.CommentRedacted,
    facts.CommentPicked,
)
_NAMES = [kind.__name__ for kind in TOLD]
RECENT = timedelta(seconds=20)  # longer than a stored page may lag behind its discussion
FURTHEST = 20_000  # facts of all kinds that are looked through: who is further behind loads the page anew

LATE = 50


@dataclass(frozen=True, slots=True)
class Change:
    """A comment that came, changed or went, and the number of the newest fact that says so."""

    number: int
    comment_id: int


def change_of(happened: Fact) -> int | None:
    """Return the comment that others see otherwise since this fact, None where there is none."""
    if not isinstance(happened, TOLD):
        return None
    if isinstance(happened, facts.CommentPosted) and happened.state != "visible":
        return None
    return happened.comment_id


def recent_number(now: datetime) -> int:
    """Return the number of the newest fact that every stored page shows by now, 0 where there is none."""
    older = FactRecord.objects.filter(at__lt=now - RECENT).order_by("-at", "-id")
    return older.values_list("id", flat=True).first() or 0


def comment_changes(article_id: int, *, after: int, newest: int, limit: int) -> list[Change] | None:
    """Return what changed in the thread after a fact's number, oldest first, each comment once.

    None where that is more than `limit`, or too far back to look through.
    """
    if newest - after > FURTHEST:
        return None
    if connection.vendor == "postgresql":  # a lower number may have become visible after a higher one
        after -= LATE
    told = FactRecord.objects.filter(id__gt=after, name__in=_NAMES, payload__thread_id=article_id).order_by("id")
    found: dict[int, int] = {}
    for number, name, payload in told.values_list("id", "name", "payload")[: 4 * limit]:
        if name != "CommentPosted" or payload.get("state") == "visible":
            found.pop(payload["comment_id"], None)
            found[payload["comment_id"]] = number
    if len(found) > limit:
        return None
    return [Change(number, comment_id) for comment_id, number in found.items()]
