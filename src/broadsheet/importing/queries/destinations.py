"""Where imported articles go: the edition and the section for each."""

from collections.abc import Callable
from typing import Any

from broadsheet.importing.errors import DestinationMissingError
from broadsheet.importing.rules.entry import Entry
from broadsheet.importing.rules.report import Report
from broadsheet.importing.rules.slugs import slug
from broadsheet.newsroom.queries import archive

SectionFinder = Callable[[Entry, Any], Any]


def edition_for(code: str | None, language: str | None = None) -> Any:
    """Return the edition of the code; without one that of the language, else the one at the root, else the first."""
    editions = archive.all_editions()
    codes = ", ".join(page.code for page in editions)
    if not editions:
        raise DestinationMissingError("there is no edition yet. Make one with `broadsheet new` or in the desk.")
    if code is not None:
        found = next((page for page in editions if page.code == code), None)
        if found is None:
            raise DestinationMissingError(f"there is no edition “{code}”. There are: {codes}.")
        return found
    spoken = (language or "").lower().split("-")[0]
    same = [page for page in editions if spoken and page.locale.language_code.lower().split("-")[0] == spoken]
    return (same or [page for page in editions if page.at_root] or editions)[0]


def section_finder(given: str | None, report: Report) -> SectionFinder:
    """Return what finds an entry's section: the one given, that of the name the source says, else the first."""

    def find(entry: Entry, edition: Any) -> Any:
        sections = archive.all_sections(edition.pk)
        if not sections:
            raise DestinationMissingError(f"the edition {edition.code} has no section yet. Make one in the desk.")
        if given is not None:
            named = next((page for page in sections if page.slug == given), None)
            if named is None:
                slugs = ", ".join(page.slug for page in sections)
                raise DestinationMissingError(f"there is no section “{given}” in {edition.code}. There are: {slugs}.")
            return named
        wanted = {text.casefold() for text in (entry.section, entry.section_slug, slug(entry.section or "")) if text}
        for page in sections:
            if {page.slug, page.title.casefold()} & wanted:
                return page
        said = f"The section “{entry.section}” isn't here" if entry.section else "The source names no section"
        report.drop(f"“{entry.headline[:60]}”", f"{said}: it was put into {sections[0].title}.")
        return sections[0]

    return find
