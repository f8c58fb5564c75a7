"""Puts a bundle's editions, sections and standing pages in place."""

from dataclasses import dataclass, field
from typing import Any

from broadsheet.importing.actions.keeping import Keeper, Thing, still_there
from broadsheet.importing.queries.exported import EDITION_FIELDS, Exporter
from broadsheet.importing.queries.places import places_now
from broadsheet.importing.rules.bundle import Bundle
from broadsheet.importing.rules.bundle_blocks import Places
from broadsheet.newsroom.actions import editions as desk
from broadsheet.newsroom.queries import archive

Row = dict[str, Any]
NO_EDITION = "Its edition was not made."


@dataclass
class FrameLoader:
    """Loads the frame; `groups` remember the first page of each group of translations."""

    bundle: Bundle
    keeper: Keeper
    exporter: Exporter
    groups: dict[tuple[str, str], Any] = field(default_factory=dict)

    def load(self) -> None:
        """Make or change editions, then their sections."""
        for edition in self.bundle.editions:
            self._edition(edition)
        for edition in self.bundle.editions:
            page = archive.edition_page(edition["code"])
            for section in edition["sections"]:
                if page is None:
                    self.keeper.report.fail(f"section {edition['code']}/{section['slug']}", NO_EDITION)
                else:
                    self._section(page, section)
        self.exporter.forget()

    def load_info_pages(self) -> None:
        """Make or change the standing pages; they may link to articles, so these come before."""
        places = places_now()
        for edition in self.bundle.editions:
            page = archive.edition_page(edition["code"])
            for info in edition["pages"]:
                if page is None:
                    self.keeper.report.fail(f"page {edition['code']}/{info['slug']}", NO_EDITION)
                else:
                    self._info_page(page, info, places)
        self.exporter.forget()

    def hide(self) -> None:
        """Take from the public what the bundle calls hidden, once everything stands."""
        for edition in self.bundle.editions:
            for section in edition["sections"]:
                if section["hidden"]:
                    _hide(archive.section_page(edition["code"], section["slug"]))
            for info in edition["pages"]:
                if info["hidden"]:
                    _hide(archive.info_page(edition["code"], info["slug"]))
            if edition["hidden"]:
                _hide(archive.edition_page(edition["code"]))

    def _edition(self, row: Row) -> None:
        code = row["code"]
        names = ("code", "language", "name", *EDITION_FIELDS, "at_root", "hidden")
        own = {name: row[name] for name in names}
        fields = {name: row[name] for name in (*EDITION_FIELDS, "at_root")}

        def local() -> Row | None:
            page = archive.edition_page(code)
            return self.exporter.edition_settings(page) | {"hidden": row["hidden"]} if page else None

        self.keeper.keep(
            Thing(
                kind="editions",
                key=code,
                name=f"edition {code}",
                row=own,
                local=local,
                create=lambda: desk.create_edition(code=code, language=row["language"], name=row["name"], **fields),
                update=lambda: desk.update_page(
                    page=still_there(archive.edition_page(code)), name=row["name"], **fields
                ),
            )
        )

    def _section(self, edition: Any, row: Row) -> None:
        code, slug = edition.code, row["slug"]
        fields = {name: row[name] for name in ("name", "slug", "description", "in_menu")}
        own = {"key": slug, **fields, "hidden": row["hidden"], "translation": None}

        def local() -> Row | None:
            page = archive.section_page(code, slug)
            return self.exporter.section(page, code) | {"hidden": row["hidden"]} if page else None

        def create() -> None:
            first = self.groups.get(("section", row["translation"] or ""))
            other = None if first is None or first.locale_id == edition.locale_id else first
            desk.create_section(edition=edition, translation_of=other, **fields)

        self.keeper.keep(
            Thing(
                kind="sections",
                key=f"{code}/{slug}",
                name=f"section {code}/{slug}",
                row=own,
                local=local,
                create=create,
                update=lambda: desk.update_page(page=still_there(archive.section_page(code, slug)), **fields),
            )
        )
        self._note("section", row["translation"], archive.section_page(code, slug))

    def _info_page(self, edition: Any, row: Row, places: Places) -> None:
        code, slug = edition.code, row["slug"]
        fields = {name: row[name] for name in ("title", "slug", "purpose", "in_footer")}
        own = {"key": slug, **fields, "html": row["html"], "hidden": row["hidden"], "translation": None}

        def local() -> Row | None:
            page = archive.info_page(code, slug)
            return self.exporter.info_page(page) | {"hidden": row["hidden"]} if page else None

        def create() -> None:
            first = self.groups.get(("page", row["translation"] or ""))
            key = None if first is None or first.locale_id == edition.locale_id else first.translation_key
            desk.create_info_page(edition=edition, html=places.text(row["html"]), translation_key=key, **fields)

        def update() -> None:
            page = still_there(archive.info_page(code, slug))
            desk.update_page(page=page, html=places.text(row["html"]), **fields)

        self.keeper.keep(
            Thing(
                kind="standing pages",
                key=f"{code}/{slug}",
                name=f"page {code}/{slug}",
                row=own,
                local=local,
                create=create,
                update=update,
            )
        )
        self.keeper.tell_missing(f"page {code}/{slug}", places)
        self._note("page", row["translation"], archive.info_page(code, slug))

    def _note(self, kind: str, group: str | None, page: Any) -> None:
        if group and page is not None:
            self.groups.setdefault((kind, group), page)


def _hide(page: Any) -> None:
    if page is not None and page.live:
        page.unpublish(log_action=None)
