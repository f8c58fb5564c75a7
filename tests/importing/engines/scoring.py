"""How well a text is found: the benchmark's measure, shingles of four words."""

import re
import statistics
from collections import Counter
from collections.abc import Sequence

from broadsheet.importing.engines.read_page import read_page

Score = tuple[float | None, float | None]


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words, and how often each stands in the text."""
    words = re.findall(r"\w+", text)
    return Counter(run for start in range(max(1, len(words) - 3)) if (run := tuple(words[start : start + 4])))


def precision_and_recall(true: str, found: str) -> Score:
    """Return the share of the found runs that are true, and of the true ones that are found."""
    wanted, got = shingles(true), shingles(found)
    both = (wanted & got).total()
    return (both / got.total() if got else None, both / wanted.total() if wanted else None)


def f1(scores: Sequence[Score]) -> float:
    """Return the harmonic mean of precision and recall, each averaged over the pages."""
    precision = statistics.mean(score[0] for score in scores if score[0] is not None)
    recall = statistics.mean(score[1] for score in scores if score[1] is not None)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def body_text(source: bytes) -> str:
    """Return what is read of the page as running text."""
    parts: list[str] = []
    for block in read_page(source).body:
        parts += [block.text or "", *(block.items or ()), *(cell for row in block.rows or () for cell in row)]
    return "\n".join(part for part in parts if part)
