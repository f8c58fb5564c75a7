"""Stored rich text as public markup: links resolved, footnote marks set, everything else cleaned."""

import re
from collections.abc import Iterable, Mapping
from html import escape, unescape

import nh3

TAGS = {
    "p",
    "b",
    "i",
    "em",
    "strong",
    "a",
    "br",
    "sup",
    "sub",
    "code",
    "span",
    "ul",
    "ol",
    "li",
    "h2",
    "h3",
    "h4",
    "hr",
}
ATTRIBUTES = {
    "a": {"href", "linktype", "id", "hreflang", "lang"},
    "span": {"lang", "dir", "data-notice"},
    "p": {"dir", "lang"},
    "li": {"value"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
_LINK_ID = re.compile(r'<a [^>]*linktype="page"[^>]*>')
_ID = re.compile(r'\bid="(\d+)"')
_NOTICE = re.compile(r'<span data-notice="([^"]+)">(.*?)</span>', re.DOTALL)
_CLEANER = nh3.Cleaner(tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None, strip_comments=True)


def page_links(markup: str) -> set[int]:
    """Return the database ids of the pages that stored rich text links to."""
    found = set()
    for tag in _LINK_ID.findall(markup):
        number = _ID.search(tag)
        if number:
            found.add(int(number[1]))
    return found


def notice_keys(markup: str) -> list[str]:
    """Return the keys of the notices marked in stored rich text, in the order of the text."""
    return [unescape(key) for key, _text in _NOTICE.findall(markup)]


class Writer:
    """Writes rich text for one page: knows the paths of linked pages, and counts the footnotes."""

    def __init__(self, paths: Mapping[int, str], notices: Iterable[str] = ()) -> None:
        self.paths = paths
        self.order = {key: number for number, key in enumerate(dict.fromkeys(notices), 1)}
        self.seen: dict[str, int] = {}

    def write(self, markup: str) -> str:
        """Return safe markup."""
        clean = _CLEANER.clean(markup)
        if "linktype" in clean:
            clean = re.sub(r"<a [^>]*linktype=[^>]*>", self._link, clean)
        if "data-notice" in clean:
            clean = _NOTICE.sub(self._notice, clean)
        return clean

    def _link(self, match: "re.Match[str]") -> str:
        number = _ID.search(match[0])
        path = self.paths.get(int(number[1])) if number and 'linktype="page"' in match[0] else None
        return f'<a href="{escape(path)}">' if path else "<a>"

    def _notice(self, match: "re.Match[str]") -> str:
        key, text = unescape(match[1]), match[2]
        number = self.order.get(key)
        if number is None:
            return text
        times = self.seen[key] = self.seen.get(key, 0) + 1
        anchor = f' id="mark-{number}"' if times == 1 else ""
        stars = "*" * number
        return f'{text}<a class="mark"{anchor} href="#notice-{number}" aria-describedby="notices">{stars}</a>'
