"""Rich text as the bundle writes it: links name articles, sections and pages, not rows of a database."""

import re
from collections.abc import Callable, Mapping
from html import escape, unescape

import nh3

TAGS = {
    "a", "b", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "i", "li", "ol", "p", "span", "strong", "sub",
    "sup", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "linktype", "id"}, "span": {"lang", "dir", "data-notice"}}
SCHEMES = {"http", "https", "mailto", "tel", "article", "section", "page", "edition"}
WITH_CONTENT = {"script", "style", "template", "iframe", "object", "svg", "math", "noscript"}
REFERENCE = re.compile(r'href="((?:article|section|page|edition):[^"]+)"')
_LINK = re.compile(r'<a [^>]*\blinktype="[^"]*"[^>]*>')
_PAGE_ID = re.compile(r'\bid="(\d+)"')
_NOTICE = re.compile(r'<span [^>]*data-notice="([^"]+)"')
_SPOKEN = re.compile(r'<p>\s*<span lang="([A-Za-z-]+)">(.*?)</span>\s*</p>', re.DOTALL)
_CLEANER = nh3.Cleaner(
    tags=TAGS, clean_content_tags=WITH_CONTENT, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None
)


def clean(markup: str) -> str:
    """Return the markup with the elements a bundle may hold, in one way of writing."""
    return _CLEANER.clean(markup.replace("\x00", "")).strip()


def with_page_ids(markup: str, pages: Mapping[str, int], missing: set[str]) -> str:
    """Return the markup with references such as `section:en/world` as links to the page, where there is one.

    References to nothing are noted; to an article they stay (it may come later), to anything else they go.
    """

    def link(match: re.Match[str]) -> str:
        reference = unescape(match[1])
        page = pages.get(reference)
        if page is not None:
            return f'linktype="page" id="{page}"'
        missing.add(reference)
        return match[0] if reference.startswith("article:") else ""

    return REFERENCE.sub(link, markup) if ":" in markup else markup


def with_references(markup: str, name_of: Callable[[int], str | None]) -> str:
    """Return stored markup with its links to pages as references; a link to a page that is gone loses its target."""

    def reference(match: re.Match[str]) -> str:
        number = _PAGE_ID.search(match[0])
        known = name_of(int(number[1])) if number and 'linktype="page"' in match[0] else None
        return f'<a href="{escape(known)}">' if known else "<a>"

    cleaned = clean(markup)
    return _LINK.sub(reference, cleaned) if "linktype" in cleaned else cleaned


def references(markup: str) -> set[str]:
    """Return what the markup links to inside the site."""
    return {unescape(found) for found in REFERENCE.findall(markup)}


def notice_keys(markup: str) -> set[str]:
    """Return the keys of the notices marked in the markup."""
    return {unescape(found) for found in _NOTICE.findall(markup)}


def by_language(markup: str, otherwise: str) -> dict[str, str]:
    """Return a text of several languages apart: paragraphs that are one span with a language, and the rest."""
    found: dict[str, list[str]] = {}
    for language, words in _SPOKEN.findall(markup):
        found.setdefault(language, []).append(f"<p>{words}</p>")
    rest = _SPOKEN.sub("", markup).strip()
    if rest:
        found.setdefault(otherwise, []).insert(0, rest)
    return {language: "".join(parts) for language, parts in found.items()}
