"""The text of a policy as markup: everything in it is escaped, and only what is written below becomes an element."""

import re
from html import escape
from itertools import groupby

from broadsheet.newsroom.rules.policy_text import Passage, passages

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[([^\]\[]+)\]\(((?:https?://|mailto:|/)[^\s()]+)\)")
_ADDRESS = re.compile(
    r'(?<!["\w])(?P<web>https?://[^\s<>"()]+[^\s<>"().,;:!?])|(?<![\w.+:/@-])(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)'
)


def policy_html(words: str) -> str:
    """Return the passages of a filled text as headings from `h2` down, lists and paragraphs."""
    return "".join(_group(style, list(found)) for style, found in groupby(passages(words), key=lambda one: one.style))


def inline(text: str) -> str:
    """Return the text escaped, with weight, links, and mail and web addresses that lead where they say."""
    parts: list[str] = []
    end = 0
    for found in _LINK.finditer(text):
        parts += [_plain(text[end : found.start()]), f'<a href="{escape(found[2])}">{escape(found[1])}</a>']
        end = found.end()
    return _BOLD.sub(r"<strong>\1</strong>", "".join([*parts, _plain(text[end:])]))


def _plain(text: str) -> str:
    return _ADDRESS.sub(_link, escape(text))


def _link(found: re.Match[str]) -> str:
    scheme = "mailto:" if found["mail"] else ""
    return f'<a href="{scheme}{found[0]}">{found[0]}</a>'


def _group(style: str, found: list[Passage]) -> str:
    if style == "item":
        return f"<ul>{''.join(f'<li>{inline(one.text)}</li>' for one in found)}</ul>"
    name = "p" if style == "paragraph" else style
    return "".join(f"<{name}>{inline(one.text)}</{name}>" for one in found)
