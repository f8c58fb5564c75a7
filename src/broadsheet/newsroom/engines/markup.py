"""Cleans markup that comes from outside to what rich text may hold."""

import re
from typing import Any

import nh3

INLINE = {"a", "b", "br", "code", "em", "i", "span", "strong", "sub", "sup"}
BLOCKS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "hr", "blockquote"}
ATTRIBUTES = {"a": {"href", "linktype", "id"}, "span": {"lang", "dir", "data-notice"}}
SCHEMES = {"http", "https", "mailto", "tel", "article"}
CLEANED_WITH_CONTENT = {"script", "style", "template", "iframe", "object", "svg", "math", "noscript"}
_PARAGRAPH = re.compile(r"<(?:p|ul|ol|h[2-4]|blockquote|hr)[\s>/]", re.IGNORECASE)


def clean_markup(html: str) -> str:
    """Return the markup with allowed elements and attributes only, in paragraphs."""
    cleaned = nh3.clean(
        html.replace("\x00", ""),
        tags=INLINE | BLOCKS,
        clean_content_tags=CLEANED_WITH_CONTENT,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
    ).strip()
    if cleaned and not _PARAGRAPH.match(cleaned):
        cleaned = f"<p>{cleaned}</p>"
    return cleaned


def clean_inline(html: str) -> str:
    """Return the markup with inline elements only."""
    return nh3.clean(
        html.replace("\x00", ""),
        tags=INLINE,
        clean_content_tags=CLEANED_WITH_CONTENT,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
    ).strip()


def clean_stream(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a body's stream data with the markup of its rich text cleaned; other text stays text."""
    return [{**block, "value": _clean_value(str(block["type"]), block["value"])} for block in blocks]


def _clean_value(kind: str, value: Any) -> Any:
    if kind == "paragraph":
        return clean_markup(str(value))
    if kind == "fact_box" and isinstance(value, dict):
        return {**value, "text": clean_markup(str(value.get("text", "")))}
    if kind == "list" and isinstance(value, dict):
        return {**value, "items": [_clean_item(item) for item in value.get("items", [])]}
    return value


def _clean_item(item: Any) -> Any:
    if isinstance(item, dict):
        return {**item, "value": clean_markup(str(item.get("value", "")))}
    return clean_markup(str(item))
