"""Puts in place what the desk remembers of editions, sections and standing pages, once these are as the bundle says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction

from broadsheet.importing.actions.keeping import Keeper, Thing
from broadsheet.importing.actions.load_past import PastLoader, time_of
from broadsheet.importing.queries.exported_past import PastExporter
from broadsheet.importing.rules.bundle import Bundle
from broadsheet.importing.rules.bundle_blocks import Places, layout_to_stream, with_sections
from broadsheet.importing.rules.bundle_format import EDITION_PARTS, INFO_PAGE_PARTS, SECTION_PARTS
from broadsheet.newsroom.queries import archive

Row = dict[str, Any]
Find = Callable[[], Any]
Read = Callable[[Any], Row]
Values = Callable[[Row, list[str], Places], Row]
KIND = "histories"


@dataclass(frozen=True, slots=True)
class _Remembered:
    """One page of the bundle with its history: how it is found here, read, and what a revision of it says."""

    key: str
    row: Row
    find: Find
    read: Read
    values: Values


@dataclass
class HistoryLoader:
    """Loads the histories of the frame."""

    bundle: Bundle
    keeper: Keeper
    exporter: PastExporter

    @transaction.atomic
    def begin(self) -> None:
        """Note which histories this load is to write, before it writes revisions of its own into them."""
        for one in self._all():
            page = one.find()
            if page is None and self.keeper.knows(KIND, one.key) is None:
                self.keeper.begin(KIND, one.key)
            elif page is not None:
                self.keeper.reopen(KIND, one.key, wanted=one.row, here=one.read(page))

    def finish(self, past: PastLoader, places: Places) -> None:
        """Write the histories."""
        for one in self._all():
            if one.find() is None:
                continue
            update = partial(self._write, one, past, places)
            local = partial(self._read, one)
            self.keeper.keep(Thing(KIND, one.key, f"history of {one.key}", one.row, local, update, update))
            self.keeper.tell_missing(f"history of {one.key}", places)

    def _read(self, one: _Remembered) -> Row:
        return one.read(one.find())

    def _write(self, one: _Remembered, past: PastLoader, places: Places) -> None:
        past.load(
            page=one.find(),
            name=f"history of {one.key}",
            row=one.row,
            values=lambda content, ids: {
                **one.values(content, ids, places),
                "go_live_at": time_of(content["publish_at"]),
                "expire_at": time_of(content["expires_at"]),
            },
        )

    def _all(self) -> Iterator[_Remembered]:
        for edition in self.bundle.editions:
            code = edition["code"]
            find = partial(archive.edition_page, code)
            front = partial(self._laid_out, "front", code)
            yield from _remembered(code, edition, find, self.exporter.edition_history, front)
            for row in edition["sections"]:
                find = partial(archive.section_page, code, row["slug"])
                read = partial(self.exporter.section_history, code=code)
                layout = partial(self._laid_out, "layout", code)
                yield from _remembered(f"{code}/{row['slug']}", row, find, read, layout)
            for row in edition["pages"]:
                find = partial(archive.info_page, code, row["slug"])
                yield from _remembered(
                    f"page {code}/{row['slug']}", row, find, self.exporter.info_page_history, _standing
                )

    def _laid_out(self, stream: str, code: str, content: Row, ids: list[str], places: Places) -> Row:
        blocks = with_sections(content[stream], code, self.bundle.sections)
        own = {name: content[name] for name in (EDITION_PARTS if stream == "front" else SECTION_PARTS)}
        return {**own, "layout": layout_to_stream(blocks, places, ids)}


def _standing(content: Row, ids: list[str], places: Places) -> Row:
    own = {name: content[name] for name in INFO_PAGE_PARTS if name != "html"}
    return {**own, "html": places.text(content["html"])}


def _remembered(key: str, row: Row, find: Find, read: Read, values: Values) -> Iterator[_Remembered]:
    """Yield the page where the bundle says its history."""
    if row["history"] is not None:
        yield _Remembered(key, row["history"], find, read, values)
