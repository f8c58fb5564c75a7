"""The kept lines of a page as the blocks of an article."""

import re
from collections.abc import Iterable
from itertools import groupby
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from broadsheet.importing.engines.page.lines import Line
from broadsheet.importing.engines.page.pictures import Picture
from broadsheet.importing.engines.page.pieces import Page, Piece
from broadsheet.importing.engines.page.zones import names_of, words_of
from broadsheet.importing.rules.page_result import Block

_VIDEO_HOSTS = re.compile(
    r"(?:youtube|youtu\.be|vimeo|dailymotion|rutube|brightcove|jwplayer|jwplatform|wistia|/video)"
)
_AUDIO_HOSTS = re.compile(r"(?:soundcloud|spotify|podcast|/audio|anchor\.fm|mixcloud|simplecast|megaphone)")
_POST = re.compile(
    r" (?:twitter (?:tweet|video)|instagram media|tiktok embed|telegram post|fb post|bluesky embed|mastodon embed) "
)
_FACT_BOX = re.compile(
    r" (?:fact ?box|facts ?box|info ?box|key ?facts|fast ?facts|at a glance|explainer ?box|fact ?file) "
)
_ANNOUNCES = ["video", "audio", "amp-video", "amp-audio", "iframe", "embed", "object"]


def build_blocks(page: Page, lines: list[Line], pictures: list[Picture], *, url: str | None) -> tuple[Block, ...]:
    """The article's blocks in reading order; `images` of a block are places in the list of pictures."""
    numbered = [(number, line.piece) for number, line in enumerate(lines) if line.reason is None]
    if not numbered:
        return ()
    parts: list[tuple[int, int, Block]] = []
    for _, run in groupby(numbered, key=lambda pair: _belongs(page, pair[1])):
        pieces = list(run)
        parts.append((pieces[0][0], 1, _block(page, [piece for _, piece in pieces], url)))
    first, last = numbered[0][0], numbered[-1][0]
    for number, picture in enumerate(pictures):
        place = min(max(picture.position, 0), last + 1)
        parts.append((place, 0, Block("image", images=(number,))))
    parts += [
        (position, 0, block)
        for node, position in page.media
        if first <= position <= last + 1 and page.nodes[node].inner is None and page.nodes[node].tag in _ANNOUNCES
        for block in _player(page.nodes[node].element, page.nodes[node].tag, url)
    ]
    ordered = [block for _, _, block in sorted(parts, key=lambda part: (part[0], part[1]))]
    return tuple(_with_galleries(ordered))


def _belongs(page: Page, piece: Piece) -> tuple[object, ...]:
    """What pieces of one block have in common; pieces that stand alone have nothing."""
    for node in page.ancestors(piece.node)[:8]:
        tag = page.nodes[node].tag
        if tag in {"body", "article", "main"}:
            break
        names = names_of(page.nodes[node].element)
        if names and len(names) < 300:
            words = words_of(names)
            if tag == "blockquote" and _POST.search(words):
                return ("embed", node)
            if _FACT_BOX.search(words) and page.nodes[node].mass < page.nodes[0].mass * 0.4:
                return ("fact_box", node)
    if piece.kind == "item" and piece.group >= 0:
        return ("list", piece.group)
    if piece.kind == "cell":
        return ("table", piece.group)
    if piece.kind == "quote":
        quote = next((node for node in page.ancestors(piece.node) if page.nodes[node].tag == "blockquote"), -1)
        return ("quote", quote)
    return ("alone", id(piece))


def _block(page: Page, pieces: list[Piece], url: str | None) -> Block:
    """The block that the pieces make together."""
    kind, node, *_ = (*_belongs(page, pieces[0]), 0)
    if kind == "list":
        return Block("list", items=tuple(_joined(pieces)))
    if kind == "table":
        return Block("table", rows=_rows(pieces))
    if kind == "fact_box":
        head, rest = (pieces[0].text, pieces[1:]) if pieces[0].kind == "heading" or pieces[0].bold else (None, pieces)
        return Block("fact_box", text=head, items=tuple(piece.text for piece in rest))
    if kind == "embed" and isinstance(node, int):
        links = [link.get("href") for link in page.nodes[node].element.iter("a") if link.get("href")]
        address = _web_address(links[-1], url) if links else None
        return Block("embed", text="\n".join(piece.text for piece in pieces), url=address)
    if kind == "quote":
        return Block("quote", text="\n".join(piece.text for piece in pieces))
    piece = pieces[0]
    if piece.kind == "heading":
        return Block("heading", text=piece.text, level=min(max(piece.level or 2, 2), 6))
    return Block("paragraph", text=piece.text)


def _joined(pieces: Iterable[Piece]) -> list[str]:
    """The texts of pieces of one item, joined."""
    texts: dict[int, list[str]] = {}
    for piece in pieces:
        texts.setdefault(piece.cell, []).append(piece.text)
    return [" ".join(parts) for parts in texts.values()]


def _rows(pieces: list[Piece]) -> tuple[tuple[str, ...], ...]:
    """The cells of a table in their rows."""
    rows: dict[int, dict[int, list[str]]] = {}
    for piece in pieces:
        rows.setdefault(piece.row, {}).setdefault(piece.cell, []).append(piece.text)
    return tuple(tuple(" ".join(parts) for parts in cells.values()) for cells in rows.values())


def _player(element: HtmlElement, tag: str, url: str | None) -> list[Block]:
    """The block of something that plays or is shown from elsewhere; none where it has no address."""
    source = element.get("src") or element.get("data-src") or element.get("data")
    if not source:
        inner = element.find(".//source")
        source = inner.get("src") if inner is not None else None
    address = _web_address(source, url) if source else None
    if address is None:
        return []
    title = " ".join((element.get("title") or "").split()) or None
    if tag.endswith("video") or _VIDEO_HOSTS.search(address):
        return [Block("video", title=title, url=address)]
    if tag.endswith("audio") or _AUDIO_HOSTS.search(address):
        return [Block("audio", title=title, url=address)]
    return [Block("embed", title=title, url=address)] if tag == "iframe" else []


def _web_address(href: str | None, url: str | None) -> str | None:
    """An address of the web, whole, or None."""
    try:
        whole = urljoin(url or "", (href or "").strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in {"http", "https"} and parts.netloc else None


def _with_galleries(blocks: list[Block]) -> list[Block]:
    """Three pictures or more with nothing between them are a gallery."""
    answer: list[Block] = []
    for kind, run in groupby(blocks, key=lambda block: block.type):
        same = list(run)
        if kind == "image" and len(same) >= 3:
            places = tuple(place for block in same for place in block.images or ())
            answer.append(Block("gallery", images=places))
        else:
            answer.extend(same)
    return answer
