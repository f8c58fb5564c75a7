"""Puts the mark of a legal notice around words of a paragraph."""

import re
from html import escape, unescape

_TAG = re.compile(r"(<[^>]*>)")


def mark_in(html: str, key: str, words: str) -> str | None:
    """Return the rich text with the first unmarked `words` marked; None where they don't stand in one run of text.

    Words inside a link or another mark are passed over: the editor can't hold one inside the other.
    """
    depth = 0
    parts = _TAG.split(html)
    for place, part in enumerate(parts):
        if place % 2:
            name = part.strip("</> ").split(" ", 1)[0].split("/", 1)[0].lower()
            if name in {"a", "span"}:
                depth += -1 if part.startswith("</") else 1
            continue
        if depth:
            continue
        text = unescape(part)
        start = text.find(words)
        if start < 0 or not words:
            continue
        before, after = text[:start], text[start + len(words) :]
        marked = f'<span data-notice="{escape(key)}">{escape(words, quote=False)}</span>'
        parts[place] = f"{escape(before, quote=False)}{marked}{escape(after, quote=False)}"
        return "".join(parts)
    return None
