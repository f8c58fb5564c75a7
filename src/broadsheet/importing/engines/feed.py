"""Reads RSS, Atom and JSON feeds: their entries as articles on their way in.

A small reader of our own over lxml, without entities, document types or network: what it doesn't know, it leaves.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html.entities import html5 as HTML_ENTITIES  # noqa: N812 - a table that never changes
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from broadsheet.importing.engines.markup_blocks import Content, plain, read_markup
from broadsheet.importing.engines.page.source import decode
from broadsheet.importing.errors import NoFeedFoundError, SourceEmptyError, SourceTooLargeError, SourceUnreadableError
from broadsheet.importing.rules.credits import read_credit
from broadsheet.importing.rules.digests import digest
from broadsheet.importing.rules.entry import Entry, EntryPicture
from broadsheet.importing.rules.page_result import Credit
from broadsheet.importing.rules.report import Line

MOST_BYTES = 25 * 1024 * 1024
MOST_ENTRIES = 10_000
ATOM = "http://www.w3.org/2005/Atom"
NAMES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
_IS_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)(?:$|\?)", re.IGNORECASE)


def read_feed(content: bytes, *, url: str = "") -> list[Entry]:
    """Return the feed's entries, newest first as the feed has them; refused where it is no feed or is cut off."""
    if not content.strip():
        raise SourceEmptyError("Nothing was imported: the feed is empty. Check its address.")
    if len(content) > MOST_BYTES:
        raise SourceTooLargeError(
            f"Nothing was imported: the feed is larger than {MOST_BYTES // 1_000_000} MB, more than a feed can be. "
            "A whole archive comes by an export of the other system."
        )
    beginning = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if beginning == b"{" or (
        content[:2] in {b"\xff\xfe", b"\xfe\xff"} and decode(content[:64]).lstrip().startswith("{")
    ):
        return _told_apart(list(_json_entries(content, url)))
    root = _parsed(content)
    kind = etree.QName(root).localname.lower()
    if kind == "feed":
        return _told_apart(list(islice(_atom_entries(root, url), MOST_ENTRIES)))
    if kind in {"rss", "rdf"}:
        return _told_apart(list(islice(_rss_entries(root, url), MOST_ENTRIES)))
    raise NoFeedFoundError(
        f"Nothing was imported: this is no feed but a document of the kind “{kind[:40]}”. Give the address of the feed."
    )


def _told_apart(entries: list[Entry]) -> list[Entry]:
    """Return each entry once; where a feed gives several the same name, their addresses or words tell them apart."""
    shared = {key for key, number in Counter(entry.key for entry in entries).items() if number > 1}
    named = [
        replace(entry, key=f"{entry.key[:200]} {entry.source_url or digest(entry.as_row())}"[:400])
        if entry.key in shared
        else entry
        for entry in entries
    ]
    first: dict[str, Entry] = {}
    for entry in named:
        first.setdefault(entry.key, entry)
    return list(first.values())


def _parsed(content: bytes) -> etree._Element:
    """Return the document; a small fault in the middle is forgiven, a missing end is not."""
    head = content[:4096].replace(b"\x00", b"").lower()
    if b"<" not in head or (b"<html" in head and b"<rss" not in head and b"<feed" not in head):
        decode(content)  # says more exactly what is wrong, where it is no text at all
        raise NoFeedFoundError("Nothing was imported: this is no feed. Give the address of the feed, not of a page.")
    try:
        return etree.fromstring(content, _parser(recover=False))
    except (etree.XMLSyntaxError, ValueError):
        text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(content))
    text = re.sub(r"&(\w+;)", lambda found: _as_letters(found[1]), text)
    end = re.search(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>\s*(?:<!--.*?-->\s*)*$", text[-4000:], re.IGNORECASE | re.DOTALL)
    root = etree.fromstring(text.encode("utf-8"), _parser(recover=True)) if end else None
    if root is None:
        raise SourceUnreadableError(
            "Nothing was imported: the feed is cut off or damaged, so that its entries can't be told apart. Fetch it again."
        )
    return root


def _as_letters(name: str) -> str:
    """Return an entity of HTML as the numbers of its letters; the five that XML knows stay."""
    if name in {"amp;", "lt;", "gt;", "quot;", "apos;"} or name not in HTML_ENTITIES:
        return f"&{name}"
    return "".join(f"&#{ord(letter)};" for letter in HTML_ENTITIES[name])


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip


def _rss_entries(root: etree._Element, url: str) -> Iterator[Entry]:
    channel = next((one for one in root.iter() if _local(one) == "channel"), root)
    language = _find(channel, "language")
    source = plain(_find(channel, "title"))
    rights = plain(_find(channel, "copyright") or _find(channel, "dc:rights"))
    for item in (one for one in root.iter() if _local(one) == "item"):
        link = _whole(url, _find(item, "link"))
        encoded, described = _find(item, "content:encoded"), _find(item, "description")
        guid = _find(item, "guid") or item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or ""
        authors = _all(item, "dc:creator") or [_without_address(name) for name in _all(item, "author")]
        yield _entry(
            guid=guid,
            title=_find(item, "title"),
            link=link,
            content=encoded or described,
            summary=described if encoded else "",
            times=(_find(item, "pubDate") or _find(item, "dc:date"), ""),
            authors=authors,
            tags=_all(item, "category"),
            pictures=_enclosed(item, url),
            about=(language, source, rights),
        )


def _atom_entries(root: etree._Element, url: str) -> Iterator[Entry]:
    base = root.get(f"{{{NAMES['xml']}}}base") or url
    source, rights = plain(_find(root, "title")), plain(_find(root, "rights"))
    feed_authors = _people(root)
    for entry in (one for one in root if _local(one) == "entry"):
        links = [one for one in entry if _local(one) == "link"]
        link = next((one.get("href", "") for one in links if one.get("rel", "alternate") == "alternate"), "")
        content = next((one for one in entry if _local(one) == "content"), None)
        summary = next((one for one in entry if _local(one) == "summary"), None)
        enclosed = [
            EntryPicture(urljoin(base, one.get("href", "")))
            for one in links
            if one.get("rel") == "enclosure" and _is_picture(one.get("type", ""), one.get("href", ""))
        ]
        language = entry.get(f"{{{NAMES['xml']}}}lang") or root.get(f"{{{NAMES['xml']}}}lang") or ""
        yield _entry(
            guid=_find(entry, "id"),
            title=_markup(next((one for one in entry if _local(one) == "title"), None)),
            link=_whole(base, link),
            content=_markup(content if content is not None else summary),
            summary=_markup(summary) if content is not None else "",
            times=(
                _find(entry, "published") or _find(entry, "issued"),
                _find(entry, "updated") or _find(entry, "modified"),
            ),
            authors=_people(entry) or feed_authors,
            tags=[one.get("label") or one.get("term") or "" for one in entry if _local(one) == "category"],
            pictures=[*enclosed, *_enclosed(entry, base)],
            about=(language, source, plain(_find(entry, "rights")) or rights),
        )


def _json_entries(content: bytes, url: str) -> Iterator[Entry]:
    try:
        feed = json.loads(content)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise SourceUnreadableError(
            "Nothing was imported: the feed is no sound JSON; it is cut off or damaged."
        ) from error
    version, items = str(feed.get("version", "")), feed.get("items")
    if "jsonfeed" not in version or not isinstance(items, list):
        raise NoFeedFoundError("Nothing was imported: this JSON is no feed (jsonfeed.org).")
    for item in items[:MOST_ENTRIES]:
        if not isinstance(item, dict):
            continue
        link = _whole(url, _word(item, "url") or _word(item, "external_url"))
        people = item.get("authors") or feed.get("authors") or [item.get("author") or feed.get("author") or {}]
        names = [_word(one, "name") for one in people if isinstance(one, dict)]
        text = "".join(f"<p>{part}</p>" for part in _escaped(_word(item, "content_text")).split("\n\n") if part.strip())
        images = [_word(item, "image") or _word(item, "banner_image")]
        tags = item.get("tags") if isinstance(item.get("tags"), list) else []
        yield _entry(
            guid=_word(item, "id"),
            title=_escaped(_word(item, "title")),
            link=link,
            content=_word(item, "content_html") or text,
            summary=_escaped(_word(item, "summary")),
            times=(_word(item, "date_published"), _word(item, "date_modified")),
            authors=names,
            tags=[str(tag) for tag in tags or []],
            pictures=[EntryPicture(urljoin(url, image)) for image in images if image],
            about=(_word(item, "language") or _word(feed, "language"), _escaped(_word(feed, "title")), ""),
        )


def _entry(  # noqa: PLR0913 - what every format says of an entry
    *,
    guid: str,
    title: str,
    link: str,
    content: str,
    summary: str,
    times: tuple[str, str],
    authors: list[str],
    tags: list[str],
    pictures: list[EntryPicture],
    about: tuple[str, str, str],
) -> Entry:
    """Return one entry, its content cleaned and in blocks."""
    found: Content = read_markup(content, address=link)
    shown = {picture.address for picture in found.pictures}
    extra = [picture for picture in pictures if picture.address not in shown][:1] if not found.pictures else []
    words = plain(summary)
    headline = plain(title) or (found.blocks and plain(str(found.blocks[0].get("html", "")))[:90]) or link
    drops = list(found.drops.lines)
    if len(headline) > 255:
        drops.append(Line(headline[255:], "The headline is longer than 255 characters."))
    lead, body = len(found.pictures) if extra else None, list(found.blocks)
    if lead is None and body and body[0]["type"] == "image":
        lead = int(body.pop(0)["picture"])
    published, updated = _told(times, drops)
    guid = guid.strip() or link or hashlib.sha256(f"{headline}\n{content}".encode()).hexdigest()
    language, source, rights = about
    return Entry(
        key=guid[:400],
        headline=headline[:255],
        body=tuple(body),
        pictures=(*found.pictures, *extra),
        lead=lead,
        standfirst=words if 0 < len(words) <= 600 else "",
        language=language.strip() or None,
        section=next((plain(tag) for tag in tags if plain(tag)), None),
        tags=tuple(dict.fromkeys(plain(tag)[:80] for tag in tags if plain(tag))),
        authors=tuple(dict.fromkeys(plain(name)[:120] for name in authors if plain(name))),
        published_at=published,
        updated_at=updated if updated and published and updated > published else None,
        source_name=source[:120],
        source_url=link if len(link) <= 500 else "",
        source_licence=rights[:120],
        old_addresses=(link,) if link else (),
        dropped=tuple(drops),
    )


def _told(times: tuple[str, str], drops: list[Line]) -> tuple[datetime | None, datetime | None]:
    """Return when the entry was published and changed; what is no time is noted."""
    published, updated = map(_time, times)
    drops += [Line(f"the time “{said[:60]}”", "It is no time.") for said in times if said and _time(said) is None]
    return published or updated, updated


def _enclosed(item: etree._Element, url: str) -> list[EntryPicture]:
    """Return the pictures that stand beside the text: enclosures and media elements, with their words."""
    found: list[EntryPicture] = []
    widths: list[int] = []
    media = f"{{{NAMES['media']}}}"
    for one in item.iter("enclosure", f"{media}content", f"{media}thumbnail"):
        address = urljoin(url, one.get("url", ""))
        if one.tag != f"{media}thumbnail" and not _is_picture(one.get("type", one.get("medium", "")), address):
            continue
        said = one.find(f"{media}credit")
        said = said if said is not None else item.find(f"{media}credit")
        credit = None
        if said is not None and said.text:
            credit = read_credit(f"© {said.text}") or Credit(agency=plain(said.text))
        words = one.find(f"{media}description")
        words = words if words is not None else one.find(f"{media}title")
        caption = plain(words.text or "") if words is not None else ""
        found.append(EntryPicture(address, caption or None, None, credit=credit))
        widths.append(int(wide) if (wide := one.get("width", "")).isdecimal() else 0)
    order = sorted(range(len(found)), key=lambda place: (found[place].caption is None, -widths[place]))
    return [found[place] for place in order]


def _is_picture(kind: str, address: str) -> bool:
    return kind.startswith("image") or (not kind and bool(_IS_PICTURE.search(address)))


def _people(element: etree._Element) -> list[str]:
    return [_find(one, "name") for one in element if _local(one) == "author" and _find(one, "name")]


def _local(element: Any) -> str:
    """Return an element's name, its namespace forgotten where it is one of the feed's own."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    for prefix in ("content", "dc", "media"):
        if name.namespace == NAMES[prefix]:
            return f"{prefix}:{name.localname}"
    return name.localname


def _all(element: etree._Element, name: str) -> list[str]:
    return [text for one in element if _local(one) == name and (text := _own_text(one))]


def _find(element: etree._Element, name: str) -> str:
    return next(iter(_all(element, name)), "")


def _own_text(element: etree._Element) -> str:
    """Return the element's text; of entities, which nobody resolves, those that HTML names are their letter."""
    parts = [element.text or ""]
    for child in element:
        if child.tag is etree.Entity:
            parts.append(HTML_ENTITIES.get(f"{child.name};", ""))
        elif isinstance(child.tag, str):
            parts.append(_own_text(child))
        parts.append(child.tail or "")
    return "".join(parts).strip()


def _markup(element: etree._Element | None) -> str:
    """Return an Atom text as markup, whichever of its three types it has."""
    if element is None:
        return ""
    kind = element.get("type", "text")
    if kind in {"xhtml", "application/xhtml+xml"}:
        written = "".join(etree.tostring(child, encoding="unicode") for child in element)
        return re.sub(
            r'\sxmlns(:\w+)?="[^"]*"|<(/?)\w+:', lambda found: f"<{found[2]}" if found[2] is not None else "", written
        )
    text = _own_text(element)
    return text if kind in {"html", "text/html"} else _escaped(text)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _word(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if isinstance(value, str) else str(value) if number and name == "id" else ""


def _whole(base: str, address: str) -> str:
    """Return the address made whole; none stays none, and one that can't be read is none."""
    try:
        return urljoin(base, address.strip()) if address.strip() else ""
    except ValueError:
        return ""


def _time(text: str) -> datetime | None:
    """Return the time an entry names, in either way of writing; None where it is none."""
    text = text.strip()
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        try:
            at = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
    try:
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _without_address(name: str) -> str:
    """Return the name in `user@host (Name)`; the address itself is nobody's byline."""
    bracket = re.search(r"\(([^)]+)\)", name)
    return bracket[1] if bracket else "" if "@" in name else name
