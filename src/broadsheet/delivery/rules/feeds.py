"""The same list of articles as RSS 2.0, Atom and JSON Feed 1.1."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as Xml

ATOM, DC, MEDIA = "http://www.w3.org/2005/Atom", "http://purl.org/dc/elements/1.1/", "http://search.yahoo.com/mrss/"
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
for _prefix, _space in (("atom", ATOM), ("dc", DC), ("media", MEDIA)):
    Xml.register_namespace(_prefix, _space)


@dataclass(frozen=True, slots=True)
class FeedPicture:
    """A picture of an item."""

    url: str
    width: int
    height: int
    alt: str
    credit: str
    type: str = "image/jpeg"


@dataclass(frozen=True, slots=True)
class FeedEnclosure:
    """A recording of an item."""

    url: str
    type: str
    bytes: int
    seconds: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One article. `id` never changes; `updated` moves with every correction."""

    id: str
    url: str
    title: str
    summary: str
    published: datetime
    updated: datetime
    authors: tuple[tuple[str, str], ...] = ()
    categories: tuple[str, ...] = ()
    picture: FeedPicture | None = None
    enclosure: FeedEnclosure | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A list of articles with where it is found."""

    title: str
    description: str
    home: str
    folder: str
    language: str
    updated: datetime
    items: tuple[FeedItem, ...]
    hubs: tuple[str, ...] = field(default=())


def said(text: str) -> str:
    """Return the text without characters that XML can't carry."""
    return _UNSAYABLE.sub("", text)


def _add(parent: Xml.Element, name: str, text: str | None = None, **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, name, {key: said(value) for key, value in attributes.items()})
    if text is not None:
        element.text = said(text)
    return element


def _written(root: Xml.Element) -> bytes:
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(root, encoding="unicode").encode("utf-8")


def _mail_date(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC), usegmt=True)


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def rss(feed: Feed) -> bytes:
    """Return the feed as RSS 2.0."""
    root = Xml.Element("rss", {"version": "2.0"})
    channel = _add(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.home)
    _add(channel, "description", feed.description or feed.title)
    _add(channel, "language", feed.language)
    _add(channel, "lastBuildDate", _mail_date(feed.updated))
    _add(channel, f"{{{ATOM}}}link", rel="self", href=f"{feed.folder}rss.xml", type="application/rss+xml")
    for hub in feed.hubs:
        _add(channel, f"{{{ATOM}}}link", rel="hub", href=hub)
    for item in feed.items:
        _rss_item(_add(channel, "item"), item)
    return _written(root)


def _rss_item(element: Xml.Element, item: FeedItem) -> None:
    _add(element, "title", item.title)
    _add(element, "link", item.url)
    _add(element, "guid", item.id, isPermaLink="false")
    _add(element, "pubDate", _mail_date(item.published))
    _add(element, f"{{{ATOM}}}updated", _iso(item.updated))
    _add(element, "description", item.summary)
    for name, _url in item.authors:
        _add(element, f"{{{DC}}}creator", name)
    for category in item.categories:
        _add(element, "category", category)
    if item.enclosure:
        _add(element, "enclosure", url=item.enclosure.url, length=str(item.enclosure.bytes), type=item.enclosure.type)
    if item.picture:
        _media(element, item.picture)


def _media(element: Xml.Element, picture: FeedPicture) -> None:
    size = {"width": str(picture.width), "height": str(picture.height)}
    content = _add(element, f"{{{MEDIA}}}content", url=picture.url, medium="image", type=picture.type, **size)
    if picture.alt:
        _add(content, f"{{{MEDIA}}}description", picture.alt, type="plain")
    if picture.credit:
        _add(content, f"{{{MEDIA}}}credit", picture.credit)


def atom(feed: Feed) -> bytes:
    """Return the feed as Atom 1.0."""
    root = Xml.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": feed.language})
    _add(root, f"{{{ATOM}}}title", feed.title)
    if feed.description:
        _add(root, f"{{{ATOM}}}subtitle", feed.description)
    _add(root, f"{{{ATOM}}}id", f"{feed.folder}atom.xml")
    _add(root, f"{{{ATOM}}}updated", _iso(feed.updated))
    _add(root, f"{{{ATOM}}}link", rel="self", href=f"{feed.folder}atom.xml", type="application/atom+xml")
    _add(root, f"{{{ATOM}}}link", rel="alternate", href=feed.home, type="text/html")
    for hub in feed.hubs:
        _add(root, f"{{{ATOM}}}link", rel="hub", href=hub)
    _add(_add(root, f"{{{ATOM}}}author"), f"{{{ATOM}}}name", feed.title)
    for item in feed.items:
        _atom_entry(_add(root, f"{{{ATOM}}}entry"), item)
    return _written(root)


def _atom_entry(element: Xml.Element, item: FeedItem) -> None:
    _add(element, f"{{{ATOM}}}title", item.title)
    _add(element, f"{{{ATOM}}}id", item.id)
    _add(element, f"{{{ATOM}}}link", rel="alternate", href=item.url, type="text/html")
    _add(element, f"{{{ATOM}}}published", _iso(item.published))
    _add(element, f"{{{ATOM}}}updated", _iso(item.updated))
    for name, url in item.authors:
        author = _add(element, f"{{{ATOM}}}author")
        _add(author, f"{{{ATOM}}}name", name)
        if url:
            _add(author, f"{{{ATOM}}}uri", url)
    for category in item.categories:
        _add(element, f"{{{ATOM}}}category", term=category)
    _add(element, f"{{{ATOM}}}summary", item.summary, type="text")
    if item.enclosure:
        enclosure = item.enclosure
        size = {"length": str(enclosure.bytes), "type": enclosure.type}
        _add(element, f"{{{ATOM}}}link", rel="enclosure", href=enclosure.url, **size)
    if item.picture:
        _media(element, item.picture)


def json_feed(feed: Feed) -> bytes:
    """Return the feed as JSON Feed 1.1."""
    found: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": said(feed.title),
        "home_page_url": feed.home,
        "feed_url": f"{feed.folder}feed.json",
        "description": said(feed.description or feed.title),
        "language": feed.language,
        "items": [_json_item(item, feed.language) for item in feed.items],
    }
    if feed.hubs:
        found["hubs"] = [{"type": "WebSub", "url": hub} for hub in feed.hubs]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _json_item(item: FeedItem, language: str) -> dict[str, object]:
    found: dict[str, object] = {
        "id": item.id,
        "url": item.url,
        "title": said(item.title),
        "content_text": said(item.summary or item.title),
        "summary": said(item.summary or item.title),
        "date_published": _iso(item.published),
        "date_modified": _iso(item.updated),
        "language": language,
    }
    if item.authors:
        found["authors"] = [{"name": said(name)} | ({"url": url} if url else {}) for name, url in item.authors]
    if item.categories:
        found["tags"] = [said(category) for category in item.categories]
    if item.picture:
        found["image"] = item.picture.url
        found["_media_credit"] = {"credit": said(item.picture.credit), "alt": said(item.picture.alt)}
    if item.enclosure:
        enclosure = item.enclosure
        attachment: dict[str, object] = {"url": enclosure.url, "mime_type": enclosure.type}
        attachment["size_in_bytes"] = enclosure.bytes
        if enclosure.seconds:
            attachment["duration_in_seconds"] = enclosure.seconds
        found["attachments"] = [attachment]
    return found


WRITERS = {"rss.xml": rss, "atom.xml": atom, "feed.json": json_feed}
