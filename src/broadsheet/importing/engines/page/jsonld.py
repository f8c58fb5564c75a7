"""What a page says of itself in structured data."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_ARTICLES = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|Review|SocialMediaPosting|AnalysisNewsArticle)$")
_MOST_BYTES = 2_000_000
_MOST_OBJECTS = 2_000


def read_structured(root: HtmlElement) -> dict[str, Any]:
    """The article object of the page's structured data, or an empty one."""
    best: dict[str, Any] = {}
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        for thing in _things(script.text or ""):
            if _is_article(thing) and len(thing) > len(best):
                best = thing
    return best


def text_of(value: Any) -> str | None:
    """The plain text of a value: itself, its name, or the first of a list."""
    if isinstance(value, list):
        return next((text for item in value if (text := text_of(item))), None)
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or value.get("url"))
    if isinstance(value, str):
        return " ".join(value.split()) or None
    return None


def texts_of(value: Any) -> list[str]:
    """The plain texts of a list, or of a string with commas."""
    if isinstance(value, list):
        return [text for item in value for text in ([text_of(item)] if text_of(item) else []) if text]
    if isinstance(value, str):
        return [part.strip() for part in re.split(r"[,;،]", value) if part.strip()]
    text = text_of(value)
    return [text] if text else []


def _things(source: str) -> Iterator[dict[str, Any]]:
    """Every object in a block of structured data, without recursion."""
    if len(source) > _MOST_BYTES:
        return
    source = re.sub(r"^\s*(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>\s*$|^\s*<!--|-->\s*$", "", source)
    try:
        waiting: list[Any] = [json.loads(source, strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting.extend(thing)
        elif isinstance(thing, dict):
            yield thing
            waiting.extend(thing[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in thing)


def _is_article(thing: dict[str, Any]) -> bool:
    """True for an object that describes an article."""
    kinds = thing.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and _ARTICLES.search(name) for name in names)
