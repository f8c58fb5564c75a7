"""Another reader's text for a page on which little was found."""

import re

from broadsheet.importing.rules.page_result import Block

LITTLE = 250
_MOST = 2_000_000


def better_text(text: str, body: tuple[Block, ...]) -> tuple[Block, ...]:
    """The body, or the paragraphs another extractor finds where it finds far more."""
    ours = sum(len(block.text or "") + sum(map(len, block.items or ())) for block in body if not block.rows)
    if ours >= LITTLE or len(text) > _MOST or any(block.rows for block in body):
        return body
    # Few pages need it, and it takes longer to load than all the rest.
    import trafilatura

    try:
        found = trafilatura.extract(text, fast=True, include_comments=False) or ""
    except (RecursionError, ValueError):
        return body
    if len(found) < max(LITTLE, 2 * ours):
        return body
    lines = [" ".join(line.split()) for line in re.split(r"\n+", found)]
    return tuple(Block("paragraph", text=line) for line in lines if line)
