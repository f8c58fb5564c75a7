"""Bodies and layouts: as the bundle writes them, and as the newsroom stores them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from broadsheet.importing.rules.bundle_text import clean, with_page_ids, with_references

Block = dict[str, Any]
HOLDS = {"paragraph": ("html",), "fact_box": ("html",)}  # where blocks of a bundle hold rich text


@dataclass(slots=True)
class Places:
    """Where what a bundle names is in the database; `missing` gathers what is not there.

    `pages` are database ids by reference: `article:<number>`, `section:<edition>/<slug>`, `page:…`, `edition:<code>`.
    """

    pictures: Mapping[str, int] = field(default_factory=dict)
    media: Mapping[str, int] = field(default_factory=dict)
    tags: Mapping[str, int] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    def find(self, kind: str, key: str | None) -> int | None:
        """Return the database id; None, and noted, where there is none."""
        if key is None:
            return None
        known: Mapping[str, int] = getattr(self, kind)
        if key not in known:
            self.missing.add(key if kind == "pages" else f"{kind} {key}")
        return known.get(key)

    def text(self, markup: str) -> str:
        """Return rich text as it is stored."""
        return with_page_ids(markup, self.pages, self.missing)


@dataclass(frozen=True, slots=True)
class Names:
    """How the bundle names rows of the database."""

    picture: Callable[[int], str | None]
    media: Callable[[int], str | None]
    tag: Callable[[int], str | None]
    page: Callable[[int], str | None]

    def article(self, number: Any) -> str | None:
        """Return the public number of an article's page."""
        known = self.page(number) if isinstance(number, int) else None
        return known.removeprefix("article:") if known and known.startswith("article:") else None

    def text(self, markup: Any) -> str:
        """Return stored rich text as the bundle writes it."""
        return with_references(str(markup or ""), self.page)


def to_stream(blocks: list[Block], places: Places, ids: Sequence[str] = ()) -> list[Block]:
    """Return a bundle's body as stream data; blocks whose picture, recording or target is missing are left out.

    `ids` are the blocks' own, where they are known.
    """
    found = (_stored(block, places) for block in blocks)
    return [_identified(block, ids, place) for place, block in enumerate(found) if block is not None]


def _identified(block: Block, ids: Sequence[str], place: int) -> Block:
    return {**block, "id": ids[place]} if place < len(ids) and ids[place] else block


def _stored(block: Block, places: Places) -> Block | None:  # noqa: C901, PLR0912 - one branch a kind of block
    kind = block["type"]
    value: Any = {name: inner for name, inner in block.items() if name != "type"}
    if kind == "paragraph":
        value = places.text(block["html"])
    elif kind == "heading":
        value["level"] = str(block["level"])
    elif kind == "image":
        value["picture"] = places.find("pictures", block["picture"])
        if value["picture"] is None:
            return None
    elif kind == "gallery":
        items = [{**item, "picture": places.find("pictures", item["picture"])} for item in block["items"]]
        value["items"] = [item for item in items if item["picture"] is not None]
        if not value["items"]:
            return None
    elif kind == "list":
        value["items"] = [places.text(item) for item in block["items"]]
    elif kind == "table":
        value["rows"] = [[places.text(cell) for cell in row] for row in block["rows"]]
    elif kind == "fact_box":
        value = {"title": block["title"], "text": places.text(block["html"])}
    elif kind in {"audio", "video"}:
        value["media"] = places.find("media", block["media"])
        if value["media"] is None:
            return None
    elif kind == "related":
        reference = f"article:{block['article']}" if block["article"] else None
        value["article"] = places.find("pages", reference)
        if value["article"] is None and not block["url"]:
            return None
    return {"type": kind, "value": value}


def from_stream(raw: list[Any], names: Names) -> list[Block]:
    """Return a stored body as the bundle writes it; what points at nothing any more is left out."""
    found = (_written(str(block["type"]), block["value"], names) for block in raw)
    return [block for block in found if block is not None]


def block_ids(raw: list[Any], names: Names, *, layout: bool = False) -> list[str]:
    """Return the ids of the blocks of a stored body or layout that the bundle has."""
    write = _written_layout if layout else _written
    return [str(block.get("id") or "") for block in raw if write(str(block["type"]), block["value"], names) is not None]


def _written(kind: str, value: Any, names: Names) -> Block | None:  # noqa: C901 - one branch a kind of block
    if kind == "paragraph":
        return {"type": kind, "html": names.text(value)}
    if not isinstance(value, dict):
        return None
    if kind == "heading":
        return {"type": kind, "level": 3 if str(value.get("level")) == "3" else 2, "text": _text(value, "text")}
    if kind == "image":
        picture = _named(names.picture, value.get("picture"))
        size = value.get("size") or "column"
        words = {"caption": _text(value, "caption"), "alt": _text(value, "alt")}
        return {"type": kind, "picture": picture, **words, "size": size} if picture else None
    if kind == "gallery":
        found = [(_named(names.picture, item.get("picture")), item) for item in members(value.get("items"))]
        items = [
            {"picture": picture, "caption": _text(item, "caption"), "alt": _text(item, "alt")}
            for picture, item in found
            if picture
        ]
        return {"type": kind, "title": _text(value, "title"), "items": items} if items else None
    if kind == "quote":
        words = {name: _text(value, name) for name in ("text", "by", "role")}
        return {"type": kind, **words, "pull": bool(value.get("pull"))}
    if kind == "list":
        lines = [names.text(item) for item in members(value.get("items"))]
        return {"type": kind, "ordered": bool(value.get("ordered")), "items": lines}
    if kind == "table":
        rows = [[_cell(cell, names) for cell in members(row)] for row in members(value.get("rows"))]
        head = {"caption": _text(value, "caption"), "header": bool(value.get("header", True))}
        return {"type": kind, **head, "rows": rows, "note": _text(value, "note")}
    if kind == "fact_box":
        return {"type": kind, "title": _text(value, "title"), "html": names.text(value.get("text"))}
    if kind == "embed":
        return {"type": kind, **{name: _text(value, name) for name in ("url", "provider", "title")}}
    if kind in {"audio", "video"}:
        media = _named(names.media, value.get("media"))
        return {"type": kind, "media": media, "caption": _text(value, "caption")} if media else None
    if kind == "related":
        article = names.article(value.get("article"))
        words = {"url": _text(value, "url"), "title": _text(value, "title")}
        return {"type": kind, "article": article, **words} if article or words["url"] else None
    return None


def layout_to_stream(blocks: list[Block], places: Places, ids: Sequence[str] = ()) -> list[Block]:
    """Return a bundle's layout as stream data; stories and sections that are missing are left out."""
    found = (_stored_layout(block, places) for block in blocks)
    return [
        _identified({"type": block["type"], "value": value}, ids, place)
        for place, (block, value) in enumerate(zip(blocks, found, strict=True))
        if value
    ]


def _stored_layout(block: Block, places: Places) -> Block | None:
    value = {name: inner for name, inner in block.items() if name != "type"}
    for name in ("articles", "supporting"):
        if name in value:
            ids = [places.find("pages", f"article:{number}") for number in value[name]]
            value[name] = [number for number in ids if number is not None]
    if block["type"] == "lead":
        value["article"] = places.find("pages", f"article:{block['article']}") if block["article"] else None
        return value if value["article"] else None
    if block["type"] == "grid":
        value["columns"] = str(block["columns"])
    if block["type"] == "rail":
        value["section"] = places.find("pages", block["section"] and f"section:{block['section']}")
        value["tag"] = places.find("tags", block["tag"])
    return value


def with_sections(blocks: list[Block], code: str, sections: Mapping[tuple[str, str], str]) -> list[Block]:
    """Return the edition's layout with each section by edition and address."""
    found = []
    for block in blocks:
        key = block.get("section")
        local = bool(key) and "/" not in str(key)
        found.append({**block, "section": f"{code}/{sections.get((code, str(key)), key)}"} if local else block)
    return found


def layout_from_stream(raw: list[Any], names: Names) -> list[Block]:
    """Return a stored layout as the bundle writes it; `section` is `<edition>/<slug>`."""
    found = (_written_layout(str(block["type"]), block["value"], names) for block in raw)
    return [block for block in found if block is not None]


def _written_layout(kind: str, value: Any, names: Names) -> Block | None:
    if not isinstance(value, dict):
        return None
    stories = [names.article(number) for number in members(value.get("articles"))]
    articles = [number for number in stories if number]
    if kind == "lead":
        lead = names.article(value.get("article"))
        others = [names.article(number) for number in members(value.get("supporting"))]
        style = value.get("style") or "picture-left"
        row = {"type": kind, "article": lead, "style": style, "supporting": [other for other in others if other]}
        return row if lead else None
    if kind == "grid":
        columns = int(value.get("columns") or 3)
        return {"type": kind, "title": _text(value, "title"), "columns": columns, "articles": articles}
    if kind == "rail":
        section = names.page(value["section"]) if isinstance(value.get("section"), int) else None
        return {
            "type": kind,
            "title": _text(value, "title"),
            "source": value.get("source") or "section",
            "section": section.removeprefix("section:") if section else None,
            "tag": _named(names.tag, value.get("tag")),
            "kind": _text(value, "kind"),
            "articles": articles,
            "count": int(value.get("count") or 5),
            "style": value.get("style") or "list",
        }
    if kind in {"news", "multimedia"}:
        return {"type": kind, "title": _text(value, "title"), "count": int(value.get("count") or 4)}
    return None


def members(value: Any) -> list[Any]:
    """Return the members of a stored list, of the old and the new form."""
    rows = value if isinstance(value, list) else []
    return [row["value"] if isinstance(row, dict) and {"type", "value"} <= set(row) else row for row in rows]


def markup_of(blocks: list[Block]) -> Iterator[str]:
    """Yield every piece of rich text of a bundle's body."""
    for block in blocks:
        if "html" in block:
            yield block["html"]
        if block["type"] == "list":
            yield from block["items"]
        if block["type"] == "table":
            yield from (cell for row in block["rows"] for cell in row)


def cleaned(blocks: list[Block]) -> list[Block]:
    """Return a bundle's body with all its markup cleaned and written in one way."""
    return [_cleaned(block) for block in blocks]


def _cleaned(block: Block) -> Block:
    if "html" in block:
        return {**block, "html": clean(block["html"])}
    if block["type"] == "list":
        return {**block, "items": [clean(item) for item in block["items"]]}
    if block["type"] == "table":
        return {**block, "rows": [[clean(cell) if "<" in cell else cell for cell in row] for row in block["rows"]]}
    return block


def _cell(cell: Any, names: Names) -> str:
    written = str(cell or "")
    return names.text(written) if "<" in written else written


def _text(value: Mapping[str, Any], name: str) -> str:
    return str(value.get(name) or "")


def _named(find: Callable[[int], str | None], number: Any) -> str | None:
    return find(number) if isinstance(number, int) else None
