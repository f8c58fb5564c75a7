"""Where pages live."""

from django.utils import timezone
from wagtail.models import Page

from broadsheet.newsroom.models import ArticlePage, EditionPage, InfoPage, SectionPage
from broadsheet.newsroom.queries.editions import editions
from broadsheet.newsroom.rules.addresses import address_slug, article_path, edition_path


def path_of(page: Page) -> str:
    """Return the public path of an edition, section, article or standing page, also of a draft."""
    page = page.specific_deferred if type(page) is Page else page
    if isinstance(page, EditionPage):
        return edition_path(page.path_code)
    if isinstance(page, SectionPage):
        return f"{_root(page.edition_id)}{page.slug}/"
    if isinstance(page, InfoPage):
        return f"{_root(page.edition_id)}page/{page.slug}/"
    if isinstance(page, ArticlePage) and page.public_id:
        return article_path(
            edition=_root(page.edition_id).strip("/"),
            section=_section_slug(page),
            day=page.published_on or timezone.localdate(),
            number=page.public_id,
            slug=page.address_slug or address_slug(page.title),
        )
    return "/"


def _root(edition_id: int | None) -> str:
    for edition in editions():
        if edition.id == edition_id:
            return edition.path
    page = EditionPage.objects.filter(pk=edition_id).first()
    return edition_path(page.path_code) if page else "/"


def _section_slug(article: ArticlePage) -> str:
    for edition in editions():
        if edition.id == article.edition_id:
            section = edition.section_by_id(article.section_id)
            if section:
                return section.slug
    return article.section.slug
