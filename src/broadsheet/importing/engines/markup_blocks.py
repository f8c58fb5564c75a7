"""Turns the markup of an article's content, as feeds and other systems hold it, into the blocks of a body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import urljoin, urlsplit

import nh3
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, fragment_fromstring, tostring

from broadsheet.importing.rules.entry import Block, Drops, EntryPicture
from broadsheet.importing.rules.page_entry import linked_block

INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark",
    "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
}  # fmt: skip
DROPPED = {
    "script": "a script", "style": "styles", "form": "a form", "button": "a button", "input": "a form", "svg": "a drawing",
    "canvas": "a drawing", "select": "a form", "textarea": "a form", "template": "a template", "link": "styles",
    "noscript": "what is shown without scripts", "nav": "navigation", "math": "a formula", "map": "a map of links",
}  # fmt: skip
PLAYERS = {"iframe": "embed", "embed": "embed", "object": "embed", "video": "video", "audio": "audio"}
HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
_WIDGET = re.compile(r"\b(?:twitter-|instagram-media|tiktok-embed|fb-post|bluesky-embed|reddit-embed)")
_URL_ALONE = re.compile(r"\s*(https?://[^\s<>\"]+)\s*")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_WRAPPERS = re.compile(r"</?(?:div|span|section|article|center|font|b|i|em|strong|blockquote)\b[^<>]*>", re.IGNORECASE)
_INLINE_CLEANER = nh3.Cleaner(
    tags={"a", "b", "br", "code", "em", "i", "span", "strong", "sub", "sup"},
    clean_content_tags={"script", "style", "template", "iframe", "object", "svg", "noscript"},
    attributes={"a": {"href"}, "span": {"lang", "dir"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
DEEPEST = 200
EMBED = "external-embed"  # elements of ours, which the readers of WordPress exports write for shortcodes
GALLERY = "external-gallery"


@dataclass(slots=True)
class Content:
    """Blocks whose pictures are places in the list, and what was left out."""

    blocks: list[Block] = field(default_factory=list)
    pictures: list[EntryPicture] = field(default_factory=list)
    drops: Drops = field(default_factory=Drops)


def read_markup(markup: str, *, address: str = "", breaks: bool = False) -> Content:
    """Return the content; `breaks` says that lines and blank lines of the text mean breaks and paragraphs."""
    reader = _Reader(address=address, breaks=breaks)
    root = _root(markup)
    if root is not None:
        if address:
            root.make_links_absolute(address, handle_failures="ignore")
        reader.children(root, 0)
        reader.flush()
    return reader.content


def inline(markup: str) -> str:
    """Return the markup with the elements that a line of text may hold."""
    return str(_INLINE_CLEANER.clean(markup)).strip()


def plain(markup: str) -> str:
    """Return the words of the markup alone."""
    root = _root(markup)
    return " ".join("".join(root.itertext()).split()) if root is not None else ""


def _root(markup: str) -> HtmlElement | None:
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", markup)
    if not text.strip():
        return None
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    if text.count("<") > DEEPEST and _is_deep(text):
        text = _WRAPPERS.sub("<br>", text)
    try:
        root = fragment_fromstring(text.encode("utf-8", "replace").decode("utf-8"), create_parent="div", parser=parser)
        for element in root.iter("script", "style", "template"):
            element.text = None  # the element stays, so that it is told as dropped; what it says is nobody's text
            del element[:]
        return root
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _is_deep(text: str) -> bool:
    """Return whether wrappers stand deeper in each other than the parser follows."""
    depth = deepest = 0
    for match in _WRAPPERS.finditer(text):
        depth += -1 if match[0].startswith("</") else 1
        deepest = max(deepest, depth)
    return deepest > DEEPEST


@dataclass
class _Reader:
    """Walks the tree; running text gathers in `line` until a block begins."""

    address: str
    breaks: bool
    content: Content = field(default_factory=Content)
    line: list[str] = field(default_factory=list)

    def children(self, element: HtmlElement, depth: int) -> None:
        """Take the element's text and children in their order."""
        self._text(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, child.tag.lower(), depth + 1)
            self._text(child.tail)

    def flush(self) -> None:
        """End the paragraph that gathers."""
        markup, self.line = "".join(self.line), []
        for part in _BLANK_LINE.split(markup) if self.breaks else [markup]:
            alone = _URL_ALONE.fullmatch(part)
            if alone:
                self._add(linked_block("embed", alone[1], ""))
                continue
            text = part.strip().replace("\n", "<br>") if self.breaks else part
            cleaned = inline(re.sub(r"(?:<br>\s*)+$|^(?:\s*<br>)+", "", text.strip()))
            if re.sub(r"<[^>]*>|&nbsp;|\s", "", cleaned):
                self._add({"type": "paragraph", "html": f"<p>{cleaned}</p>"})

    def _text(self, text: str | None) -> None:
        if text:
            self.line.append(escape(text, quote=False))

    def _child(self, element: HtmlElement, tag: str, depth: int) -> None:
        if tag in DROPPED:
            words = " ".join("".join(element.itertext()).split())[:100] if tag in {"form", "nav", "noscript"} else ""
            self._drop(words or f"<{tag}>", f"{DROPPED[tag]} of the other system")
        elif tag in INLINE and not _holds_blocks(element):
            self.line.append(tostring(element, encoding="unicode", with_tail=False))
        else:
            self.flush()
            if depth > DEEPEST:
                self.line.append(escape(" ".join("".join(element.itertext()).split()), quote=False))
            else:
                self._block(element, tag, depth)
            self.flush()

    def _block(self, element: HtmlElement, tag: str, depth: int) -> None:  # noqa: C901 - one branch a kind of element
        if tag in HEADINGS:
            if words := _words(element):
                self._add({"type": "heading", "level": HEADINGS[tag], "text": words})
        elif tag in {"img", "amp-img"}:
            self._images([element], "")
        elif tag in {"ul", "ol", "menu"}:
            self._list(element, tag)
        elif tag == "dl":
            self._items([_inner(child) for child in element if child.tag in {"dt", "dd"}], ordered=False)
        elif tag == "table":
            self._table(element)
        elif tag == "blockquote":
            self._quote(element)
        elif tag in {"figure", GALLERY}:
            self._figure(element, depth)
        elif tag in PLAYERS or tag == EMBED:
            self._player(element, PLAYERS.get(tag, "embed"))
        elif tag == "pre":
            written = escape("".join(element.itertext()).strip("\n"), quote=False).replace("\n", "<br>")
            self._add({"type": "paragraph", "html": f"<p><code>{written}</code></p>"})
        elif tag == "details":
            self._details(element)
        elif tag != "hr":
            self.children(element, depth)

    def _list(self, element: HtmlElement, tag: str) -> None:
        images = list(element.iter("img"))
        if images and not _words(element):
            self._images(images, "")
            return
        self._items([_inner(item) for item in element.iter("li")], ordered=tag == "ol")

    def _items(self, items: list[str], *, ordered: bool) -> None:
        kept = [item for item in items if item]
        if kept:
            self._add({"type": "list", "ordered": ordered, "items": kept})

    def _table(self, element: HtmlElement) -> None:
        rows = [[_inner(cell) for cell in row if cell.tag in {"td", "th"}] for row in element.iter("tr")]
        rows = [row for row in rows if any(row)]
        if not rows:
            return
        caption = element.find(".//caption")
        head = element.find(".//thead") is not None or element.find(".//th") is not None
        words = _words(caption) if caption is not None else ""
        self._add({"type": "table", "caption": words[:200], "header": head, "rows": rows, "note": ""})

    def _quote(self, element: HtmlElement) -> None:
        if _WIDGET.search(element.get("class") or ""):
            links = [link.get("href") for link in element.iter("a") if link.get("href")]
            if links and (address := self._web(links[-1])):
                self._add(linked_block("embed", address, _words(element)))
                return
        cite = element.find(".//cite")
        by = _words(cite) if cite is not None else ""
        if cite is not None:
            cite.drop_tree()
        parts = [_words(part) for part in element.iter("p")] or [_words(element)]
        if text := "\n".join(part for part in parts if part):
            self._add({"type": "quote", "text": text, "by": by.lstrip("—–- ")[:120], "role": "", "pull": False})

    def _figure(self, element: HtmlElement, depth: int) -> None:
        captions = [child for child in element.iter("figcaption") if _owner(child) is element]
        caption = " ".join(_words(one) for one in captions)
        for one in captions:
            one.drop_tree()
        images = list(element.iter("img"))
        players = [one for one in element.iter(*PLAYERS, EMBED) if one.tag != "object" or not images]
        if images:
            self._images(images, caption)
        elif players:
            for player in players:
                self._player(player, PLAYERS.get(str(player.tag), "embed"), caption)
        else:
            alone = _URL_ALONE.fullmatch("".join(element.itertext()))
            if alone:
                self._add(linked_block("embed", alone[1], caption))
                return
            self.children(element, depth)
            self.flush()
            if caption and self.content.blocks and self.content.blocks[-1]["type"] == "table":
                self.content.blocks[-1]["caption"] = caption[:200]
            elif caption and self.content.blocks and self.content.blocks[-1]["type"] == "quote":
                self.content.blocks[-1]["by"] = caption[:120]
            elif caption:
                self._text(caption)

    def _images(self, images: list[HtmlElement], caption: str) -> None:
        numbers = [number for image in images if (number := self._picture(image, caption, len(images))) is not None]
        if len(numbers) > 1:
            items = [{"picture": number, "caption": "", "alt": ""} for number in numbers]
            self._add({"type": "gallery", "title": caption[:200], "items": items})
        elif numbers:
            self._add({"type": "image", "picture": numbers[0], "caption": "", "alt": "", "size": "column"})

    def _picture(self, image: HtmlElement, caption: str, among: int) -> int | None:
        said = [image.get(name) for name in ("data-full-url", "data-orig-file", "src", "data-src") if image.get(name)]
        address = said[0] if said else ""
        whole = next((found for one in said if (found := self._web(str(one)))), None)
        if whole is None:
            self._drop(str(address)[:100] or "<img>", "a picture without an address that can be asked for")
            return None
        if {image.get("width"), image.get("height")} & {"0", "1"}:
            self._drop(whole, "a picture of one point, which counts readers")
            return None
        figure = next(image.iterancestors("figure"), None)
        below = figure.find("figcaption") if figure is not None else None
        words = _words(below) if below is not None else caption if among == 1 else ""
        title = image.get("data-id") or ""
        self.content.pictures.append(
            EntryPicture(whole, words or None, (image.get("alt") or "").strip() or None, title)
        )
        return len(self.content.pictures) - 1

    def _player(self, element: HtmlElement, kind: str, caption: str = "") -> None:
        inner = element.find(".//source")
        source = element.get("src") or element.get("data-src") or element.get("data") or ""
        if not source and inner is not None:
            source = inner.get("src") or ""
        address = self._web(source)
        if address is None:
            self._drop(source[:100] or f"<{element.tag}>", "something embedded without an address")
            return
        self._add(linked_block(kind, address, caption or element.get("title") or ""))

    def _details(self, element: HtmlElement) -> None:
        summary = element.find("summary")
        title = _words(summary) if summary is not None else ""
        if summary is not None:
            summary.drop_tree()
        inside = read_markup(tostring(element, encoding="unicode", with_tail=False).replace("<details", "<div", 1))
        html = "".join(block["html"] for block in inside.blocks if block["type"] == "paragraph")
        if html:
            self._add({"type": "fact_box", "title": title[:200], "html": html})

    def _web(self, address: str) -> str | None:
        try:
            whole = urljoin(self.address, address.strip())
            parts = urlsplit(whole)
        except ValueError:
            return None
        return whole if parts.scheme in {"http", "https"} and parts.netloc and len(whole) < 2000 else None

    def _add(self, block: Block) -> None:
        self.content.blocks.append(block)

    def _drop(self, what: str, reason: str) -> None:
        self.content.drops.add(what, reason)


def _holds_blocks(element: HtmlElement) -> bool:
    """Return whether an inline element has blocks or pictures in it, as a link around a picture has."""
    return any(isinstance(inner.tag, str) and inner.tag not in INLINE for inner in element.iterdescendants())


def _inner(element: HtmlElement) -> str:
    """Return what is in the element as one line; lists inside it are left to their own items."""
    parts = [escape(element.text or "", quote=False)]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in {"ul", "ol"}:
            parts.append(tostring(child, encoding="unicode", with_tail=False))
        parts.append(escape(child.tail or "", quote=False))
    return " ".join(inline(" ".join(parts)).split())


def _owner(caption: HtmlElement) -> Any:
    return next(caption.iterancestors("figure", GALLERY), None)


def _words(element: HtmlElement) -> str:
    """Return the words in the element; blocks in it are a blank apart, inline elements are not."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            gap = "" if child.tag in INLINE and child.tag != "br" else " "
            yield gap
            yield from _texts(child)
            yield gap
        yield child.tail or ""
