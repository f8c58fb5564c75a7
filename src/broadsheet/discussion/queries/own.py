"""A reader's own comments, as nobody else is shown them (DIS-03, DIS-04)."""

from dataclasses import dataclass

from broadsheet.discussion.models import Comment
from broadsheet.discussion.queries.comments import CommentView, comment_views

NEWEST = 200  # of one thread: whoever wrote more finds the older ones by their permalinks


@dataclass(frozen=True, slots=True)
class OwnComment:
    """An own comment with the text that can be edited; `view` shows it to its author, a held one whole."""

    id: int
    article_id: int
    edition_id: int
    text: str
    view: CommentView


def own_comment(author_id: int, comment_id: int) -> OwnComment | None:
    """Return the comment where it is the author's own, None for everything else."""
    row = Comment.objects.filter(pk=comment_id, author_id=author_id).values_list(
        "thread_id", "thread__edition_id", "text"
    )
    found = row.first()
    if found is None:
        return None
    article_id, edition_id, text = found
    return OwnComment(comment_id, article_id, edition_id, text, comment_views([comment_id], own=True)[comment_id])


def own_numbers(author_id: int, article_id: int, *, limit: int = NEWEST) -> list[int]:
    """Return the numbers of the author's comments under the article that can be edited, newest first."""
    own = Comment.objects.filter(author_id=author_id, thread_id=article_id, state__in=("visible", "held"))
    return list(own.order_by("-id").values_list("id", flat=True)[:limit])
