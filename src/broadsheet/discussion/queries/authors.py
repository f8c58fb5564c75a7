"""What is asked of a reader who posts: pace, bars, trust."""

from datetime import datetime

from broadsheet.discussion.conf import RECENT, Mode
from broadsheet.discussion.models import Bar, Comment
from broadsheet.discussion.rules.posting import Author, Earlier
from broadsheet.discussion.rules.trust import Trust, trust
from broadsheet.kernel.prepared import Prepared
from broadsheet.readers.queries.faces import account_of

__all__ = ["Trust", "author_of", "barred_until", "is_trusted", "recent", "trust_of"]
_RECENT = Prepared(
    lambda number: (
        Comment.objects.filter(author_id=number).order_by("-id").values_list("thread_id", "created_at")[:RECENT]
    )
)
_BARS = Prepared(lambda reader, thread: Bar.objects.filter(reader_id=reader, thread_id=thread).values_list("until"))


def recent(author_id: int) -> list[Earlier]:
    """Return where and when the author posted lately, as far back as limits look; held and removed ones count, too."""
    return [Earlier(thread, at) for thread, at in _RECENT(author_id)]


def barred_until(reader_id: int, thread_id: int, now: datetime) -> tuple[bool, datetime | None]:
    """Return whether the reader is blocked from the thread now, and until when; None is until it is lifted."""
    running = [until for (until,) in _BARS(reader_id, thread_id) if until is None or now < until]
    endless = any(until is None for until in running)
    return bool(running), None if endless or not running else max(until for until in running if until)


def author_of(author_id: int, mode: str, now: datetime) -> Author | None:
    """Return what rules ask of the author, None where there is no such account; trust only where the mode asks for it."""
    account = account_of(author_id)
    if account is None:
        return None
    trusted = mode == Mode.TRUSTED and is_trusted(author_id, now)
    return Author(account.registered_at, account.is_staff, trusted)


def is_trusted(author_id: int, now: datetime) -> bool:
    """Return whether the reader is trusted: by comments that stand, over some time, with none removed lately (MOD-12).

    Asked of the comments themselves each time, so that trust is lost with the first that is removed.
    """
    return trust_of(author_id, now).since is not None


def trust_of(author_id: int, now: datetime) -> Trust:
    """Return how near the reader is to being trusted, by as many comments as matter."""
    own = Comment.objects.filter(author_id=author_id)
    first = own.order_by("id").values_list("created_at", flat=True).first()
    rows = list(own.order_by("-id").values_list("state", "created_at")[: 10 * RECENT]) if first is not None else []
    return trust(first, rows, now)
