"""ART-14 and design §6: how long a search takes, with snippets, for common, rare and quoted words."""

import sys
import time
from contextlib import ExitStack
from typing import Any

from bench.archive import FREQUENT, PHRASE, RARE, build
from bench.frame import Asked, Figure, answer, at_most, django, folder, quantile, report

QUERIES = {
    "the commonest word": FREQUENT[0],
    "a common word": "council",
    "a rare word": RARE,
    "a phrase": f'"{PHRASE}"',
    "two common words": "police minister",
    "a word and a rare one": f"people {RARE}",
}
SIZES = (10_000, 100_000)
ROUNDS, PER_ROUND = 12, 4


class Searches:
    """Searches this process's archive."""

    def __init__(self) -> None:
        django()

    def __call__(self, *, query: str, count: int) -> dict[str, Any]:
        """Search so many times; return milliseconds of each, and how many hits the first page has."""
        from broadsheet.newsroom.queries.editions import editions
        from broadsheet.search.queries import search

        edition = editions()[0].id
        times, hits = [], 0
        for number in range(count):
            begun = time.perf_counter()
            page = search(query, edition_id=edition, page=1 + number % 2 if hits >= 20 else 1)
            times.append((time.perf_counter() - begun) * 1000)
            hits = len(page.hits)
            if not all(hit.snippet_html for hit in page.hits):
                raise SystemExit("A hit came without a snippet.")
        return {"milliseconds": times, "hits": hits}


def measure() -> list[Figure]:
    """Return the figures."""
    figures: list[Figure] = []
    with ExitStack() as stack:
        processes: dict[int, Asked] = {}
        for size in SIZES:
            data = stack.enter_context(folder(f"archive-{size}"))
            build(size, data)
            processes[size] = stack.enter_context(Asked("bench.search", data))
        times: dict[tuple[int, str], list[float]] = {}
        for process in processes.values():
            for query in QUERIES.values():
                process(query=query, count=3)
        for _ in range(ROUNDS):
            for size, process in processes.items():
                for name, query in QUERIES.items():
                    times.setdefault((size, name), []).extend(process(query=query, count=PER_ROUND)["milliseconds"])
    for (size, name), values in sorted(times.items()):
        what = f"search for {name}, {size:,} articles, with snippets, p95"
        if size == SIZES[0]:
            figures.append(at_most("ART-14", what, quantile(values, 0.95), 30, "ms"))
        else:
            figures.append(Figure("ART-14", what, round(quantile(values, 0.95), 2), "ms"))
    return figures


def main() -> int:
    """Measure, or answer the process that does."""
    return answer(Searches()) if "--answer" in sys.argv else report(measure())


if __name__ == "__main__":
    sys.exit(main())
