"""Comments for tests, posted by the discussion's own actions; the judge is the real one."""

import itertools
from datetime import datetime
from typing import Any
from uuid import uuid4

from broadsheet.discussion.actions.post_comment import post_comment
from broadsheet.discussion.actions.show_comment import show_comment
from broadsheet.discussion.models import Comment, Thread
from broadsheet.kernel import clock
from broadsheet.newsroom.models import ArticlePage
from broadsheet.readers.models import Reader
from tests.factories.accounts import make_reader

# Below eight words: shorter ones are never copies of one another, whoever posts them.
PLAIN = "The council has published new figures."
FOUL = "You f**king liar, nobody asked you."
SHOUTED = "THE COUNCIL HAS PUBLISHED THE FIGURES AND THE HARBOUR WALL IS DEARER THAN ANYBODY HAD EXPECTED THIS SPRING"
_count = itertools.count(1)


def make_comment(
    article: ArticlePage, author: Reader | None = None, *, text: str = "", now: datetime | None = None, **fields: Any
) -> Comment:
    """Return a comment, posted by its author whatever the judge says of it."""
    author = author or make_reader(display_name=f"Reader {next(_count)}")
    values = {"insists": True, "key": uuid4(), **fields}
    posted = post_comment(
        author_id=author.pk, article_id=article.pk, text=text or f"Bus number {next(_count)} came late today.", now=now or clock.now(),
        **values,
    )  # fmt: skip
    return Comment.objects.get(pk=posted.comment_id)


def make_seen(article: ArticlePage, author: Reader | None = None, **fields: Any) -> Comment:
    """Return a comment that everybody sees, also where the judge of a busy machine took too long to read it."""
    comment = make_comment(article, author, **fields)
    if comment.state == "held":
        show_comment(comment_id=comment.pk)
        comment.refresh_from_db()
    return comment


def counted(article_id: int) -> tuple[int, int]:
    """Return what the thread's counters say: visible comments, visible roots."""
    thread = Thread.objects.get(pk=article_id)
    return thread.visible, thread.roots


def assert_counters_are_true(article_id: int) -> None:
    """Count the thread's comments anew, and compare."""
    visible = Comment.objects.filter(thread_id=article_id, state="visible")
    assert counted(article_id) == (visible.count(), visible.filter(depth=0).count())
    for root in Comment.objects.filter(thread_id=article_id, depth=0):
        assert root.replies == visible.filter(root_id=root.pk).count(), root.pk
