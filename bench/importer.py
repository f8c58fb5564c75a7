"""Measures the importer on the saved pages: how much of the text it finds, and its time against trafilatura's."""

import gzip
import json
import os
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import trafilatura

from broadsheet.importing.engines.read_page import read_page

SHARED = Path(os.environ.get("BROADSHEET_SHARED", Path(__file__).resolve().parents[2] / "shared"))
ROUNDS = 3


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The four-word runs of a text and how often each stands in it."""
    words = re.findall(r"\w+", text)
    runs = (tuple(words[start : start + 4]) for start in range(max(1, len(words) - 3)))
    return Counter(run for run in runs if run)


def precision_and_recall(true: str, found: str) -> tuple[float | None, float | None]:
    """The share of the found shingles that are true, and of the true ones that are found."""
    wanted, got = shingles(true), shingles(found)
    both = (wanted & got).total()
    return (both / got.total() if got else None, both / wanted.total() if wanted else None)


def f1(scores: list[tuple[float | None, float | None]]) -> float:
    """The harmonic mean of precision and recall, each averaged over the pages."""
    precision = statistics.mean(score[0] for score in scores if score[0] is not None)
    recall = statistics.mean(score[1] for score in scores if score[1] is not None)
    return 2 * precision * recall / (precision + recall)


def text_of(source: bytes) -> str:
    """The imported body as plain text."""
    parts: list[str] = []
    for block in read_page(source).body:
        parts += [block.text or "", *(block.items or ()), *(cell for row in block.rows or () for cell in row)]
    return "\n".join(part for part in parts if part)


def seconds(work: Callable[[bytes], object], pages: list[bytes]) -> float:
    """The processor time that the work takes on all pages."""
    start = time.process_time()
    for page in pages:
        work(page)
    return time.process_time() - start


def measure() -> dict[str, float | int]:
    """Both extractors on the same pages in one run, in turns."""
    folder = SHARED / "data" / "pages"
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    pages = [gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()) for name in truth]
    true = [entry["articleBody"] for entry in truth.values()]
    ours = [precision_and_recall(text, text_of(page)) for text, page in zip(true, pages, strict=True)]
    theirs = [
        precision_and_recall(text, trafilatura.extract(page) or "") for text, page in zip(true, pages, strict=True)
    ]
    turns = [(seconds(read_page, pages), seconds(trafilatura.extract, pages)) for _ in range(ROUNDS)]
    return {
        "pages": len(pages),
        "f1": round(f1(ours), 4),
        "f1_trafilatura": round(f1(theirs), 4),
        "seconds": round(statistics.median(turn[0] for turn in turns), 3),
        "seconds_trafilatura": round(statistics.median(turn[1] for turn in turns), 3),
        "ratio": round(statistics.median(turn[0] / turn[1] for turn in turns), 3),
    }


def main() -> int:
    figures = measure()
    print(json.dumps(figures))
    for name, value in figures.items():
        print(f"{name:>22}  {value}")
    return 0 if figures["f1"] >= 0.975 and figures["ratio"] <= 1.5 else 1


if __name__ == "__main__":
    sys.exit(main())
