"""Loads a bundle: the whole of a site, or what of it is new."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from broadsheet.importing.actions.keeping import Keeper, Thing
from broadsheet.importing.actions.load_articles import ArticleLoader
from broadsheet.importing.actions.load_desk import DeskLoader
from broadsheet.importing.actions.load_frame import FrameLoader
from broadsheet.importing.actions.load_histories import HistoryLoader
from broadsheet.importing.actions.load_library import LibraryLoader
from broadsheet.importing.actions.load_past import PastLoader
from broadsheet.importing.actions.load_policies import PolicyLoader
from broadsheet.importing.actions.load_rulebooks import RulebookLoader
from broadsheet.importing.actions.one_at_a_time import one_at_a_time
from broadsheet.importing.engines.bundle_reader import article_of, read_bundle
from broadsheet.importing.engines.bundle_source import Source, open_source
from broadsheet.importing.errors import BundleBrokenError
from broadsheet.importing.queries.exported import Exporter
from broadsheet.importing.queries.exported_past import PastExporter
from broadsheet.importing.queries.imported import BUNDLE
from broadsheet.importing.queries.places import places_now
from broadsheet.importing.rules.bundle import Bundle, layout_with_own_keys, with_own_keys
from broadsheet.importing.rules.bundle_blocks import Places, layout_to_stream, with_sections
from broadsheet.importing.rules.bundle_times import Shift, shifted_article, shifted_picture
from broadsheet.importing.rules.report import Report
from broadsheet.kernel import outbox
from broadsheet.newsroom.actions.editions import set_layout
from broadsheet.newsroom.queries import archive
from broadsheet.newsroom.queries.editions import forget_editions

Row = dict[str, Any]
Progress = Callable[[int, int, str], None]
SHIFTED = "Times were shifted, so what the desk remembers of pages was left out."


@one_at_a_time
def load_bundle(
    folder: Path, *, shift_to: datetime | None = None, force: bool = False, progress: Progress | None = None
) -> Report:
    """Load the bundle (a folder or a .zip) and return what was done; refused, before anything is written, if broken.

    Each object is stored in a transaction of its own, so a second run goes on where a first one was broken off.
    With `shift_to` the times move as `rules.bundle_times` says. What was changed here since the last import stays,
    unless forced. Search and everything else that listens has heard of it all at the end.
    """
    tell = progress or (lambda done, total, what: None)
    source = open_source(folder)
    bundle = read_bundle(source, lambda done, total: tell(done, total, "Checking"))
    report = Report()
    for name, where in sorted(bundle.reading.unknown.items()):
        report.drop(f"field “{name}”", f"This version doesn't know it ({where}).")
    loading = _Loading(bundle, source, Keeper(BUNDLE, report, force), _shift(bundle, shift_to), tell)
    loading.run()
    deliver_all(tell)
    return report


def deliver_all(tell: Progress | None = None) -> None:
    """Let every handler hear what is due, until nothing is."""
    heard = 0
    while done := outbox.deliver_due(limit=50):
        heard += done
        if tell is not None:
            tell(heard, heard, "Indexing")


@dataclass
class _Loading:
    """One load, step by step."""

    bundle: Bundle
    source: Source
    keeper: Keeper
    shift: Shift | None
    tell: Progress
    done: int = 0

    def __post_init__(self) -> None:
        self.terms = self.bundle.terms

    def run(self) -> None:
        """Load accounts, frame, library, articles, layouts and rights, in the order in which they need each other."""
        exporter = PastExporter()
        bundle = self.bundle
        if self.shift is not None:
            moved = [shifted_picture(row, self.shift) for row in bundle.pictures]
            bundle = replace(bundle, pictures=moved, editions=[_without_history(row) for row in bundle.editions])
            if bundle.head["version"] > 1:
                self.keeper.report.drop("histories", SHIFTED)
        desk = DeskLoader(bundle, self.keeper, exporter)
        desk.begin()
        histories = HistoryLoader(bundle, self.keeper, exporter)
        histories.begin()
        frame = FrameLoader(bundle, self.keeper, exporter.exporter)
        frame.load()
        PolicyLoader(bundle, self.keeper, desk.people).load()
        RulebookLoader(bundle, self.keeper, desk.people).load()
        forget_editions()
        LibraryLoader(bundle, self.source, self.keeper, exporter.exporter, desk.people).load(self._step)
        exporter.forget()
        past = _past(desk, exporter, self.keeper.report)
        self._articles(bundle, exporter, past)
        exporter.forget()
        frame.load_info_pages()
        places = places_now()
        self._layouts(exporter.exporter, places)
        frame.hide()
        histories.finish(past, places)
        desk.finish(places.pages)
        desk.numbers(places.pages)

    def _articles(self, bundle: Bundle, exporter: PastExporter, past: PastLoader) -> None:
        articles = ArticleLoader(self.keeper, exporter, past, places_now(), bundle.sections, self._article)
        for number in bundle.articles:
            articles.draft(number)
            self._step()
        for number in bundle.articles:
            articles.finish(number)
            self._step()
        articles.link()

    def _article(self, number: str) -> Row:
        row = with_own_keys(article_of(self.source, number), self.terms)
        return shifted_article(row, self.shift) if self.shift is not None else row

    def _step(self) -> None:
        self.done += 1
        total = len(self.bundle.pictures) + len(self.bundle.media) + 2 * len(self.bundle.articles)
        self.tell(self.done, total, "Importing")

    def _layouts(self, exporter: Exporter, places: Places) -> None:
        sections = self.bundle.sections
        for edition in self.bundle.editions:
            code = edition["code"]
            self._layout(exporter, places, code, code, with_sections(edition["front"], code, sections))
            for section in edition["sections"]:
                blocks = with_sections(section["layout"] or [], code, sections)
                self._layout(exporter, places, code, f"{code}/{section['slug']}", blocks)

    def _layout(self, exporter: Exporter, places: Places, code: str, key: str, blocks: list[Row]) -> None:
        blocks = layout_with_own_keys(blocks, self.terms)

        def find() -> Any:
            slug = key.partition("/")[2]
            return archive.section_page(code, slug) if slug else archive.edition_page(code)

        def local() -> list[Row] | None:
            page = find()
            return None if page is None else _full(exporter.layout(page, code), code)

        def update() -> None:
            set_layout(page=find(), layout=layout_to_stream(blocks, places))

        page = find()
        if page is None:
            return
        read: Callable[[], list[Row] | None] = local
        if not exporter.layout(page, code) and self.keeper.knows("layouts", key) is None:
            if not blocks:
                return
            read = lambda: local() or None  # noqa: E731 - nothing laid out yet
        self.keeper.keep(Thing("layouts", key, f"layout of {key}", blocks, read, update, update))
        self.keeper.tell_missing(f"layout of {key}", places)


def _full(blocks: list[Row], code: str) -> list[Row]:
    return with_sections(blocks, code, {})


def _without_history(edition: Row) -> Row:
    parts = {kind: [{**row, "history": None} for row in edition[kind]] for kind in ("sections", "pages")}
    return {**edition, **parts, "history": None}


def _past(desk: DeskLoader, exporter: PastExporter, report: Report) -> PastLoader:
    tasks = {key: number for number, key in exporter.tasks.items()}
    workflows = {key: number for number, key in exporter.workflows.items()}
    return PastLoader(desk.people, tasks, workflows, report)


def _shift(bundle: Bundle, to: datetime | None) -> Shift | None:
    if to is None:
        return None
    if bundle.head["clock"] is None:
        raise BundleBrokenError("it names no clock, so its times can't be shifted.")
    clock = datetime.fromisoformat(bundle.head["clock"])
    return Shift(clock, to, {row["code"]: row["time_zone"] for row in bundle.editions})
