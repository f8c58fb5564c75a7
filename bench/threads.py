"""PERF-05: the first page of a thread with 50, 10,000 and 1,000,000 comments, in each order, and pages far within.

A page shows twenty roots and about as many replies (`rules/shares`); where a thread has fewer to show the page is shorter,
so the ratio is given for a comment shown, too. `BENCH_DATABASE` names a PostgreSQL to ask instead.
"""

import os
import sys
import time

from bench.frame import Asked, Figure, answer, at_most, broadsheet, django, folder, quantile, report

SIZES = (50, 10_000, 1_000_000)
ORDERS = ("newest", "oldest", "discussed")
ROUNDS, PER_ROUND = 15, 10


class Threads:
    """Three articles of one paper with so many comments, read in this process."""

    def __init__(self) -> None:
        django()
        from broadsheet.discussion.actions.load_many import load_thread
        from broadsheet.kernel import clock
        from broadsheet.newsroom.queries.cards import listed

        self.articles = dict(zip(SIZES, listed().values_list("pk", flat=True)[: len(SIZES)], strict=True))
        for size, article in self.articles.items():
            for _done in load_thread(article_id=article, comments=size, now=clock.now(), seed=size):
                pass

    def __call__(self, *, size: int, order: str, far: bool = False) -> dict[str, list[float]]:
        """Read a page so many times; return milliseconds of each, and how many comments it shows.

        `far`: from the middle of the thread.
        """
        from broadsheet.discussion.models import Comment
        from broadsheet.discussion.queries.thread_pages import place_of, thread_page
        from broadsheet.discussion.rules.keys import Sort

        sort, article, after = Sort(order), self.articles[size], None
        if far:
            first = Comment.objects.filter(thread_id=article).order_by("id").values_list("id", flat=True)[0]
            at = Comment.objects.filter(thread_id=article, id__gte=first + size // 2, depth=0, placed=True)
            place = place_of(at.order_by("id")[0].pk, sort)
            after = place.key if place else None
        times, shown = [], []
        for _time in range(PER_ROUND):
            begun = time.perf_counter()
            page = thread_page(article, sort=sort, after=after)
            times.append((time.perf_counter() - begun) * 1000)
            if len(page.items) < 10:
                raise SystemExit("A page of a thread came nearly empty.")
            shown.append(float(len(page.items) + sum(len(item.replies) for item in page.items)))
        return {"milliseconds": times, "shown": shown}


def measure() -> list[Figure]:
    """Return the figures."""
    times: dict[tuple[str, int], list[float]] = {}
    far: dict[str, list[float]] = {}
    shown: dict[tuple[str, int], float] = {}
    with folder("threads") as data:
        broadsheet(data, "demo", "--no-serve")
        with Asked("bench.threads", data) as ask:
            for _round in range(ROUNDS):
                for order in ORDERS:
                    for size in SIZES:
                        page = ask(size=size, order=order)
                        times.setdefault((order, size), []).extend(page["milliseconds"])
                        shown[order, size] = page["shown"][0]
                    far.setdefault(order, []).extend(ask(size=SIZES[-1], order=order, far=True)["milliseconds"])
    return figures_of(times, far, shown)


def figures_of(
    times: dict[tuple[str, int], list[float]], far: dict[str, list[float]], shown: dict[tuple[str, int], float]
) -> list[Figure]:
    """Return the figures of these times."""
    figures: list[Figure] = []
    on = ", PostgreSQL" if os.environ.get("BENCH_DATABASE") else ""
    for order in ORDERS:
        small, largest = (quantile(times[order, size], 0.5) for size in (SIZES[0], SIZES[-1]))
        for size in SIZES:
            what = f"first page, {order}, {size:,} comments{on}"
            figures.append(at_most("PERF-05", what, quantile(times[order, size], 0.5), 15, "ms"))
        figures.append(
            at_most("PERF-05", f"the same, {SIZES[-1]:,} to {SIZES[0]} comments{on}", largest / small, 1.5, "")
        )
        most, few = shown[order, SIZES[-1]], shown[order, SIZES[0]]
        what = f"the same for each of the {most:.0f} and {few:.0f} comments shown{on}"
        figures.append(at_most("PERF-05", what, largest / most / (small / few), 1.5, ""))
        what = f"a page half-way, {order}, {SIZES[-1]:,} comments{on}"
        figures.append(at_most("PERF-05", what, quantile(far[order], 0.5), 15, "ms"))
    return figures


def main() -> int:
    """Measure, or answer the process that does."""
    return answer(Threads()) if "--answer" in sys.argv else report(measure())


if __name__ == "__main__":
    sys.exit(main())
