"""How near an extracted body comes to the one a person wrote down: shared runs of four words."""

import re
from typing import Any


def texts_of(body: list[dict[str, Any]]) -> list[str]:
    """Every text of the article's own blocks, in order; links and embeds are not the article's words."""
    answer: list[str] = []
    for block in body:
        if block["type"] in {"related", "embed"}:
            continue
        cells = [cell for row in block.get("rows") or [] for cell in row]
        answer += [text for text in (block.get("text"), *(block.get("items") or []), *cells) if text]
    return answer


def shingles(text: str) -> set[tuple[str, ...]]:
    """The runs of four words of a text."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + 4]) for start in range(max(1, len(words) - 3))} if words else set()


def shingle_f1(expected: str, got: str) -> float:
    """The harmonic mean of precision and recall over runs of four words."""
    wanted, have = shingles(expected), shingles(got)
    if not wanted and not have:
        return 1.0
    return 2 * len(wanted & have) / (len(wanted) + len(have))
