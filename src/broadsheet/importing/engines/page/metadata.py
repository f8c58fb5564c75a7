"""What a page says about its article outside the text: names, dates, addresses, labels."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from broadsheet.importing.engines.page.jsonld import read_structured, text_of, texts_of
from broadsheet.importing.rules.address import ArticleAddress, find_address
from broadsheet.importing.rules.dates import find_date
from broadsheet.importing.rules.wording import plain_words

_SITE_TAIL = re.compile(r"\s+[|–—·»-]\s+(?:[^|–—·»]{2,40})$|\s*\|\s*[^|]{2,40}$")
_BY = re.compile(
    r"^\s*(?:(?:written|reported|story|text|posted)\s+)?(?:by|par|von|por|di|door|автор:?|текст:?|بقلم:?|كتب:?)\s+",
    re.IGNORECASE,
)
_LICENCE = re.compile(r"creativecommons\.org/(?:licenses/([a-z-]+)/(\d\.\d)|publicdomain/(zero|mark)/(\d\.\d))")
_LICENCE_NAME = re.compile(
    r"creative\s+commons\s+(?:attribution|by)(?P<more>(?:[\s-]*(?:share\s*alike|non-?commercial|no\s*deriv\w*))*)"
    r"(?:\s+(?P<version>\d\.\d))?",
    re.IGNORECASE,
)
_CONDITIONS = (("NC", r"non-?commercial"), ("ND", r"no\s*deriv"), ("SA", r"share\s*alike"))
_LICENCE_WORDS = re.compile(r"\bCC[ -](?:BY(?:[ -](?:SA|NC|ND))*|0)(?:[ -]\d\.\d)?(?!\w)")


@dataclass(slots=True)
class Metadata:
    """What the head and the structured data of a page say."""

    titles: list[str] = field(default_factory=list)
    short_title: str | None = None
    description: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    published_on: str | None = None
    language: str | None = None
    canonical_url: str | None = None
    address: ArticleAddress | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    licence: str | None = None
    image: str | None = None


def read_metadata(root: HtmlElement, *, url: str | None) -> Metadata:
    """What the page says of itself; `root` must still have its head and scripts."""
    data = read_structured(root)
    metas = _metas(root)
    canonical = _canonical(root, metas, data, url=url)
    address = next((found for text in (canonical, url) if text and (found := find_address(text))), None)
    title = root.find(".//title")
    titles = [
        text_of(data.get("headline")),
        _first(metas, "og:title", "twitter:title", "dc.title", "title"),
        " ".join(title.text_content().split()) if title is not None else None,
    ]
    return Metadata(
        titles=[text for text in titles if text],
        short_title=text_of(data.get("alternativeHeadline")),
        description=_first(metas, "og:description", "description", "twitter:description")
        or text_of(data.get("description")),
        section=_section(root, metas, data),
        tags=_tags(root, metas, data),
        published_on=(address.published_on if address else None) or _published(root, metas, data),
        language=_language(root, metas, data),
        canonical_url=canonical,
        address=address,
        authors=_authors(root, metas, data),
        source=text_of(data.get("publisher")) or _first(metas, "og:site_name", "application-name"),
        licence=_licence(root, data),
        image=_first(metas, "og:image", "og:image:url", "twitter:image"),
    )


def choose_headline(metadata: Metadata, headings: Iterable[str]) -> str | None:
    """The heading that the page's own titles confirm, or the best of the titles."""
    site = plain_words(metadata.source or "")
    headings = [heading for heading in headings if heading and plain_words(heading) != site]
    plain_titles = [plain_words(title) for title in metadata.titles]
    for heading in headings:
        plain = plain_words(heading)
        if len(plain) > 8 and any(plain in title or title in plain for title in plain_titles if len(title) > 8):
            return heading
    if len(headings) == 1 and len(headings[0].split()) > 2:
        return headings[0]
    if not metadata.titles:
        return headings[0] if headings else None
    return strip_site_name(metadata.titles[0], metadata.source)


def strip_site_name(title: str, source: str | None) -> str:
    """A title without the site's name behind it."""
    if source and title.casefold().endswith(source.casefold()) and len(title) > len(source) + 3:
        return title[: -len(source)].rstrip(" |–—·»:-")
    shorter = _SITE_TAIL.sub("", title)
    return shorter if len(shorter.split()) >= 3 else title


def clean_author(text: str) -> str | None:
    """A person's or an agency's name out of a byline."""
    name = _BY.sub("", " ".join(text.split())).strip(" ,|·-–—")
    name = re.sub(r"\s+on\s+\w+day\b.*$|\s+[|•·]\s.*$", "", name, flags=re.IGNORECASE)
    if name.casefold() in {"admin", "administrator", "webmaster", "editor", "staff"}:
        return None
    if not name or len(name) > 80 or urlsplit(name).scheme or "@" in name or any(letter.isdigit() for letter in name):
        return None
    return name


def _metas(root: HtmlElement) -> dict[str, list[str]]:
    """The meta lines of the page by their lower-case names."""
    answer: dict[str, list[str]] = defaultdict(list)
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = " ".join(unescape(meta.get("content") or "").split())
        if name and content:
            answer[name.strip().lower()].append(content)
    return answer


def _first(metas: dict[str, list[str]], *names: str) -> str | None:
    """The first content under one of the names."""
    return next((metas[name][0] for name in names if metas.get(name)), None)


def _canonical(root: HtmlElement, metas: dict[str, list[str]], data: dict[str, Any], *, url: str | None) -> str | None:
    """The address the page gives as its own, absolute and of the web; else the one it was asked under."""
    candidates: list[str | None] = [
        link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    candidates += [_first(metas, "og:url"), text_of(data.get("url")), text_of(data.get("@id")), url]
    for candidate in candidates:
        if not candidate:
            continue
        try:
            whole = urljoin(url or "", candidate.strip())
            parts = urlsplit(whole)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.netloc:
            return whole
    return None


def _section(root: HtmlElement, metas: dict[str, list[str]], data: dict[str, Any]) -> str | None:
    """The section that the page names; a host name is none."""
    for name in (
        text_of(data.get("articleSection")),
        _first(metas, "article:section", "section"),
        _crumb(root),
        _category(root),
    ):
        if name and len(name) < 80 and not re.fullmatch(r"(?:https?:)?\S+\.[a-z]{2,4}(?:/\S*)?", name):
            return name
    return None


def _category(root: HtmlElement) -> str | None:
    """The first category that the page names beside its tags, as blogs do."""
    for link in root.iter("a"):
        if "category" in (link.get("rel") or "").lower().split():
            name = " ".join(link.text_content().split())
            return name if 0 < len(name) < 80 else None
    return None


def _crumb(root: HtmlElement) -> str | None:
    """The last part of a path of links that a page shows as its place, without the page itself."""
    for nav in root.iter("nav", "ol", "ul"):
        names = f"{nav.get('class', '')} {nav.get('id', '')} {nav.get('aria-label', '')}".lower()
        if "breadcrumb" in names:
            links = [" ".join(link.text_content().split()) for link in nav.iter("a")]
            links = [link for link in links if link]
            return links[-1] if len(links) > 1 and len(links[-1]) < 40 else None
    return None


def _tags(root: HtmlElement, metas: dict[str, list[str]], data: dict[str, Any]) -> tuple[str, ...]:
    """The labels of the article in the page's own order."""
    shown = [
        " ".join(link.text_content().split()).lstrip("#")
        for link in root.iter("a")
        if "tag" in (rel := (link.get("rel") or "").lower().split()) and "category" not in rel
    ]
    for found in (
        shown,
        metas.get("article:tag", []),
        texts_of(data.get("keywords")),
        [part for line in metas.get("news_keywords", []) for part in texts_of(line)],
        [part for line in metas.get("keywords", []) for part in texts_of(line)],
    ):
        tags = [part for line in found for part in (texts_of(line) if len(found) == 1 else [line.strip()])]
        tags = [tag for tag in dict.fromkeys(tags) if tag and len(tag) < 80]
        if tags:
            return tuple(tags[:40])
    return ()


def _published(root: HtmlElement, metas: dict[str, list[str]], data: dict[str, Any]) -> str | None:
    """The day of publication that the page's data name."""
    candidates = [
        text_of(data.get("datePublished")),
        _first(metas, "article:published_time", "datepublished", "og:published_time", "parsely-pub-date",
               "dc.date.issued",
               "dc.date", "dcterms.created", "date", "pubdate", "publish-date", "publishdate", "sailthru.date"),
        text_of(data.get("dateCreated")),
    ]  # fmt: skip
    for element in root.iter("time", "span", "div", "p", "abbr"):
        if element.tag == "time" or element.get("itemprop") == "datePublished":
            modified = "modified" in (element.get("itemprop") or "") or "updat" in (element.get("class") or "").lower()
            if element.get("itemprop") == "datePublished" or (element.get("datetime") and not modified):
                candidates.append(element.get("datetime") or element.get("content") or element.text_content())
            if len(candidates) > 8:
                break
    return next((day for text in candidates if text and (day := find_date(text))), None)


def _language(root: HtmlElement, metas: dict[str, list[str]], data: dict[str, Any]) -> str | None:
    """The language that the page declares, as its primary subtag."""
    declared = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    for text in (
        declared,
        text_of(data.get("inLanguage")),
        _first(metas, "content-language", "og:locale", "language"),
    ):
        match = re.match(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$|,)", text or "")
        if match:
            return match.group(1).lower()
    return None


def _authors(root: HtmlElement, metas: dict[str, list[str]], data: dict[str, Any]) -> tuple[str, ...]:
    """The names under which the article was written."""
    said = data.get("author")
    shown = [
        element.text_content()
        for element in root.iter("a", "span", "div", "p", "address")
        if "author" in (element.get("rel") or "").split() or (element.get("itemprop") or "") == "author"
    ]
    for found in (texts_of(said if isinstance(said, list | dict) else [said]), metas.get("author", []), metas.get("byl", []), shown[:6],
                  metas.get("article:author", []), metas.get("dc.creator", [])):  # fmt: skip
        names = [name for text in found if (name := clean_author(text))]
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def licence_in(text: str) -> str | None:
    """The Creative Commons licence that a text names, in its short form."""
    short = _LICENCE_WORDS.search(text)
    if short:
        return short.group().replace("CC-", "CC ")
    long = _LICENCE_NAME.search(text)
    if long is None:
        return None
    kind = "".join(f"-{sign}" for sign, word in _CONDITIONS if re.search(word, long.group("more") or "", re.IGNORECASE))
    return " ".join(part for part in (f"CC BY{kind}", long.group("version")) if part)


def _licence(root: HtmlElement, data: dict[str, Any]) -> str | None:
    """The licence that the page names for its text."""
    addresses = [text_of(data.get("license"))]
    for link in root.iter("link", "a"):
        rel = (link.get("rel") or "").lower().split()
        href = link.get("href") or ""
        if "license" in rel or ("creativecommons.org/" in href):
            addresses.append(href)
            words = _LICENCE_WORDS.search(link.text_content() if link.tag == "a" else "")
            if words:
                return words.group()
    for address in addresses:
        match = _LICENCE.search(address or "")
        if match:
            kind, version, public, number = match.groups()
            return f"CC {kind.upper()} {version}" if kind else f"CC0 {number}" if public == "zero" else "Public domain"
    return next((address for address in addresses if address), None)
