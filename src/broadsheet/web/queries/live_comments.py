"""Comments as browsers put them into a page that is open already (DIS-04)."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone, translation

from broadsheet.discussion.queries.comments import CommentView, comment_views
from broadsheet.discussion.queries.thread_pages import counts_of
from broadsheet.newsroom.queries.discussed import discussed
from broadsheet.newsroom.queries.editions import EditionView, edition_by_id
from broadsheet.web.engines.comment_markup import comment_markup
from broadsheet.web.queries.discussion import doors, shown
from broadsheet.web.rules.counted import counted_comments, counted_replies


def comment_html(view: CommentView, edition: EditionView) -> str:
    """Return the comment's markup by itself, in the language and zone of the edition."""
    with translation.override(edition.language), timezone.override(edition.zone):
        indent = 0 if view.parent_id is None else 1
        return comment_markup(shown(view, doors(edition, view.thread_id), indent=indent, stands=view.depth < 2))


def told_of(article_id: int, comment_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return what a page is told of these comments, each as it is now: its words, or the tombstone in its place.

    Nothing of one that nobody saw yet, and nothing where the article isn't public.
    """
    article = discussed(article_id)
    if article is None:
        return []
    edition = edition_by_id(article.edition_id)
    views = comment_views(list(comment_ids))
    roots = comment_views([view.root_id for view in views.values() if view.root_id is not None])
    with translation.override(edition.language):
        words = counted_comments(counts_of(article_id).visible)
        replies = {number: counted_replies(root.replies) for number, root in roots.items()}
    return [_told(view, edition, words, replies) for view in views.values() if view.placed]


def _told(view: CommentView, edition: EditionView, words: str, replies: dict[int, str]) -> dict[str, Any]:
    return {
        "id": view.id,
        "root": view.root_id,
        "parent": view.parent_id,
        "visible": view.is_visible,
        "words": words,
        "replies": replies.get(view.root_id or 0, ""),
        "html": comment_html(view, edition),
    }
