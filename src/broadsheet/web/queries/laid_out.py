"""A front or section page as its editor laid it out: every article in a fixed number of questions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from broadsheet.newsroom.conf import MULTIMEDIA
from broadsheet.newsroom.queries.cards import ArticleCard, cards_by_id, cards_of_tag, newest
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.newsroom.queries.layouts import Blocks
from broadsheet.web.engines.body import items
from broadsheet.web.rules.layout import Band, bands

LEAST = 3  # a rail with fewer looks forgotten: it may then repeat what stands elsewhere on the page
SPARE = 40  # newest articles that fill free places


@dataclass(slots=True)
class Laid:
    """One block with its articles."""

    type: str
    title: str = ""
    style: str = ""
    columns: int = 3
    lead: ArticleCard | None = None
    cards: list[ArticleCard] = field(default_factory=list)
    more: str = ""  # the address of the page that the block is an extract of

    @property
    def narrow(self) -> bool:
        """Return whether the block reads well beside a column."""
        return (self.type == "grid" and self.columns < 4) or (self.type == "rail" and self.style != "list")

    @property
    def column(self) -> bool:
        """Return whether the block is a column of headlines."""
        return self.type == "rail" and self.style == "list"


@dataclass(slots=True)
class LaidPage:
    """The page's strips, and every article on it."""

    bands: list[Band]
    cards: list[ArticleCard]


class Layouter:
    """Fills the blocks of one page: the editor's choice first, the newest in what is left free, none twice."""

    def __init__(self, edition: EditionView, section_id: int | None = None) -> None:
        self.edition = edition
        self.section_id = section_id
        self.used: set[int] = set()
        self.by_id: dict[int, ArticleCard] = {}
        self.head: set[int] = set()
        self.spare: list[ArticleCard] | None = None

    def fill(self, blocks: Blocks) -> LaidPage:
        """Return the page."""
        chosen = [number for block in blocks for number in _chosen(block.get("value") or {})]
        self.by_id = cards_by_id(sorted(set(chosen)))
        self.used = {number for number in chosen if number in self.by_id}
        self.head = {number for block in blocks if block["type"] == "lead" for number in _chosen(block["value"])}
        laid = [self._laid(block["type"], block.get("value") or {}) for block in blocks]
        shown = [block for block in laid if block is not None and (block.cards or block.lead)]
        cards = [card for block in shown for card in ([block.lead] if block.lead else []) + block.cards]
        return LaidPage(bands(shown), cards)

    def _laid(self, kind: str, value: dict[str, Any]) -> Laid | None:
        filler = {
            "lead": self._lead,
            "grid": self._grid,
            "rail": self._rail,
            "news": self._news,
            "multimedia": self._multimedia,
        }.get(kind)
        return filler(value) if filler else None

    def _lead(self, value: dict[str, Any]) -> Laid | None:
        lead = self.by_id.get(value.get("article") or 0) or next(iter(self._fresh(1)), None)
        if lead is None:
            return None
        supporting = self._cards(items(value.get("supporting")))
        return Laid("lead", style=value.get("style") or "picture-left", lead=lead, cards=supporting)

    def _grid(self, value: dict[str, Any]) -> Laid:
        columns = int(value.get("columns") or 3)
        cards = self._cards(items(value.get("articles")))
        missing = max(columns - len(cards), 0) if cards else columns
        return Laid("grid", value.get("title") or "", columns=columns, cards=cards + self._fresh(missing))

    def _rail(self, value: dict[str, Any]) -> Laid:
        count = int(value.get("count") or 5)
        cards, more = self._source(value, count)
        if len(cards) < min(count, LEAST) and value.get("source") != "picks":
            cards += [card for card in self._seen(value, count) if card not in cards][: count - len(cards)]
        self.used |= {card.id for card in cards}
        return Laid("rail", value.get("title") or "", style=value.get("style") or "list", cards=cards, more=more)

    def _source(self, value: dict[str, Any], count: int) -> tuple[list[ArticleCard], str]:
        source, edition, signed = value.get("source"), self.edition, value.get("style") == "opinion"
        if source == "section" and value.get("section"):
            section = edition.section_by_id(value["section"])
            found = newest(edition.id, section_id=value["section"], without=self.used, count=count, signed=signed)
            return found, section.path if section else ""
        if source == "tag" and value.get("tag"):
            found = cards_of_tag(value["tag"], count=count + len(self.used))
            return [card for card in found if card.id not in self.used][:count], ""
        if source == "kind" and value.get("kind"):
            return newest(edition.id, kinds=[value["kind"]], without=self.used, count=count, signed=signed), ""
        return self._cards(items(value.get("articles")))[:count], ""

    def _seen(self, value: dict[str, Any], count: int) -> list[ArticleCard]:
        """Return the rail as it is when what stands elsewhere on the page, save at its head, may stand here too."""
        used, self.used = self.used, set(self.head)
        found = self._source(value, count)[0]
        self.used = used
        return found

    def _news(self, value: dict[str, Any]) -> Laid:
        count = int(value.get("count") or 10)
        cards = newest(self.edition.id, section_id=self.section_id, count=count, signed=False)
        return Laid("news", value.get("title") or "", cards=cards)

    def _multimedia(self, value: dict[str, Any]) -> Laid:
        count = int(value.get("count") or 4)
        cards = newest(
            self.edition.id, section_id=self.section_id, kinds=MULTIMEDIA, without=self.used, count=count, signed=False
        )
        if len(cards) < count:
            more = newest(
                self.edition.id, kinds=MULTIMEDIA, without=[card.id for card in cards], count=count, signed=False
            )
            cards += more[: count - len(cards)]
        return Laid("multimedia", value.get("title") or "", cards=cards)

    def _cards(self, numbers: Iterable[Any]) -> list[ArticleCard]:
        return [self.by_id[number] for number in numbers if number in self.by_id]

    def _fresh(self, count: int) -> list[ArticleCard]:
        """Return the newest articles that the page has not shown yet."""
        if count <= 0:
            return []
        if self.spare is None:
            self.spare = newest(self.edition.id, section_id=self.section_id, count=SPARE)
        found = [card for card in self.spare if card.id not in self.used][:count]
        self.used |= {card.id for card in found}
        return found


def _chosen(value: dict[str, Any]) -> list[int]:
    """Return the articles that the editor put into a block."""
    numbers = [value.get("article"), *items(value.get("supporting")), *items(value.get("articles"))]
    return [number for number in numbers if isinstance(number, int)]


def default_layout() -> Blocks:
    """Return the layout of an edition that has none yet."""
    return [
        {"type": "lead", "value": {"style": "picture-left"}},
        {"type": "grid", "value": {"columns": "3"}},
        {"type": "news", "value": {"count": 10}},
        {"type": "multimedia", "value": {"count": 4}},
    ]
