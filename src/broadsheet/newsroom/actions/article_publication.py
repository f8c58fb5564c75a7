"""What publishing and withdrawing an article writes besides the article: run by every way of publishing.

`adapters.publishing` wraps Wagtail's actions with these two halves, so that the desk, a workflow, a schedule,
an import and `publish_article` are one path in one transaction.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from broadsheet.kernel import clock
from broadsheet.newsroom.actions.announcing import say_published, say_withdrawn
from broadsheet.newsroom.errors import NotPublished, refuse
from broadsheet.newsroom.models import ArticlePage, ArticleTag, Byline, EditionPage
from broadsheet.newsroom.queries.checks import blocking_checks
from broadsheet.newsroom.queries.whereabouts import Standing, standing_of
from broadsheet.newsroom.rules.addresses import address_slug
from broadsheet.newsroom.rules.digest import content_digest, is_update
from broadsheet.newsroom.rules.zones import zone


def prepare_publication(article: ArticlePage) -> Standing | None:
    """Make the article, about to be saved as public, ready: refuse what the checks block, set what is ours.

    Returns how it stood before. A publication that lies in the future is checked now and changes nothing else.
    """
    before = standing_of(article.pk, lock=True)
    _take_what_is_kept(article)
    reasons = blocking_checks(article)
    if reasons:
        raise NotPublished(article.title, [reason.text for reason in reasons])
    _refuse_hidden_place(article)
    now = clock.now()
    if lies_in_future(article):
        return before
    first_at = article.first_published_at or now
    edition = EditionPage.objects.get(pk=article.edition_id)
    article.first_published_at = first_at
    article.listed_at = first_at
    article.published_on = article.published_on or timezone.localdate(first_at, zone(edition.time_zone))
    article.address_slug = article.address_slug or address_slug(article.title)
    digest = digest_of(article)
    if is_update(before=article.content_digest, after=digest, minor=article.minor_change):
        article.updated_at = now
    article.content_digest = digest
    article.minor_change = False
    return before


def lies_in_future(article: ArticlePage) -> bool:
    """Return whether the article is to be published later."""
    return bool(article.go_live_at and article.go_live_at > clock.now())


def settle_publication(article_id: int, before: Standing | None) -> None:
    """Repeat the time in tags and bylines, and announce it; nothing where the article is not public."""
    after = standing_of(article_id)
    if after is None or not after.is_public:
        return
    repeat_time(article_id, after.listed_at)
    first = before is None or not before.content_digest
    say_published(after, before=before, first=first)


def prepare_withdrawal(article_id: int) -> Standing | None:
    """Return how the article stands before it is withdrawn."""
    return standing_of(article_id, lock=True)


def settle_withdrawal(before: Standing | None) -> None:
    """Take the article off every list and announce it, where it was public and is no longer live."""
    if before is None or not before.is_public:
        return
    rows = ArticlePage.objects.filter(pk=before.article_id)
    if rows.filter(live=True).exists():
        return
    rows.update(listed_at=None)
    repeat_time(before.article_id, None)
    say_withdrawn(before)


def repeat_time(article_id: int, at: datetime | None) -> None:
    """Write the time of publication into the article's tags and bylines, where lists look for it."""
    ArticleTag.objects.filter(article_id=article_id).update(listed_at=at)
    Byline.objects.filter(article_id=article_id).update(listed_at=at)


def digest_of(article: ArticlePage) -> str:
    """Return the digest of the article's text as it is in memory."""
    return content_digest(article.title, article.standfirst, list(article.body.get_prep_value()))


def _take_what_is_kept(article: ArticlePage) -> None:
    """Take what belongs to the article itself as it is stored now, under the lock."""
    names = ("first_published_at", *ArticlePage.kept_fields)
    for name, value in ArticlePage.objects.values(*names).get(pk=article.pk).items():
        setattr(article, name, value)


def _refuse_hidden_place(article: ArticlePage) -> None:
    if not article.section.live or not EditionPage.objects.filter(pk=article.edition_id, live=True).exists():
        raise refuse(
            "place-not-public",
            _("“%(headline)s” was not published.") % {"headline": article.title[:80]},
            _("Its section or its edition is not public."),
            _("Publish the section first, or move the article to another one."),
        )
