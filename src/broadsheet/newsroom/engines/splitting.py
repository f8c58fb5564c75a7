"""Takes what was pasted into one paragraph apart: its headings and lists become blocks of their own."""

import uuid
from collections.abc import Iterator
from typing import Any

from lxml import html as lxml_html

HEADINGS = {"h2": "2", "h3": "3"}
LISTS = {"ul": False, "ol": True}
Block = dict[str, Any]


def split_blocks(blocks: list[Block]) -> list[Block]:
    """Return the body's stream data with every heading and list of a paragraph as a block of its own.

    Parts keep the order; the first text keeps the paragraph's id and the others get ids made of it, so that the same
    text split again gives the same ids.
    """
    return [part for block in blocks for part in _split(block)]


def _split(block: Block) -> Iterator[Block]:
    text = str(block["value"]) if block["type"] == "paragraph" else ""
    if not any(f"<{name}" in text for name in (*HEADINGS, *LISTS)):
        yield block
        return
    parts = list(_parts(text))
    first_text = next((place for place, part in enumerate(parts) if part["type"] == "paragraph"), 0)
    for place, part in enumerate(parts):
        own = block.get("id")
        number = own if place == first_text or own is None else str(uuid.uuid5(uuid.NAMESPACE_OID, f"{own}/{place}"))
        yield {**part, "id": number} if number else part


def _parts(text: str) -> Iterator[Block]:
    run: list[str] = []
    for element in lxml_html.fragments_fromstring(text):
        tag = element if isinstance(element, str) else element.tag
        if tag not in HEADINGS and tag not in LISTS:
            run.append(element if isinstance(element, str) else lxml_html.tostring(element, encoding="unicode"))
            continue
        yield from _paragraph(run)
        run = [element.tail or ""]
        element.tail = None
        if tag in LISTS:
            items = [_inner(item) for item in element.iter("li")]
            yield {"type": "list", "value": {"ordered": LISTS[tag], "items": items}}
        elif element.text_content().strip():
            words = " ".join(element.text_content().split())
            yield {"type": "heading", "value": {"level": HEADINGS[tag], "text": words}}
    yield from _paragraph(run)


def _paragraph(run: list[str]) -> Iterator[Block]:
    """Give the text gathered as a paragraph, where it has any words."""
    text = "".join(run)
    if text.strip() and lxml_html.fromstring(f"<div>{text}</div>").text_content().strip():
        yield {"type": "paragraph", "value": text}


def _inner(item: Any) -> str:
    """Return a point's own markup, without the points below it, which follow as points of their own."""
    own = [child for child in item if child.tag not in LISTS]
    inside = (item.text or "") + "".join(lxml_html.tostring(child, encoding="unicode") for child in own)
    return f"<p>{inside.strip()}</p>"
