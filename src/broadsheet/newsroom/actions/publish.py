"""Publishes an article."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models import ArticlePage
from broadsheet.newsroom.rules.wording import sentences


@transaction.atomic
def publish_article(
    *,
    article: ArticlePage,
    user: object = None,
    revision: Revision | None = None,
    at: datetime | None = None,
    updated_at: datetime | None = None,
) -> ArticlePage:
    """Make a revision (by default the newest) public and return the article as it is then.

    `at` is the time of first publication, where it lies in the past, as for an archive; `updated_at` likewise.
    `Refused` where the checks block; nothing is changed then. Permission is asked where a user is given.
    """
    stored = ArticlePage.objects.get(pk=article.pk)
    if at is not None and not stored.content_digest:
        ArticlePage.objects.filter(pk=article.pk).update(first_published_at=at)
    if revision is None:
        revision = stored.get_latest_revision() or stored.save_revision(user=user, log_action=False)
    try:
        Revision.objects.get(pk=revision.pk).publish(user=user)
    except ValidationError as error:
        raise refuse(
            "invalid-article",
            _("“%(headline)s” was not published.") % {"headline": stored.title[:80]},
            sentences(error),
            _("Mend this in the desk and publish again."),
        ) from error
    if updated_at is not None:
        ArticlePage.objects.filter(pk=article.pk).update(updated_at=updated_at)
    return ArticlePage.objects.get(pk=article.pk)
