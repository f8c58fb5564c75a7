"""Sitemaps as search engines read them: an index, parts with translations and pictures, and one of news."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

from broadsheet.delivery.rules.feeds import said

MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
XHTML = "http://www.w3.org/1999/xhtml"
for _prefix, _space in (("", MAP), ("news", NEWS), ("image", IMAGE), ("xhtml", XHTML)):
    Xml.register_namespace(_prefix, _space)


@dataclass(frozen=True, slots=True)
class News:
    """What a news sitemap says of an article."""

    name: str
    language: str
    published: datetime
    title: str


@dataclass(frozen=True, slots=True)
class Url:
    """One page of a sitemap; `others` are (language, address) of all its translations, itself among them."""

    address: str
    changed: datetime | None = None
    others: tuple[tuple[str, str], ...] = ()
    picture: str = ""
    news: News | None = None


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _written(root: Xml.Element) -> bytes:
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(root, encoding="unicode").encode("utf-8")


def _text(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, name).text = said(text)


def sitemap(urls: Iterable[Url]) -> bytes:
    """Return a sitemap of these pages."""
    root = Xml.Element(f"{{{MAP}}}urlset")
    for url in urls:
        element = Xml.SubElement(root, f"{{{MAP}}}url")
        _text(element, f"{{{MAP}}}loc", url.address)
        if url.changed:
            _text(element, f"{{{MAP}}}lastmod", _iso(url.changed))
        if url.news:
            _news(element, url.news)
        if url.picture:
            _text(Xml.SubElement(element, f"{{{IMAGE}}}image"), f"{{{IMAGE}}}loc", url.picture)
        for language, address in url.others:
            link = {"rel": "alternate", "hreflang": language, "href": address}
            Xml.SubElement(element, f"{{{XHTML}}}link", link)
    return _written(root)


def _news(element: Xml.Element, news: News) -> None:
    found = Xml.SubElement(element, f"{{{NEWS}}}news")
    publication = Xml.SubElement(found, f"{{{NEWS}}}publication")
    _text(publication, f"{{{NEWS}}}name", news.name)
    _text(publication, f"{{{NEWS}}}language", news_language(news.language))
    _text(found, f"{{{NEWS}}}publication_date", _iso(news.published))
    _text(found, f"{{{NEWS}}}title", news.title)


def news_language(code: str) -> str:
    """Return the language as news sitemaps write it: two or three letters, but `zh-cn` and `zh-tw`."""
    code = code.lower()
    if code.startswith("zh"):
        return "zh-tw" if code.endswith(("tw", "hk", "hant")) else "zh-cn"
    return code.partition("-")[0]


def sitemap_index(addresses: Iterable[str]) -> bytes:
    """Return an index of sitemaps."""
    root = Xml.Element(f"{{{MAP}}}sitemapindex")
    for address in addresses:
        _text(Xml.SubElement(root, f"{{{MAP}}}sitemap"), f"{{{MAP}}}loc", address)
    return _written(root)
