"""Brings a WordPress export in: posts as articles, pages as standing pages, old addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from broadsheet.importing.actions.keep_entry import EntryKeeper
from broadsheet.importing.actions.keeping import Keeper, Thing, still_there
from broadsheet.importing.actions.load_bundle import deliver_all
from broadsheet.importing.actions.one_at_a_time import one_at_a_time
from broadsheet.importing.engines.picture_files import Finder, first_of, from_uploads, from_web, nowhere
from broadsheet.importing.engines.wordpress import entry_of, item_content, page_html, read_items, read_site, summary
from broadsheet.importing.errors import SourceMissingError
from broadsheet.importing.queries.destinations import edition_for, section_finder
from broadsheet.importing.queries.exported import Exporter
from broadsheet.importing.rules.bundle_text import clean
from broadsheet.importing.rules.entry import Entry
from broadsheet.importing.rules.report import Report
from broadsheet.importing.rules.slugs import slug
from broadsheet.importing.rules.wxr import WxrItem, WxrSite, words_of_address
from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.actions import editions as desk
from broadsheet.newsroom.queries import archive
from broadsheet.newsroom.queries.editions import forget_editions

Progress = Callable[[int, int, str], None]
LEFT = {"trash": "It lay in the bin.", "auto-draft": "An empty draft that the old site made by itself."}


@one_at_a_time
def import_wordpress(
    *,
    file: Path,
    uploads: Path | None = None,
    may_fetch: bool = False,
    edition: str | None = None,
    section: str | None = None,
    allow_private: bool = False,
    force: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Read the whole export once, refusing it where it is broken, then keep what it holds, item by item."""
    tell = progress or (lambda done, total, what: None)
    if not file.is_file():
        raise SourceMissingError(f"Nothing was imported: there is no file '{file}'. Check its name.")
    if uploads is not None and not uploads.is_dir():
        raise SourceMissingError(
            f"Nothing was imported: '{uploads}' is no folder. Name the copy of wp-content/uploads."
        )
    site = read_site(file, lambda done, total: tell(done, total, "Reading"))
    page = edition_for(edition, site.language)
    report = Report()
    keeper = Keeper(f"wordpress {site.address}"[:120], report, force)
    finders: list[Finder] = [from_uploads(uploads)] if uploads is not None else []
    finders += [from_web(allow_private=allow_private)] if may_fetch else [] if finders else [nowhere]
    sections = _Sections(section_finder(section, report), has_fallback=section is not None)
    keeping = EntryKeeper(edition=page, keeper=keeper, find=first_of(*finders), section=sections.find)
    _Import(site, keeping, report).run(file, tell)
    for line in summary(site):
        report.drop(line.what, line.reason)
    deliver_all(tell)
    return report


@dataclass
class _Sections:
    """Finds an entry's section by its category, makes it where it is missing, or falls back."""

    otherwise: Callable[[Entry, Any], Any]
    has_fallback: bool

    def find(self, entry: Entry, edition: Any) -> Any:
        """Return the section."""
        if not entry.section:
            return self.otherwise(entry, edition)
        address = entry.section_slug or slug(entry.section, "section")
        for page in archive.all_sections(edition.pk):
            if page.slug == address or page.title.casefold() == entry.section.casefold():
                return page
        try:
            made = desk.create_section(edition=edition, name=entry.section[:255], slug=address)
        except Refused:
            return self.otherwise(entry, edition)
        forget_editions()
        return made


@dataclass
class _Import:
    """One import, item by item."""

    site: WxrSite
    keeping: EntryKeeper
    report: Report

    def run(self, file: Path, tell: Progress) -> None:
        """Keep posts and pages; count what is left."""
        by_address = self.site.by_address
        for done, item in enumerate(read_items(file), 1):
            tell(done, self.site.items, "Importing")
            if item.kind not in {"post", "page"}:
                continue
            name = f"“{(item.title or item.name or item.id)[:60]}”"
            if item.status in LEFT:
                self.report.drop(name, LEFT[item.status])
            elif item.kind == "post":
                self.keeping.keep(entry_of(item, self.site, by_address))
            elif item.status != "publish" or item.password:
                self.report.drop(name, "A page that was not public: standing pages have no drafts of this kind.")
            else:
                self._page(item, name)

    def _page(self, item: WxrItem, name: str) -> None:
        """Keep a page as a standing page."""
        content, drops = item_content(item, self.site, {})
        html = clean(page_html(content.blocks, drops))
        for line in drops.lines:
            self.report.drop(f"{name}: {line.what}", line.reason)
        edition = self.keeping.edition
        address = words_of_address(item.name) or slug(item.title, f"page-{item.id}")
        values: dict[str, Any] = {"title": item.title[:255] or address, "slug": address}
        exporter = Exporter()

        def local() -> dict[str, Any] | None:
            page = archive.info_page(edition.code, address)
            return exporter.info_page(page) if page else None

        def update() -> None:
            desk.update_page(page=still_there(archive.info_page(edition.code, address)), html=html, **values)

        self.keeping.keeper.keep(
            Thing(
                kind="standing pages",
                key=f"{self.site.address}#{item.id}",
                name=name,
                row={**values, "html": html},
                local=local,
                create=partial(desk.create_info_page, edition=edition, html=html, **values),
                update=update,
            )
        )
