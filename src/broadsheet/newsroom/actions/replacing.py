"""What moving or deleting pages of the tree writes and announces."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from wagtail.models import Page

from broadsheet.kernel import clock
from broadsheet.kernel.facts import announce
from broadsheet.newsroom.actions.announcing import say_published, say_withdrawn
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.facts import EditionChanged, EditionsChanged
from broadsheet.newsroom.models import (
    ArticlePage,
    ArticleTag,
    Author,
    Byline,
    EditionPage,
    InfoPage,
    PolicyVersion,
    SectionPage,
    Tag,
)
from broadsheet.newsroom.queries.whereabouts import Standing, public_articles_under, standing_of


@dataclass(frozen=True, slots=True)
class Uprooted:
    """What stood at or below a page before it was moved or deleted."""

    page_id: int
    kind: type[Page]
    edition_id: int | None
    articles: dict[int, Standing] = field(default_factory=dict)


def before_move(page: Page) -> Uprooted:
    """Return what stands at or below the page."""
    stored = Page.objects.get(pk=page.pk)
    specific = stored.specific
    edition = specific.pk if isinstance(specific, EditionPage) else getattr(specific, "edition_id", None)
    standings = ((number, standing_of(number, lock=True)) for number in public_articles_under(stored.path))
    return Uprooted(
        page_id=page.pk,
        kind=type(specific),
        edition_id=edition,
        articles={number: standing for number, standing in standings if standing is not None},
    )


def before_deletion(page: Page) -> Uprooted:
    """Return what stands at or below the page; `Refused` for an edition whose policies readers may have accepted."""
    versions = PolicyVersion.objects.filter(edition_id=page.pk)
    if versions.filter(published_at__isnull=False).exists():
        raise refuse(
            "policies-published",
            _("“%(name)s” was not deleted.") % {"name": page.title[:80]},
            _("It has published policies, which readers may have accepted: they prove what was agreed."),
            _("Unpublish the edition instead."),
        )
    versions.delete()
    return before_move(page)


def after_move(moved: Uprooted) -> None:
    """Repeat the new place in everything that moved, and announce it."""
    page = Page.objects.get(pk=moved.page_id).specific
    if isinstance(page, EditionPage):
        announce(EditionsChanged(at=clock.now()))
        return
    if isinstance(page, SectionPage | InfoPage):
        edition = page.get_parent().specific
        type(page).objects.filter(pk=page.pk).update(edition_id=edition.pk)
        _move_locale(page, edition.locale_id)
        for number in {moved.edition_id, edition.pk} - {None}:
            announce(EditionChanged(edition_id=number, at=clock.now()))
    for article in ArticlePage.objects.filter(path__startswith=page.path):
        _replace_article(article, moved.articles.get(article.pk))


def after_deletion(gone: Uprooted) -> None:
    """Announce that the articles are gone, and what their absence changes."""
    for standing in gone.articles.values():
        say_withdrawn(standing)
    if gone.kind is EditionPage:
        announce(EditionsChanged(at=clock.now()))
    elif gone.kind in {SectionPage, InfoPage} and gone.edition_id:
        announce(EditionChanged(edition_id=gone.edition_id, at=clock.now()))


def _replace_article(article: ArticlePage, before: Standing | None) -> None:
    section = article.get_parent()
    edition = section.get_parent()
    if (section.pk, edition.pk) == (article.section_id, article.edition_id):
        return
    other_edition = edition.pk != article.edition_id
    ArticlePage.objects.filter(pk=article.pk).update(section_id=section.pk, edition_id=edition.pk)
    if other_edition:
        _move_locale(article, section.locale_id)
        _carry_terms(article.pk, edition.pk)
    after = standing_of(article.pk)
    if before is not None and after is not None and section.live:
        say_published(after, before=before, first=False)


def _move_locale(page: Page, locale_id: int) -> None:
    if page.locale_id == locale_id:
        return
    if Page.objects.filter(translation_key=page.translation_key, locale_id=locale_id).exclude(pk=page.pk).exists():
        raise refuse(
            "translation-there",
            _("“%(name)s” was not moved.") % {"name": page.title[:80]},
            _("The other edition already has its translation."),
            _("Take the link between the two translations away first."),
        )
    Page.objects.filter(pk=page.pk).update(locale_id=locale_id)


def _carry_terms(article_id: int, edition_id: int) -> None:
    """Exchange tags and authors for the same in the other edition; those it doesn't have are left out.

    Revisions made before the move still name the old ones: the checks say so when one is published again.
    """
    _exchange(ArticleTag.objects.filter(article_id=article_id).select_related("tag"), "tag", edition_id)
    _exchange(Byline.objects.filter(article_id=article_id).select_related("author"), "author", edition_id)


def _exchange(rows: Iterable[ArticleTag | Byline], name: str, edition_id: int) -> None:
    model: type[Tag | Author] = Tag if name == "tag" else Author
    for row in rows:
        old = getattr(row, name)
        new = model.objects.filter(translation_key=old.translation_key, edition_id=edition_id).first()
        if new is None:
            row.delete()
        elif new.pk != old.pk:
            type(row).objects.filter(pk=row.pk).update(**{f"{name}_id": new.pk})
