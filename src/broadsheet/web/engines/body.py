"""Writes an article's body from its stored blocks: no query, no block classes, one small template a block."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.template.loader import get_template
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from broadsheet.newsroom.queries.cards import ArticleCard, PictureView
from broadsheet.newsroom.queries.media import MediaView
from broadsheet.web.engines.richtext import Writer, notice_keys, page_links

Block = Mapping[str, Any]


@dataclass(slots=True)
class Wanted:
    """What the blocks of a body refer to, by database id; notices in the order of the text."""

    pictures: set[int] = field(default_factory=set)
    media: set[int] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    notices: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Material:
    """What `Wanted` asked for."""

    pictures: Mapping[int, PictureView]
    media: Mapping[int, MediaView]
    cards: Mapping[int, ArticleCard]
    writer: Writer
    number: str = ""  # the article's public number
    interview: bool = False
    embeds: int = 0  # written so far


def wanted(blocks: Iterable[Block]) -> Wanted:
    """Return what these stored blocks refer to."""
    found = Wanted()
    for block in blocks:
        _gather(block.get("value"), found)
    return found


def _gather(value: Any, found: Wanted) -> None:
    if isinstance(value, str):
        if "<" in value:
            found.articles |= page_links(value)
            found.notices += notice_keys(value)
    elif isinstance(value, dict):
        for name, kind in (("picture", found.pictures), ("media", found.media), ("article", found.articles)):
            if isinstance(value.get(name), int):
                kind.add(value[name])
        for inner in value.values():
            _gather(inner, found)
    elif isinstance(value, list):
        for inner in value:
            _gather(inner, found)


def render_body(blocks: Iterable[Block], material: Material) -> SafeString:
    """Return the markup of the body."""
    parts = []
    for block in blocks:
        writer = _WRITERS.get(block.get("type", ""))
        if writer is not None:
            parts.append(writer(block.get("value"), material))
    return mark_safe("\n".join(part for part in parts if part))


def plain_words(blocks: Iterable[Block]) -> str:
    """Return the text of the paragraphs, for counting and for machines."""
    return " ".join(strip_tags(str(block["value"])) for block in blocks if block.get("type") == "paragraph")


def _draw(name: str, **context: Any) -> str:
    return get_template(f"blocks/{name}.html").render(context)


def items(value: Any) -> list[Any]:
    """Return the members of a stored list block, of the old and the new form."""
    return [
        item["value"] if isinstance(item, dict) and {"type", "value"} <= set(item) else item for item in value or []
    ]


def _paragraph(value: Any, material: Material) -> str:
    markup = material.writer.write(str(value))
    if material.interview and _is_question(markup):
        return markup.replace("<p", '<p class="question"', 1)
    return markup


def _is_question(markup: str) -> bool:
    inner = markup.strip().removeprefix("<p>").removesuffix("</p>").strip()
    for tag in ("strong", "b"):
        if inner.startswith(f"<{tag}>") and inner.endswith(f"</{tag}>") and inner.count(f"<{tag}>") == 1:
            return True
    return False


def _heading(value: Any, material: Material) -> str:
    level = "3" if str(value.get("level")) == "3" else "2"
    return f"<h{level}>{escape(value.get('text', ''))}</h{level}>"


def _image(value: Any, material: Material) -> str:
    picture = material.pictures.get(value.get("picture") or 0)
    if picture is None:
        return ""
    size = value.get("size") if value.get("size") in {"column", "wide", "full"} else "column"
    return _draw("image", picture=picture.with_words(value.get("caption", ""), value.get("alt", "")), size=size)


def _gallery(value: Any, material: Material) -> str:
    shown = []
    for item in items(value.get("items")):
        picture = material.pictures.get(item.get("picture") or 0)
        if picture is not None:
            shown.append(picture.with_words(item.get("caption", ""), item.get("alt", "")))
    return _draw("gallery", title=value.get("title", ""), pictures=shown) if shown else ""


def _quote(value: Any, material: Material) -> str:
    return _draw("quote", **{name: value.get(name) for name in ("text", "by", "role", "pull")})


def _list(value: Any, material: Material) -> str:
    tag = "ol" if value.get("ordered") else "ul"
    lines = "".join(f"<li>{_inline(item, material)}</li>" for item in items(value.get("items")))
    return f"<{tag}>{lines}</{tag}>"


def _inline(markup: Any, material: Material) -> str:
    """Return rich text of one paragraph without its `<p>`."""
    text = material.writer.write(str(markup or "")).strip()
    if text.startswith("<p>") and text.endswith("</p>") and text.count("<p>") == 1:
        return text[3:-4]
    return text


_FIGURE = re.compile(r"^[\W_]*\d[\d\s.,:/–−+-]*\W*(?:%|[a-z]{1,3})?$", re.IGNORECASE)


def _table(value: Any, material: Material) -> str:
    rows = [[mark_safe(_inline(cell, material)) for cell in items(row)] for row in items(value.get("rows"))]
    head = rows.pop(0) if rows and value.get("header", True) else []
    figures = {column for column in range(1, max(map(len, rows), default=0)) if _holds_figures(rows, column)}
    lines = [[(cell, column in figures) for column, cell in enumerate(row)] for row in rows]
    names = [(cell, column in figures) for column, cell in enumerate(head)]
    return _draw("table", caption=value.get("caption"), note=value.get("note"), head=names, rows=lines)


def _holds_figures(rows: list[list[SafeString]], column: int) -> bool:
    """Return whether most of a column's cells are figures, which are set flush."""
    cells = [strip_tags(row[column]).strip() for row in rows if column < len(row)]
    filled = [cell for cell in cells if cell not in {"", "–", "—", "-"}]
    return bool(filled) and sum(bool(_FIGURE.match(cell)) for cell in filled) * 2 > len(filled)


def _fact_box(value: Any, material: Material) -> str:
    text = mark_safe(material.writer.write(str(value.get("text", ""))))
    return _draw("fact_box", title=value.get("title", ""), text=text)


def _embed(value: Any, material: Material) -> str:
    url = str(value.get("url", ""))
    if not url.startswith(("https://", "http://")):
        material.embeds += 1
        return ""
    material.embeds += 1
    path = f"/embed/{material.number}/{material.embeds}/"
    return _draw("embed", frame_path=path, url=url, provider=value.get("provider", ""), title=value.get("title", ""))


def _media(value: Any, material: Material) -> str:
    media = material.media.get(value.get("media") or 0)
    if media is None:
        return ""
    poster = material.pictures.get(media.poster_id or 0)
    return _draw("media", media=media, poster=poster, caption=value.get("caption", ""))


def _related(value: Any, material: Material) -> str:
    card = material.cards.get(value.get("article") or 0)
    url = str(value.get("url") or "")
    if card is None and not url.startswith(("https://", "http://")):
        return ""
    return _draw("related", card=card, url=url, title=value.get("title") or "")


_WRITERS: dict[str, Callable[[Any, Material], str]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "image": _image,
    "gallery": _gallery,
    "quote": _quote,
    "list": _list,
    "table": _table,
    "fact_box": _fact_box,
    "embed": _embed,
    "audio": _media,
    "video": _media,
    "related": _related,
}
