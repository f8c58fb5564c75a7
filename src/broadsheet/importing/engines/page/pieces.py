"""A page taken apart, in reading order, into pieces of text with the place each stands in."""

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from broadsheet.importing.engines.page.zones import RELATED, Zone, names_of, speaks_of_caption, zone_of

INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "nobr", "label", "output", "amp-link",
})  # fmt: skip
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_TEASER_PARTS = frozenset({"div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "ul", "header"})
QUOTES = frozenset({"blockquote", "q-block"})
MEDIA = frozenset(
    {"img", "amp-img", "video", "amp-video", "audio", "amp-audio", "iframe", "embed", "object", "picture"}
)
BREAK = "\u2028"
_BLANKS = re.compile(r"[^\S\u2028]+")
_LINES = re.compile(r"\s*\u2028\s*")
_ENDS = re.compile(r"[.!?…:;\"”»’)。！？؟।]['\"”’»)\]]*\s*(?:\[\d+\])?$")


@dataclass(slots=True)
class Node:
    """An element of the page with its place in the tree."""

    element: HtmlElement
    tag: str
    parent: int
    zone: Zone | None
    depth: int
    mass: float = 0.0
    inner: Zone | None = None


@dataclass(slots=True)
class Piece:
    """A run of text between two block boundaries."""

    kind: str
    text: str
    link_chars: int
    node: int
    level: int | None = None
    group: int = -1
    row: int = -1
    cell: int = -1
    bold: bool = False
    prose: float = field(default=0.0)
    cut: str | None = None

    @property
    def link_share(self) -> float:
        """How much of the text is inside links."""
        return self.link_chars / max(1, len(self.text))

    @property
    def closed(self) -> bool:
        """True where the text ends as a sentence does."""
        return bool(_ENDS.search(self.text))


@dataclass(slots=True)
class Page:
    """The elements and pieces of one page, in reading order."""

    nodes: list[Node]
    pieces: list[Piece]
    media: list[tuple[int, int]]

    def ancestors(self, node: int) -> list[int]:
        """The node and all above it, from the inside out."""
        chain = []
        while node >= 0:
            chain.append(node)
            node = self.nodes[node].parent
        return chain

    def below(self, node: int) -> range:
        """The node and all nodes in it, which stand one after the other."""
        end = node + 1
        while end < len(self.nodes) and self.nodes[end].depth > self.nodes[node].depth:
            end += 1
        return range(node, end)

    def spread(self, node: int, zone: Zone) -> None:
        """The node opens the zone, and what is in it lies in it unless it lay in one already."""
        self.nodes[node].zone = zone
        for inner in self.below(node):
            self.nodes[inner].inner = self.nodes[inner].inner or zone

    def sizes(self) -> list[int]:
        """How many letters stand in every node."""
        sizes = [0] * len(self.nodes)
        for piece in self.pieces:
            sizes[piece.node] += len(piece.text)
        for index in range(len(sizes) - 1, 0, -1):
            sizes[self.nodes[index].parent] += sizes[index]
        return sizes


class _Walk:
    """Reads a tree once, without recursion, and keeps what it has seen."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.pieces: list[Piece] = []
        self.media: list[tuple[int, int]] = []
        self.stack: list[int] = []
        self.text: list[str] = []
        self.linked = 0
        self.bold = 0
        self.links = 0
        self.bolds = 0
        self.quotes = 0
        self.captions = 0
        self.heading = 0
        self.lists: list[int] = []
        self.items: list[int] = []
        self.tables: list[int] = []
        self.rows: list[int] = []
        self.cells: list[int] = []
        self.anchors: list[int] = []

    def add(self, text: str | None) -> None:
        """The text stands in the piece being gathered."""
        if not text:
            return
        self.text.append(text)
        if self.links:
            self.linked += len(text.strip())
        if self.bolds:
            self.bold += len(text.strip())

    def flush(self) -> None:
        """The piece being gathered is finished."""
        if not self.text:
            return
        text = _LINES.sub("\n", _BLANKS.sub(" ", "".join(self.text))).strip()
        linked, bold = self.linked, self.bold
        self.text, self.linked, self.bold = [], 0, 0
        if not text:
            return
        piece = Piece("paragraph", text, linked, self.stack[-1] if self.stack else 0)
        piece.bold = bold >= len(text) * 0.8
        if self.captions:
            piece.kind = "caption"
        elif self.heading:
            piece.kind, piece.level = "heading", self.heading
        elif self.tables and self.cells:
            piece.kind, piece.group, piece.row, piece.cell = (
                "cell",
                self.tables[-1],
                self.rows[-1],
                self.cells[-1],
            )
        elif self.quotes:
            piece.kind = "quote"
        elif self.items:
            piece.kind, piece.group, piece.cell = "item", self.lists[-1] if self.lists else -1, self.items[-1]
        self.pieces.append(piece)

    def _break(self) -> None:
        """A line ends here; after a second one in a row the piece ends."""
        if (self.text and self.text[-1].strip(" \t\r\n\u00a0") == BREAK) or (
            self.text and "".join(self.text[-3:]).rstrip().endswith(BREAK)
        ):
            self.flush()
        else:
            self.add(BREAK)

    def start(self, element: HtmlElement) -> None:
        """The element is open."""
        tag = element.tag
        index = len(self.nodes)
        parent = self.stack[-1] if self.stack else -1
        inline = tag in INLINE
        if tag == "br":
            self._break()
        elif not inline:
            self.flush()
        self.nodes.append(Node(element, tag, parent, zone_of(element, tag), len(self.stack)))
        self.stack.append(index)
        if tag == "a":
            self.links += 1
            self.anchors.append(index)
        elif tag in {"b", "strong"}:
            self.bolds += 1
        elif not inline:
            self._open_block(element, tag, index)
        self.add(element.text)

    def _open_block(self, element: HtmlElement, tag: str, index: int) -> None:
        """What the block means for the text in it is noted."""
        if self.anchors and tag in _TEASER_PARTS:
            self.nodes[self.anchors[-1]].zone = RELATED
        if tag in HEADINGS:
            self.heading = HEADINGS[tag]
        elif tag in MEDIA:
            self.media.append((index, len(self.pieces)))
        elif tag in QUOTES:
            self.quotes += 1
        elif tag in {"ul", "ol", "dl"}:
            self.lists.append(index)
        elif tag in {"li", "dd", "dt"}:
            self.items.append(index)
        elif tag == "table" and is_data_table(element):
            self.tables.append(index)
        elif tag == "tr" and self.tables:
            self.rows.append(index)
        elif tag in {"td", "th"} and self.tables and self.rows:
            self.cells.append(index)
        if tag in {"figcaption", "caption"} or self._is_caption(element, tag):
            self.captions += 1

    @staticmethod
    def _is_caption(element: HtmlElement, tag: str) -> bool:
        """True for a block whose names say it belongs to a picture."""
        if tag not in {"div", "p", "dd", "figcaption", "section", "small", "h6", "h5", "h4"}:
            return False
        names = names_of(element)
        return bool(names) and speaks_of_caption(names)

    def end(self, element: HtmlElement) -> None:
        """The element is closed and what follows it is read on."""
        tag = element.tag
        inline = tag in INLINE or tag == "br"
        if not inline:
            self.flush()
        index = self.stack.pop()
        if tag == "a":
            self.links -= 1
            self.anchors.pop()
        elif tag in {"b", "strong"}:
            self.bolds -= 1
        elif not inline:
            self._close_block(element, tag, index)
        self.add(element.tail)

    def _close_block(self, element: HtmlElement, tag: str, index: int) -> None:
        """What the block meant for the text in it is forgotten."""
        if tag in HEADINGS:
            self.heading = 0
        elif tag in QUOTES:
            self.quotes -= 1
        for opened in (self.lists, self.items, self.tables, self.rows, self.cells):
            if opened and opened[-1] == index:
                opened.pop()
        if tag in {"figcaption", "caption"} or self._is_caption(element, tag):
            self.captions -= 1


def take_apart(root: HtmlElement) -> Page:
    """The page in pieces; the root must be rid of scripts, styles and comments."""
    walk = _Walk()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            walk.start(element)
        else:
            walk.end(element)
    walk.flush()
    page = Page(walk.nodes, walk.pieces, walk.media)
    _weigh(page)
    return page


def is_data_table(table: HtmlElement) -> bool:
    """True for a table of facts, False for one that only arranges the page."""
    if table.get("role") == "presentation" or table.find(".//table") is not None:
        return False
    rows = list(table.iter("tr"))
    if len(rows) < 2 or len(rows) > 5000:
        return False
    cells = [sum(1 for cell in row if cell.tag in {"td", "th"}) for row in rows]
    if max(cells) < 2:
        return False
    if table.find(".//th") is not None or table.find("caption") is not None:
        return True
    blocks = sum(1 for _ in table.iter("p", "div", "h1", "h2", "h3", "ul", "form", "article"))
    return blocks <= sum(cells) * 0.5 and len(table.text_content()) / max(1, sum(cells)) < 200


def _weigh(page: Page) -> None:
    """Every piece knows how much prose it is, every node how much is in it and which zone it lies in."""
    nodes = page.nodes
    for piece in page.pieces:
        piece.prose = _prose(piece)
        nodes[piece.node].mass += piece.prose
    for index in range(len(nodes) - 1, 0, -1):
        nodes[nodes[index].parent].mass += nodes[index].mass
    total = nodes[0].mass if nodes else 0.0
    for index, node in enumerate(nodes):
        outer = nodes[node.parent].inner if index else None
        own = node.zone if node.zone and node.mass <= node.zone.most * total else None
        node.inner = outer or own


def _prose(piece: Piece) -> float:
    """The weight of a piece as running text: long, unlinked, in sentences."""
    size = len(piece.text)
    if piece.kind in {"heading", "caption", "cell"} or piece.link_share > 0.5:
        return 0.0
    wide = sum(1 for letter in piece.text[:200] if letter > "\u2e7f") > 20
    if size < (15 if wide else 40):
        return 0.0
    free = (size - piece.link_chars) * (2.5 if wide else 1.0)
    if not piece.closed:
        free *= 0.5 if size < 120 else 0.8
    return free * (0.7 if piece.kind == "item" else 1.0)
