"""The posts of a live blog as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from broadsheet.kernel.models import FactRecord
from broadsheet.newsroom.models import LivePost
from broadsheet.newsroom.queries.cards import PictureView, picture_views


@dataclass(frozen=True, slots=True)
class LivePostView:
    """One post; `text` is stored rich text."""

    id: int
    key: str
    at: datetime
    changed_at: datetime | None
    headline: str
    text: str
    picture: PictureView | None
    author: str
    pinned: bool


def live_posts(article_id: int, *, only: Iterable[int] | None = None) -> list[LivePostView]:
    """Return the posts, pinned ones first, then newest first; `only` these where given."""
    rows = LivePost.objects.filter(article_id=article_id).select_related("author")
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    posts = list(rows.order_by("-pinned", "-at", "-pk"))
    pictures = picture_views(post.picture_id for post in posts if post.picture_id)
    return [
        LivePostView(
            id=post.pk,
            key=post.key,
            at=post.at,
            changed_at=post.changed_at,
            headline=post.headline,
            text=post.text,
            picture=pictures.get(post.picture_id or 0),
            author=post.author.name if post.author else "",
            pinned=post.pinned,
        )
        for post in posts
    ]


def live_changes(article_id: int, *, after: int) -> tuple[list[int], list[int]]:
    """Return the ids of posts that appeared or changed, and of those removed, after a fact's number."""
    told = FactRecord.objects.filter(name="LivePostChanged", id__gt=after).order_by("id")
    removed: dict[int, bool] = {}
    for payload in told.values_list("payload", flat=True):
        if payload.get("article_id") == article_id:
            removed[payload["post_id"]] = bool(payload.get("removed"))
    return [pk for pk, gone in removed.items() if not gone], [pk for pk, gone in removed.items() if gone]
