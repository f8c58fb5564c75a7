"""PERF-03: rendering the page of an article that is not stored, from 1,000 to 100,000 articles.

One process for each archive, asked in turns within one run, so that the ratio doesn't follow the machine's moods.
"""

import statistics
import sys
import time
from contextlib import ExitStack
from io import BytesIO
from typing import Any

from bench.archive import build
from bench.frame import Asked, Figure, answer, at_most, django, folder, report

SIZES = (1_000, 10_000, 100_000)
ROUNDS, PER_ROUND = 12, 8


class Renders:
    """Renders articles of this process's archive through the whole of Django, and counts what that takes."""

    def __init__(self) -> None:
        django()
        from django.core.handlers.wsgi import WSGIHandler
        from django.db import connection

        from broadsheet.newsroom.queries.cards import listed

        self.connection = connection
        self.handler = WSGIHandler()
        count = listed().count()
        step = max(1, count // 200)
        self.numbers = list(listed().values_list("public_id", flat=True)[step // 2 :: step])
        self.next = 0
        self._listen()

    def _listen(self) -> None:
        """Let what a serving process holds in memory be held here too: it hears of changes by its tailer."""
        from broadsheet.kernel.tailer import Tailer

        Tailer().start()

    def __call__(self, *, count: int) -> dict[str, Any]:
        """Render so many articles, each another one; return milliseconds and queries of each."""
        from broadsheet.newsroom.queries.articles import article_by_number, detail

        found: dict[str, Any] = {"milliseconds": [], "queries": [], "bytes": []}
        for _ in range(count):
            number = self.numbers[self.next % len(self.numbers)]
            self.next += 1
            path = detail(article_by_number(number)).card.path  # type: ignore[arg-type]
            queries: list[str] = []

            def note(execute: Any, sql: str, *rest: Any, queries: list[str] = queries) -> Any:
                queries.append(sql)
                return execute(sql, *rest)

            with self.connection.execute_wrapper(note):
                begun = time.perf_counter()
                size = self.render(path)
                found["milliseconds"].append((time.perf_counter() - begun) * 1000)
            found["queries"].append(len(queries))
            found["bytes"].append(size)
            found["sql"] = [query[:160] for query in queries]
        return found

    def render(self, path: str) -> int:
        """Render one page and return its length."""
        status: list[str] = []
        environ = {
            "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": "",
            "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost",
            "REMOTE_ADDR": "127.0.0.1", "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr, "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        body = b"".join(self.handler(environ, lambda line, _headers, *_rest: status.append(line)))
        if not status[0].startswith("200"):
            raise SystemExit(f"{path} was answered with {status[0]}.")
        return len(body)


def measure() -> list[Figure]:
    """Return the figures."""
    with ExitStack() as stack:
        processes: dict[int, Asked] = {}
        for size in SIZES:
            data = stack.enter_context(folder(f"archive-{size}"))
            build(size, data)
            processes[size] = stack.enter_context(Asked("bench.article", data))
        for process in processes.values():
            process(count=3 * PER_ROUND)  # templates are read, indexes are in memory
        times: dict[int, list[float]] = {size: [] for size in SIZES}
        queries: dict[int, list[int]] = {size: [] for size in SIZES}
        for _ in range(ROUNDS):
            for size, process in processes.items():
                found = process(count=PER_ROUND)
                times[size] += found["milliseconds"]
                queries[size] += found["queries"]
    medians = {size: statistics.median(values) for size, values in times.items()}
    figures = [
        at_most("PERF-03", f"article render, not stored, {size:,} articles, median", medians[size], 20, "ms")
        for size in SIZES
    ]
    most = max(max(values) for values in queries.values())
    figures.append(at_most("PERF-03", "queries of one render, the most of any", most, 10, ""))
    ratio = medians[SIZES[-1]] / medians[SIZES[0]]
    figures.append(at_most("PERF-03", f"render at {SIZES[-1]:,} to render at {SIZES[0]:,} articles", ratio, 1.25, ""))
    return figures


def main() -> int:
    """Measure, or answer the process that does."""
    return answer(Renders()) if "--answer" in sys.argv else report(measure())


if __name__ == "__main__":
    sys.exit(main())
