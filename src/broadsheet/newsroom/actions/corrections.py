"""Adds dated corrections to articles (ART-09)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from broadsheet.kernel import clock
from broadsheet.newsroom.actions.drafts import update_article
from broadsheet.newsroom.actions.publish import publish_article
from broadsheet.newsroom.models import ArticlePage
from broadsheet.newsroom.queries.whereabouts import hold_page


@transaction.atomic
def add_correction(*, article: ArticlePage, text: str, at: datetime | None = None, user: Any = None) -> ArticlePage:
    """Put a dated correction under the article; public at once where the article is public and unchanged since."""
    hold_page(ArticlePage, article.pk)
    stored = ArticlePage.objects.get(pk=article.pk)
    latest = stored.get_latest_revision_as_object()
    dated = [(one.at, one.text) for one in latest.corrections.all()]
    untouched = stored.live and not stored.has_unpublished_changes
    stored = update_article(article=stored, user=user, corrections=[(at or clock.now(), text), *dated])
    return publish_article(article=stored, user=user) if untouched else stored
