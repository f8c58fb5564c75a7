"""The bell of one reader."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import Truncator

from broadsheet.discussion.queries.addresses import comment_path
from broadsheet.discussion.queries.comments import CommentView, comment_views
from broadsheet.newsroom.queries.cards import ArticleCard, cards_by_id
from broadsheet.notifications.models import Notice

OTHER = "notices/other.html"  # words a kind that this version no longer has
SHOWN = 100  # on the page of notices; older ones are seen by marking these
BEGINNING = 140  # signs of an answer that its notice shows


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as its page shows it: the first of `templates` that there is words it from `values`.

    What is told of comments is asked when it is shown: a notice of one that is gone shows nothing of it, and leads
    nowhere (`there` among the values is false).
    """

    id: int
    templates: tuple[str, ...]
    values: dict[str, Any]
    path: str
    at: datetime
    seen: bool


def unread_count(reader_id: int) -> int:
    """Return how many notices the reader has not seen, by one query of an index."""
    return Notice.objects.filter(reader_id=reader_id, seen_at__isnull=True).count()


def notices_of(reader_id: int, limit: int = SHOWN) -> list[NoticeView]:
    """Return the reader's notices, newest first."""
    return _views(Notice.objects.filter(reader_id=reader_id).order_by("-id")[:limit])


def unseen_of(reader_id: int, kind: str, limit: int = SHOWN) -> list[NoticeView]:
    """Return the reader's notices of the kind that were not seen yet, newest first."""
    unseen = Notice.objects.filter(reader_id=reader_id, seen_at__isnull=True, kind=kind)
    return _views(unseen.order_by("-id")[:limit])


def unseen_answers(reader_id: int, kind: str, *, since: int = 0, limit: int = SHOWN) -> list[dict[str, Any]]:
    """Return the comments from number `since` on that the reader's unseen notices of the kind tell of, oldest first.

    Each as a notice shows one, with the `headline` and `thread` of its article and its `path`; those that are gone are
    left out.
    """
    rows = list(Notice.objects.filter(reader_id=reader_id, seen_at__isnull=True, kind=kind).order_by("-id")[:limit])
    threads = {number: row.values.get("thread", 0) for row in rows for number in _comments(row) if number >= since}
    articles = cards_by_id(set(threads.values()), signed=False) if threads else {}
    found = []
    for number, view in sorted(comment_views(sorted(threads)).items()):
        card = articles.get(threads[number])
        if view.is_visible and card is not None:
            about = {"headline": card.headline, "thread": card.id, "path": comment_path(number)}
            found.append(_told([view], 0) | about)
    return found


def _views(rows: Iterable[Notice]) -> list[NoticeView]:
    """Return the notices; of the comments they tell of, all in a few questions."""
    found = list(rows)
    comments = comment_views(sorted({number for row in found for number in _comments(row)}))
    threads = {row.values["thread"] for row in found if isinstance(row.values.get("thread"), int)}
    articles = cards_by_id(threads, signed=False) if threads else {}
    return [_view(row, comments, articles) for row in found]


def _comments(row: Notice) -> Iterator[int]:
    if isinstance(row.values.get("comment"), int):
        yield row.values["comment"]
    yield from row.values.get("comments", [])


def _view(row: Notice, comments: dict[int, CommentView], articles: dict[int, ArticleCard]) -> NoticeView:
    numbers = list(_comments(row))
    values, path = dict(row.values), row.path
    if numbers:
        there = [comments[number] for number in numbers if number in comments and comments[number].is_visible]
        card = articles.get(row.values.get("thread", 0))
        values |= _told(there if card is not None else [], row.values.get("more", 0))
        values["headline"] = card.headline if card is not None else ""
        path = comment_path(there[0].id) if values["there"] else ""
    return NoticeView(row.pk, (f"notices/{row.kind}.html", OTHER), values, path, row.at, row.seen_at is not None)


def _told(there: Sequence[CommentView], more: int) -> dict[str, Any]:
    if not there:
        return {"there": False, "count": 0}
    first = there[0]
    words = Truncator(unescape(strip_tags(first.html.replace("<br>", " ").replace("</p>", " ")))).chars(BEGINNING)
    author = first.author.name if first.author is not None else ""
    return {
        "there": True,
        "count": len(there) + more,
        "author": author,
        "words": words.strip(),
        "language": first.language,
    }
