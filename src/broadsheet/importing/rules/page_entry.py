"""A page that was read, as an entry to be kept."""

import re
from collections.abc import Iterable
from datetime import date
from html import escape

from broadsheet.importing.rules.entry import Block, Drops, Entry, EntryPicture
from broadsheet.importing.rules.page_result import Block as PageBlock
from broadsheet.importing.rules.page_result import Notice, PageResult
from broadsheet.importing.rules.report import Line
from broadsheet.importing.rules.slugs import slug

HEADLINE_MOST = 255
STANDFIRST_MOST = 600


def page_entry(result: PageResult, *, name: str) -> Entry:
    """Return the page as an entry; `name` names it where it says nothing of itself."""
    drops = Drops([Line(one.text[:200], one.reason) for one in result.dropped])
    marker = Marker(result.notices)
    pictures = tuple(
        EntryPicture(image.url, image.caption, image.alt, credit=image.credit) if image.url else None
        for image in result.images
    )
    places = {old: new for new, old in enumerate(n for n, picture in enumerate(pictures) if picture is not None)}
    body = [written for block in result.body for written in _blocks(block, places, marker, drops)]
    lead = None
    if body and body[0]["type"] == "image":
        lead = int(body.pop(0)["picture"])
    for number, image in enumerate(result.images):
        if number not in places:
            drops.add(image.caption or image.alt or "a picture", "The page doesn't say where its file is.")
    headline = (result.headline or "").strip()
    if len(headline) > HEADLINE_MOST:
        drops.add(headline[HEADLINE_MOST:], "The headline is longer than 255 characters.")
    standfirst = result.standfirst or ""
    return Entry(
        key=_key(result, name),
        headline=headline[:HEADLINE_MOST] or name,
        body=tuple(body),
        pictures=tuple(picture for picture in pictures if picture is not None),
        lead=lead,
        short_title=(result.short_title or "") if len(result.short_title or "") <= 80 else "",
        standfirst=standfirst if len(standfirst) <= STANDFIRST_MOST else standfirst[:STANDFIRST_MOST].rsplit(" ", 1)[0],
        language=result.language,
        section=result.section,
        tags=result.tags,
        authors=result.authors,
        notices=result.notices,
        public_id=_number(result.public_id),
        published_on=date.fromisoformat(result.published_on) if result.published_on else None,
        source_name=(result.source or "")[:120],
        source_url=_short(result.canonical_url),
        source_licence=(result.licence or "")[:120],
        old_addresses=(result.canonical_url,) if result.canonical_url else (),
        dropped=tuple(drops.lines),
    )


class Marker:
    """Writes a text as markup, with starred names of notices marked."""

    def __init__(self, notices: Iterable[Notice]) -> None:
        forms = {form: notice_key(notice.name) for notice in notices for form in (notice.name, *notice.aliases)}
        self.keys = {escape(form, quote=False).casefold(): key for form, key in forms.items()}
        names = "|".join(re.escape(name) for name in sorted(self.keys, key=len, reverse=True))
        self.pattern = re.compile(rf"(?<!\w)({names})([\"'”’»)]{{0,2}})\s?[*†‡]+", re.IGNORECASE) if names else None

    def text(self, text: str) -> str:
        """Return the text as inline markup."""
        written = escape(text, quote=False).replace("\n", "<br>")
        return self.pattern.sub(self._mark, written) if self.pattern is not None else written

    def _mark(self, match: re.Match[str]) -> str:
        key = self.keys.get(match[1].casefold())
        return f'<span data-notice="{key}">{match[1]}</span>{match[2]}' if key else match[0]


def notice_key(name: str) -> str:
    """Return the key under which a notice on this name is kept."""
    return slug(name, "notice")


def _blocks(block: PageBlock, places: dict[int, int], marker: Marker, drops: Drops) -> list[Block]:
    """Return the block as blocks of an article; those that can't be are noted."""
    text = block.text or ""
    if block.type == "paragraph" and text:
        return [{"type": "paragraph", "html": f"<p>{marker.text(text)}</p>"}]
    if block.type == "heading" and text:
        return [{"type": "heading", "level": 3 if (block.level or 2) > 2 else 2, "text": text}]
    if block.type in {"image", "gallery"}:
        return _pictures([places[number] for number in block.images or () if number in places])
    if block.type == "quote" and text:
        return [{"type": "quote", "text": text, "by": "", "role": "", "pull": False}]
    if block.type == "list" and block.items:
        return [{"type": "list", "ordered": False, "items": [marker.text(item) for item in block.items]}]
    if block.type == "table" and block.rows:
        rows = [[marker.text(cell) for cell in row] for row in block.rows]
        return [{"type": "table", "caption": "", "header": True, "rows": rows, "note": ""}]
    if block.type == "fact_box":
        parts = [f"<p>{marker.text(item)}</p>" for item in block.items or ()]
        if not parts:
            return [{"type": "paragraph", "html": f"<p>{marker.text(text)}</p>"}] if text else []
        return [{"type": "fact_box", "title": text, "html": "".join(parts)}]
    if block.type in {"embed", "audio", "video", "related"} and block.url:
        return [linked_block(block.type, block.url, block.title or text)]
    if text or block.title:
        drops.add(text or block.title or "", f"A piece of the kind “{block.type}” without an address.")
    return []


def linked_block(kind: str, url: str, words: str) -> Block:
    """Return the block of something that lies on another site; nothing is loaded from there until it is asked for."""
    title = " ".join(words.split())[:200] or url
    if kind == "related":
        return {"type": "related", "article": None, "url": url, "title": title}
    provider = re.sub(r"^(?:www|player|embed|m)\.", "", re.sub(r"^[a-z]+://([^/:?#]+).*$", r"\1", url))
    return {"type": "embed", "url": url, "provider": provider, "title": title}


def _pictures(numbers: list[int]) -> list[Block]:
    if len(numbers) > 1:
        return [{"type": "gallery", "title": "", "items": [{"picture": n, "caption": "", "alt": ""} for n in numbers]}]
    return [{"type": "image", "picture": n, "caption": "", "alt": "", "size": "column"} for n in numbers]


def _number(text: str | None) -> int | None:
    return int(text) if text and len(text) == 10 and text.isdigit() and text[0] != "0" else None


def _short(url: str | None) -> str:
    return url if url and len(url) <= 500 else ""


def _key(result: PageResult, name: str) -> str:
    """Return what the page is known by: its address, its number, else its headline and day."""
    if result.canonical_url:
        return result.canonical_url
    if result.public_id:
        return f"number:{result.public_id}"
    return f"{result.headline or name}|{result.published_on or ''}"
