"""PERF-07: from an editor's commit until every process and nginx show it, under load.

Two processes serve one folder, the shipped nginx stands before the first. A third process publishes: new articles,
and new versions of old ones. Readers ask each of the three for the article, its section, the front page and the feed
until all show the new words. Meanwhile others read at each of the three, 60 pages a second.
"""

import sys
import threading
import time
from pathlib import Path

from bench.archive import build
from bench.frame import Figure, at_most, folder, free_port, get, quantile, report, serving
from bench.web_server import Publisher, nginx, shipped_conf

PUBLICATIONS = 60
READS_A_SECOND = 60
LONGEST = 10.0


def seen_after(ports: list[int], paths: list[str], word: str, at: float) -> float:
    """Return how many seconds after `at` the last of the servers showed the word on the last of the pages."""
    left = {(port, path) for port in ports for path in paths}
    until = time.time() + LONGEST
    while left and time.time() < until:
        for port, path in list(left):
            if word.encode() in get(port, path)[1]:
                left.discard((port, path))
        time.sleep(0.005)
    return LONGEST if left else time.time() - at


def main() -> int:
    """Measure and report."""
    with folder("fresh") as home:
        data = home / "data"
        build(1000, data)
        with serving(data) as (one, _first), serving(data) as (two, _second):
            port = free_port()
            with nginx(home / "nginx", shipped_conf(data, one, port), port):
                return _publish(data, [one, two, port])


def _publish(data: Path, ports: list[int]) -> int:
    publisher = Publisher(data, ports[0])
    publisher.ask(number=0)
    ended = threading.Event()
    readers = [threading.Thread(target=_read, args=(port, ended), daemon=True) for port in ports]
    for reader in readers:
        reader.start()
    new, again = [], []
    for number in range(PUBLICATIONS):
        word = f"Word{number}{time.time_ns() % 100_000}"
        fresh = number % 2 == 0
        told = publisher.ask(number=number, word=f"{word} is published", new=fresh)
        paths = [told["path"], *(["/", told["section"], "/feeds/rss.xml", "/all-news/"] if fresh else [])]
        (new if fresh else again).append(seen_after(ports, paths, word, told["at"]))
        time.sleep(0.1)
    ended.set()
    publisher.close()
    return report(
        [
            at_most("PERF-07", "new article on its page, front, section, archive and feed, everywhere: p99",
                    quantile(new, 0.99), 1.0, "s"),
            at_most("PERF-07", "new version of an article, everywhere: p99", quantile(again, 0.99), 1.0, "s"),
            Figure("PERF-07", "new article, everywhere: median", quantile(new, 0.5), "s"),
            Figure("PERF-07", "new version, everywhere: median", quantile(again, 0.5), "s"),
        ]
    )  # fmt: skip


def _read(port: int, ended: threading.Event) -> None:
    """Read the front page 60 times a second, as so many readers would."""
    while not ended.is_set():
        get(port, "/")
        time.sleep(1 / READS_A_SECOND)


if __name__ == "__main__":
    sys.exit(main())
