"""Saved pages as the text that copying the whole of them gives: one line for each block."""

import textwrap

from lxml import html

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "button",
        "select",
    ]
)
UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "iframe",
        "object",
        "video",
        "audio",
        "canvas",
        "math",
        "textarea",
    ]
)


def as_dump(source: bytes) -> str:
    """The page's title and every word of its body, a line for each block."""
    document = html.fromstring(source, parser=html.HTMLParser(encoding="utf-8"))
    title = document.findtext(".//title") or ""
    body = document.find(".//body")
    parts: list[str] = []
    if body is not None:
        _write(body, parts)
    lines = [" ".join(line.split()) for line in "".join(parts).split("\n")]
    return "\n".join([" ".join(title.split()), *(line for line in lines if line)])


def _write(element: html.HtmlElement, parts: list[str]) -> None:
    """The words of an element and of those in it, appended."""
    stack: list[tuple[html.HtmlElement, bool]] = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        is_block = isinstance(node.tag, str) and node.tag in BLOCKS
        if leaving:
            parts.append("\n" if is_block else "")
            parts.append((node.tail or "").replace("\n", " "))
            continue
        if not isinstance(node.tag, str) or node.tag in UNSEEN:
            parts.append((node.tail or "").replace("\n", " "))
            continue
        parts.append("\n" if is_block else "")
        parts.append((node.text or "").replace("\n", " "))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))


def wrapped(dump: str, *, width: int = 78, indent: str = "   ") -> str:
    """The dump as a text browser lays it out: a margin, broken lines, an empty line after each block."""
    lines: list[str] = []
    for line in dump.split("\n"):
        lines += textwrap.wrap(line, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
        lines.append("")
    return "\n".join(lines)
