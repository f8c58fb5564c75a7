"""The layouts of front and section pages, as stored."""

from typing import Any

from broadsheet.newsroom.models import EditionPage, SectionPage

Blocks = list[dict[str, Any]]


def front_layout(edition_id: int) -> Blocks:
    """Return the public layout of an edition's front page: `{"type", "value"}` in order."""
    return _raw(EditionPage.objects.filter(pk=edition_id, live=True).only("layout").first())


def section_layout(section_id: int) -> Blocks:
    """Return the public layout of a section's page, empty where it shows the newest."""
    return _raw(SectionPage.objects.filter(pk=section_id, live=True).only("layout").first())


def _raw(page: EditionPage | SectionPage | None) -> Blocks:
    return list(page.layout.raw_data) if page is not None and page.layout else []
