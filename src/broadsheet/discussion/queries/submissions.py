"""What the judge is to know of a comment, gathered in a fixed number of questions (design §4)."""

import threading
from datetime import datetime, timedelta

from broadsheet.discussion.models import Comment
from broadsheet.discussion.queries.nearby import catch_up
from broadsheet.kernel.prepared import Prepared
from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.newsroom.queries.text import article_text
from broadsheet.standards.submission import Article, Earlier, Submission
from broadsheet.standards.text.fingerprint import Fingerprint

RECENT, LATELY = 20, timedelta(hours=24)  # of the author's comments: what floods and repetitions are seen by
ARTICLES = 256  # articles that are remembered, those asked for last
BODY = 20_000  # signs of an article that the judge reads

_PARENT = Prepared(lambda number, thread: Comment.objects.filter(pk=number, thread_id=thread).values_list("text"))
_RECENT = Prepared(
    lambda author: (
        Comment.objects.filter(author_id=author)
        .order_by("-pk")
        .values_list("pk", "text", "created_at", "thread_id", "fingerprint__data")[: RECENT + 1]
    )
)
_lock = threading.Lock()
_articles: dict[int, Article | None] = {}
_generation = 0


def submission_for(
    author_id: int,
    article_id: int,
    parent_id: int | None,
    text: str,
    now: datetime,
    *,
    edition_id: int,
    comment_id: int | None = None,
) -> Submission:
    """Return the comment with the facts around it: three questions, and those about an article that is not remembered.

    `comment_id` is the comment's own where it is edited: what it said before is no earlier comment. Copies that others
    wrote are not in it: the judge finds them in memory, which is brought up to date here. Call it outside a transaction.
    """
    catch_up(now)
    article = _article(article_id)
    return Submission(
        text,
        edition_language=edition_by_id(edition_id).language,
        article=article,
        parent=_parent(article_id, parent_id),
        author=str(author_id),
        at=now,
        author_recent=tuple(_recent(author_id, comment_id, now)),
        thread=str(article_id),
    )


def forget_articles() -> None:
    """Read articles afresh at the next question."""
    global _generation  # noqa: PLW0603 - one memory a process
    with _lock:
        _articles.clear()
        _generation += 1


def forget_article(article_id: int) -> None:
    """Read this article afresh at the next question."""
    global _generation  # noqa: PLW0603
    with _lock:
        _articles.pop(article_id, None)
        _generation += 1


def _article(article_id: int) -> Article | None:
    with _lock:
        generation = _generation
        if article_id in _articles:
            found = _articles[article_id] = _articles.pop(article_id)  # asked for last
            return found
    text = article_text(article_id)
    fresh = Article(text.headline, text.standfirst, text.body[:BODY], text.language) if text is not None else None
    with _lock:
        if generation == _generation:
            _articles[article_id] = fresh
            while len(_articles) > ARTICLES:
                del _articles[next(iter(_articles))]
    return fresh


def _parent(article_id: int, parent_id: int | None) -> str | None:
    if parent_id is None:
        return None
    rows = _PARENT(parent_id, article_id)
    return rows[0][0] if rows else None


def _recent(author_id: int, comment_id: int | None, now: datetime) -> list[Earlier]:
    return [
        Earlier(said, at, str(thread), str(author_id), _fingerprint(data))
        for pk, said, at, thread, data in _RECENT(author_id)
        if pk != comment_id and now - at <= LATELY
    ][:RECENT]


def _fingerprint(data: bytes | memoryview | None) -> Fingerprint | None:
    try:
        return Fingerprint.from_bytes(bytes(data)) if data is not None else None
    except ValueError:  # of another form: it is made from the text
        return None
