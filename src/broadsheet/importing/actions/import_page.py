"""Makes an unpublished draft of a saved page, a dump, or a page on the web."""

from dataclasses import dataclass
from pathlib import Path

from broadsheet.importing.actions.keep_entry import EntryKeeper
from broadsheet.importing.actions.keeping import Keeper
from broadsheet.importing.actions.one_at_a_time import one_at_a_time
from broadsheet.importing.engines.picture_files import Finder, from_saved_folder, from_web
from broadsheet.importing.engines.read_page import read_page
from broadsheet.importing.engines.read_source import read_source
from broadsheet.importing.queries.destinations import edition_for, section_finder
from broadsheet.importing.rules.page_entry import page_entry
from broadsheet.importing.rules.page_result import PageResult
from broadsheet.importing.rules.report import Report

__all__ = ["PageImport", "Report", "import_page"]
SOURCE = "page"


@dataclass(frozen=True, slots=True)
class PageImport:
    """What became of one page: `outcome` is created, updated or unchanged, empty where it was left or failed."""

    outcome: str
    public_id: str | None
    headline: str
    page: PageResult


@one_at_a_time
def import_page(
    *,
    place: str,
    report: Report,
    edition: str | None = None,
    section: str | None = None,
    allow_private: bool = False,
    force: bool = False,
) -> PageImport:
    """Read the page and keep it as a draft; the same page again updates its draft. `ImportRefusedError` if unreadable."""
    source = read_source(place, allow_private=allow_private)
    result = read_page(source.content, url=source.url, declared_type=source.declared_type)
    entry = page_entry(result, name=Path(place).stem[:80] if source.url is None else place[:80])
    finder: Finder = from_web(allow_private=allow_private) if source.url else from_saved_folder(Path(place))
    keeping = EntryKeeper(
        edition=edition_for(edition, entry.language),
        keeper=Keeper(SOURCE, report, force),
        find=finder,
        section=section_finder(section, report),
    )
    outcome = keeping.keep(entry)
    number = keeping.last["public_id"] if keeping.last else None
    for mention in result.unmarked_mentions if outcome != "unchanged" else ():
        report.drop(f"“{mention.text}”", f"Names {mention.name} without a mark; the check before publication lists it.")
    return PageImport(outcome, number, entry.headline, result)
