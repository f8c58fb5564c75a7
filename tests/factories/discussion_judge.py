"""Comments as rows, for tests of what the judge reads and leaves behind."""

import itertools
import uuid
from datetime import datetime
from typing import Any

from broadsheet.discussion.models import Comment, Thread
from broadsheet.kernel import clock
from broadsheet.newsroom.models import ArticlePage

_count = itertools.count(1)


def make_thread(article: ArticlePage) -> Thread:
    """Return the thread of the article."""
    found, _made = Thread.objects.get_or_create(
        article_id=article.pk, defaults={"edition_id": article.edition_id, "section_id": article.section_id}
    )
    return found


def make_comment(
    article: ArticlePage, author: Any, text: str, *, at: datetime | None = None, parent: Comment | None = None
) -> Comment:
    """Return a visible comment, written as a row: nothing is judged, counted or announced."""
    return Comment.objects.create(
        thread=make_thread(article),
        parent=parent,
        root=(parent.root or parent) if parent else None,
        depth=parent.depth + 1 if parent else 0,
        state="visible",
        placed=True,
        language="en",
        text=text,
        html=f"<p>{next(_count)}</p>",
        author=author,
        key=uuid.uuid4(),
        created_at=at or clock.now(),
    )
