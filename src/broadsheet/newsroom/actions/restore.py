"""Writes what an archive knows of the past and no editor could set: when something first appeared or changed."""

from datetime import date, datetime

from django.db import transaction

from broadsheet.newsroom.actions.article_publication import digest_of
from broadsheet.newsroom.models import ArticlePage, LivePost, Picture


@transaction.atomic
def restore_history(
    *,
    article: ArticlePage,
    first_published_at: datetime | None,
    published_on: date | None = None,
    updated_at: datetime | None = None,
    withdrawn: bool = False,
) -> ArticlePage:
    """Let an article that is not public know when it first was, and the day in its address; returns it.

    One that is `withdrawn` was public: publishing it once more is no first publication.
    """
    rows = ArticlePage.objects.filter(pk=article.pk, listed_at__isnull=True)
    rows.update(first_published_at=first_published_at, published_on=published_on, updated_at=updated_at)
    stored = ArticlePage.objects.get(pk=article.pk)
    if withdrawn:
        rows.update(content_digest=digest_of(stored))
    return stored


@transaction.atomic
def restore_post(*, post: LivePost, changed_at: datetime | None) -> None:
    """Let a live post know when it was last changed."""
    LivePost.objects.filter(pk=post.pk).update(changed_at=changed_at)


@transaction.atomic
def restore_picture(*, picture: Picture, uploaded_at: datetime) -> None:
    """Let a picture know when it came into the library."""
    Picture.objects.filter(pk=picture.pk).update(created_at=uploaded_at)
