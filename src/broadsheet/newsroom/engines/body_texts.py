"""Reads an article's body: its texts with their marks, its pictures, its links, each with its block."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from wagtail.fields import StreamValue

RICH = {"paragraph", "fact_box", "list"}


@dataclass(frozen=True, slots=True)
class BodyText:
    """A text of the body without markup; `marked` are (key, start, end) of its marks."""

    anchor: str
    text: str
    marked: tuple[tuple[str, int, int], ...]
    can_mark: bool


@dataclass(frozen=True, slots=True)
class BodyPicture:
    """A picture in the body, with the words it has there."""

    anchor: str
    picture_id: int
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class BodyLink:
    """A link in the body: to a page of ours by its id, or to an address."""

    anchor: str
    words: str
    page_id: int | None
    address: str


@dataclass
class BodyReader:
    """What the body of an article holds; `anchor` is `body.<block id>`."""

    body: StreamValue
    texts: list[BodyText] = field(default_factory=list)
    pictures: list[BodyPicture] = field(default_factory=list)
    links: list[BodyLink] = field(default_factory=list)
    has_recording: bool = False

    def __post_init__(self) -> None:
        """Read every block."""
        for block in self.body.get_prep_value():
            self._read(str(block["type"]), block["value"], f"body.{block.get('id') or ''}")

    def _read(self, kind: str, value: Any, anchor: str) -> None:
        if kind == "paragraph":
            self._rich(anchor, str(value), can_mark=True)
        elif kind == "fact_box":
            self._plain(anchor, value.get("title"))
            self._rich(anchor, str(value.get("text") or ""))
        elif kind == "list":
            for item in _items(value.get("items")):
                self._rich(anchor, str(item))
        elif kind == "image":
            self._picture(anchor, value)
        elif kind == "gallery":
            self._plain(anchor, value.get("title"))
            for item in _items(value.get("items")):
                self._picture(anchor, item)
        elif kind == "related":
            self._related(anchor, value)
        else:
            self.has_recording = self.has_recording or kind in {"audio", "video"}
            for text in _plain_texts(kind, value):
                self._plain(anchor, text)

    def _rich(self, anchor: str, html: str, *, can_mark: bool = False) -> None:
        parser = _Rich()
        parser.feed(html)
        parser.close()
        self.texts.append(BodyText(anchor, parser.text, tuple(parser.marked), can_mark))
        self.links.extend(BodyLink(anchor, words, page, address) for words, page, address in parser.links)

    def _plain(self, anchor: str, text: Any) -> None:
        if text:
            self.texts.append(BodyText(anchor, str(text), (), False))

    def _picture(self, anchor: str, value: Any) -> None:
        if value.get("picture"):
            caption, alt = str(value.get("caption") or ""), str(value.get("alt") or "")
            self.pictures.append(BodyPicture(anchor, int(value["picture"]), caption, alt))
            self._plain(anchor, caption)

    def _related(self, anchor: str, value: Any) -> None:
        words = str(value.get("title") or value.get("url") or value.get("article") or "")
        page = int(value["article"]) if value.get("article") else None
        if page or value.get("url"):
            self.links.append(BodyLink(anchor, words, page, "" if page else str(value["url"])))


def _items(values: Any) -> list[Any]:
    return [item["value"] if isinstance(item, dict) and "value" in item else item for item in values or []]


def _plain_texts(kind: str, value: Any) -> Iterator[str]:
    names = {"heading": ("text",), "quote": ("text", "by", "role"), "embed": ("title",), "table": ("caption", "note"),
             "audio": ("caption",), "video": ("caption",)}  # fmt: skip
    for name in names.get(kind, ()):
        yield str(value.get(name) or "")
    for row in _items(value.get("rows")) if kind == "table" else ():
        yield from (str(cell) for cell in _items(row))


class _Rich(HTMLParser):
    """Takes text, marks and links out of rich text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.marked: list[tuple[str, int, int]] = []
        self.links: list[tuple[str, int | None, str]] = []
        self._open: list[tuple[str, dict[str, str], int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where an element begins; a paragraph begins on a new line."""
        if tag in {"br", "hr"}:
            self.text += "\n"
            return
        if tag in {"p", "li", "h2", "h3", "h4"} and self.text and not self.text.endswith("\n"):
            self.text += "\n"
        self._open.append((tag, {name: value or "" for name, value in attrs}, len(self.text)))

    def handle_endtag(self, tag: str) -> None:
        """Note the mark or link that ends here."""
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                _tag, attributes, start = self._open.pop(place)
                self._close(tag, attributes, start)
                return

    def handle_data(self, data: str) -> None:
        """Take the text."""
        self.text += data

    def _close(self, tag: str, attributes: dict[str, str], start: int) -> None:
        if tag == "span" and attributes.get("data-notice"):
            self.marked.append((attributes["data-notice"], start, len(self.text)))
        if tag == "a":
            number = attributes.get("id", "")
            page = int(number) if attributes.get("linktype") == "page" and number.isdigit() else None
            self.links.append((self.text[start:], page, attributes.get("href", "")))
