"""Pages of a thread: a fixed number of questions, each answered by an index, at any size (DIS-01, PERF-05).

Conditions stand in the text of the questions as the partial indexes have them: SQLite doesn't prove them for values
that are bound.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from broadsheet.discussion.conf import PAGE, REPLIES_SHOWN
from broadsheet.discussion.models import Comment, Thread
from broadsheet.discussion.queries.comments import CommentView, Row, chosen, comment_views, rows_of, views_of
from broadsheet.discussion.rules.keys import After, Sort, key_before, read_key, write_key
from broadsheet.discussion.rules.modes import Own
from broadsheet.discussion.rules.shares import shares
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.prepared import Prepared

__all__ = [
    "Counts", "Place", "RepliesPage", "RootView", "Sort", "ThreadPage", "any_thread", "counts_of", "first_replies", "key_of_previous",
    "own_held", "place_of", "replies_page", "thread_counts", "thread_page", "thread_state",
]  # fmt: skip
LONGEST_PAGE = 100
_ROOTS = "SELECT id FROM discussion_comment WHERE thread_id = %s AND depth = 0 AND placed"
_ORDERS = {
    Sort.NEWEST: ("id < %s", "ORDER BY id DESC"),
    Sort.OLDEST: ("id > %s", "ORDER BY id"),
    Sort.DISCUSSED: ("", "ORDER BY replies DESC, id DESC"),
}
_IN_ORDER: dict[Sort, Callable[[Row], tuple[int, ...]]] = {
    Sort.NEWEST: lambda row: (-row.id,),
    Sort.OLDEST: lambda row: (row.id,),
    Sort.DISCUSSED: lambda row: (-row.replies, -row.id),
}
_REPLIES = "SELECT id FROM discussion_comment WHERE root_id = %s AND root_id IS NOT NULL AND placed"
_NOBODY = 0  # the number of no comment
_THREAD = Prepared(
    lambda number: Thread.objects.filter(pk=number).values_list(
        "visible", "roots", "last_id", "last_at", "mode", "slow_seconds", "shield_hours", "closes_at"
    )
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many comments of a thread are visible, how many of them are roots, and the newest that ever was."""

    visible: int = 0
    roots: int = 0
    last_id: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RootView:
    """A root with the first replies below it; if any, `more` visible ones follow, found with the key `more_after`."""

    comment: CommentView
    replies: tuple[CommentView, ...]
    more: int
    more_after: int | None


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """Some roots of a thread in their order; `next` is the key of the page after it, None where this is the last."""

    article_id: int
    sort: Sort
    items: tuple[RootView, ...]
    next: str | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class RepliesPage:
    """Some replies below a root, oldest first; `next` is the key of the page after it, None where this is the last."""

    root_id: int
    items: tuple[CommentView, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment stands: `key` opens the page whose first root is `root_id`, `after` the replies that begin with it."""

    article_id: int
    root_id: int
    key: str
    after: int | None


def thread_page(
    article_id: int,
    *,
    sort: Sort = Sort.NEWEST,
    after: str | None = None,
    limit: int = PAGE,
    counts: Counts | None = None,
) -> ThreadPage:
    """Return the page after the key, the first without one; `Refused` where the key is none.

    Three questions; two where the counters are known already, none where they say that nobody ever commented.
    """
    limit = max(1, min(limit, LONGEST_PAGE))
    begin = read_key(sort, after) if after else None
    if after and begin is None:
        raise Refused(Refusal("no-such-page", _("There is no such page of the discussion.")))
    counts = counts if counts is not None else counts_of(article_id)
    if not counts.last_id:
        return ThreadPage(article_id, sort, (), None, counts)
    roots = _roots(article_id, sort, begin, limit + 1)
    shown = roots[:limit]
    below = _replies([row.id for row in shown], shares([row.replies for row in shown], REPLIES_SHOWN))
    views = views_of([*shown, *(reply for found in below.values() for reply in found)])
    items = tuple(_root(views[row.id], [views[reply.id] for reply in below.get(row.id, [])]) for row in shown)
    last = write_key(sort, shown[-1].id, shown[-1].replies) if len(roots) > limit else None
    return ThreadPage(article_id, sort, items, last, counts)


def key_of_previous(article_id: int, sort: Sort, key: str, limit: int = PAGE) -> str | None:
    """Return the key of the page before the one with this key, in one question.

    Empty where that is the first page, None where it can't be told: the most discussed change their places.
    """
    begin = read_key(sort, key)
    if begin is None or sort is Sort.DISCUSSED:
        return None
    back = "id >= %s ORDER BY id" if sort is Sort.NEWEST else "id <= %s ORDER BY id DESC"
    with connection.cursor() as cursor:
        cursor.execute(f"{_ROOTS} AND {back} LIMIT {limit + 1:d}", [article_id, begin.id])
        found = [int(row[0]) for row in cursor.fetchall()]
    return key_before(sort, found[limit - 1], 0) if len(found) > limit else ""


def replies_page(root_id: int, *, after: int = 0, limit: int = PAGE) -> RepliesPage:
    """Return the replies below the root after that one, in one question."""
    limit = max(1, min(limit, LONGEST_PAGE))
    rows = chosen(f"{_REPLIES} AND id > %s ORDER BY id LIMIT %s", [root_id, after, limit + 1]).order_by("id")
    found = list(views_of(rows_of(rows)).values())
    return RepliesPage(root_id, tuple(found[:limit]), found[limit - 1].id if len(found) > limit else None)


def counts_of(article_id: int) -> Counts:
    """Return the counters of the article's thread; zeros where nobody commented yet."""
    return thread_state(article_id)[0]


def thread_state(article_id: int) -> tuple[Counts, Own]:
    """Return the counters of the article's thread and what was set for it alone, in one question."""
    rows = _THREAD(article_id)
    return (Counts(*rows[0][:4]), Own(*rows[0][4:])) if rows else (Counts(), Own())


def any_thread() -> bool:
    """Return whether anything was ever discussed here."""
    return Thread.objects.exists()


def thread_counts(article_ids: Sequence[int]) -> dict[int, int]:
    """Return how many comments of each of these articles are visible, in one question for 500 articles (ART-07)."""
    known = dict(Thread.objects.filter(pk__in=list(article_ids)).values_list("pk", "visible"))
    return {number: known.get(number, 0) for number in article_ids}


def place_of(comment_id: int, sort: Sort = Sort.NEWEST) -> Place | None:
    """Return which pages show the comment, None where it has no place that others see."""
    row = Comment.objects.filter(pk=comment_id, placed=True).values_list("thread_id", "root_id", "replies").first()
    if row is None:
        return None
    article_id, root_id, replies = row
    if root_id is None:
        return Place(article_id, comment_id, key_before(sort, comment_id, replies), None)
    root = Comment.objects.filter(pk=root_id, placed=True).values_list("replies", flat=True).first()
    return Place(article_id, root_id, key_before(sort, root_id, root), comment_id - 1) if root is not None else None


def first_replies(root_id: int, count: int) -> list[int]:
    """Return the numbers of the first replies below a root that have a place there."""
    return [row.id for row in _replies([root_id], [count]).get(root_id, [])]


def own_held(author_id: int, article_id: int) -> list[CommentView]:
    """Return the author's own comments of the thread that wait for a person, oldest first; for nobody else's eyes."""
    held = Comment.objects.filter(author_id=author_id, thread_id=article_id, state="held").order_by("id")
    numbers = list(held.values_list("id", flat=True)[:LONGEST_PAGE])
    views = comment_views(numbers, own=True)
    return [views[number] for number in numbers]


def _roots(article_id: int, sort: Sort, after: After | None, limit: int) -> list[Row]:
    """Return so many roots in their order."""
    if after is None:
        values = [article_id]
    elif sort is Sort.DISCUSSED:
        values = [article_id, after.replies, after.id, article_id, after.replies]
    else:
        values = [article_id, after.id]
    found = rows_of(_roots_query(sort, limit, first=after is None)(*values))
    return sorted(found, key=_IN_ORDER[sort])[:limit]


@cache
def _roots_query(sort: Sort, limit: int, *, first: bool) -> Prepared:
    """Return the query; ties of the most discussed are asked apart, since SQLite scans them."""
    beyond, order = _ORDERS[sort]
    tail = f"{order} LIMIT {limit:d}"
    if first:
        parts = [f"{_ROOTS} {tail}"]
    elif sort is Sort.DISCUSSED:
        parts = [f"{_ROOTS} AND replies = %s AND id < %s {tail}", f"{_ROOTS} AND replies < %s {tail}"]
    else:
        parts = [f"{_ROOTS} AND {beyond} {tail}"]
    return Prepared(lambda *values: chosen(_together(parts), values))


def _replies(roots: Sequence[int], most: Sequence[int]) -> dict[int, list[Row]]:
    """Return the first replies below each root, so many at most, oldest first, in one question."""
    alike = [
        [root for root, own in zip(roots, most, strict=True) if own == each]
        for each in range(1, max(most, default=1) + 1)
    ]
    rows = rows_of(_BELOW(*(roots or [_NOBODY] for roots in alike)))
    found: dict[int, list[Row]] = {}
    for row in sorted(rows, key=_IN_ORDER[Sort.OLDEST]):
        found.setdefault(row.root_id or 0, []).append(row)
    return found


def _below(*alike: Sequence[int]) -> QuerySet[Comment, tuple[Any, ...]]:
    """Return the query for the first reply below each of the first roots, for the first two of the second, and so on.

    PostgreSQL is asked by one plan for all roots: planning a part for each takes twenty times as long as the answer.
    """
    most = [at for at, roots in enumerate(alike, 1) for _root in roots]
    if connection.vendor == "postgresql":
        listed = ", ".join(f"(%s::bigint, {each:d})" for each in most)
        replies = f"{_REPLIES.replace('%s', 'roots.id')} ORDER BY id LIMIT roots.most"
        sql = f"SELECT below.id FROM (VALUES {listed}) AS roots (id, most) CROSS JOIN LATERAL ({replies}) AS below"  # noqa: S608
    else:
        sql = _together([f"{_REPLIES} ORDER BY id LIMIT {each:d}" for each in most])
    return chosen(sql, [root for roots in alike for root in roots])


_BELOW = Prepared(_below)


def _together(parts: Sequence[str]) -> str:
    return " UNION ALL ".join(f"SELECT * FROM ({part}) AS part{at}" for at, part in enumerate(parts))  # noqa: S608


def _root(comment: CommentView, replies: Sequence[CommentView]) -> RootView:
    more = max(0, comment.replies - sum(reply.is_visible for reply in replies))
    return RootView(comment, tuple(replies), more, replies[-1].id if more and replies else None)
