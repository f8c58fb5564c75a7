"""PERF-01 while fifty comments a second arrive under the article that is read; PERF-03 with twenty comments on the page.

In turns within one run, by processor time: nginx with a static file and the shipped nginx before the whole product,
while a process beside it posts; and renders of an archive whose articles have twenty comments each, beside those of
the same archive without.
"""

import shutil
import statistics
import sys
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.archive import build
from bench.comments import comments
from bench.delivery import body_of, headers_of, measure, static_server
from bench.frame import (
    Asked,
    Figure,
    answer,
    at_least,
    at_most,
    django,
    folder,
    free_port,
    get,
    quantile,
    report,
    serving,
)
from bench.web_server import nginx, shipped_conf

RATE, WRITERS, AUTHORS = 50, 8, 240
ROUNDS, RENDERS, PER_ROUND = 5, 10, 8
COMMENTED, EACH = 200, 20
SLOWED = "slow-mode"  # the refusal of who is heated and writes on: the paper's own rule, no failure


class Crowd:
    """Posts under the newest article at a rate, or has articles with comments."""

    def __init__(self) -> None:
        django()
        self.done = threading.Event()
        self.posted: list[tuple[float, str]] = []
        self.thread: threading.Thread | None = None

    def __call__(self, *, what: str) -> Any:
        """Put comments under articles, make people and say where they will post, begin to post, or end it."""
        return {"load": self.load, "make": self.make, "begin": self.begin, "end": self.end}[what]()

    def load(self) -> int:
        """Put comments under as many articles as are rendered; return how many articles."""
        from broadsheet.discussion.actions.load_many import load_thread
        from broadsheet.kernel import clock
        from broadsheet.newsroom.queries.cards import listed

        numbers = list(listed().values_list("pk", flat=True))
        step = max(1, len(numbers) // COMMENTED)
        chosen = numbers[step // 2 :: step]
        for place, number in enumerate(chosen):
            for _stored in load_thread(article_id=number, comments=EACH, depth=1, now=clock.now(), seed=place):
                pass
        return len(chosen)

    def make(self) -> str:
        """Make the authors; return the path of the article."""
        from tests.factories.accounts import make_reader

        from broadsheet.discussion.engines import judges
        from broadsheet.kernel import clock
        from broadsheet.newsroom.queries.addresses import path_of
        from broadsheet.newsroom.queries.articles import article_by_number
        from broadsheet.newsroom.queries.cards import listed
        from broadsheet.readers.actions.accept_policy import REGISTRATION, accept_at_entrance

        card = listed().order_by("-listed_at").values("pk", "public_id")[0]
        article = article_by_number(card["public_id"])
        assert article is not None
        self.article_id, code = card["pk"], article.edition.code
        self.authors = [make_reader().pk for _ in range(AUTHORS)]
        for number in self.authors:
            accept_at_entrance(reader_id=number, edition=code, way=REGISTRATION, now=clock.now())
        judges.senses()
        return path_of(article)

    def begin(self) -> bool:
        """Post from now on, at the rate or as fast as that goes."""
        self.thread = threading.Thread(target=self._post)
        self.begun = time.monotonic()
        self.thread.start()
        return True

    def end(self) -> dict[str, Any]:
        """Post no more; return how many a second were posted, how long each took, and how many failed or had to wait."""
        self.done.set()
        assert self.thread
        self.thread.join()
        seconds = time.monotonic() - self.begun
        wrong = Counter(state for _ms, state in self.posted if state not in {"visible", "held"})
        if wrong:
            print(f"Not posted: {dict(wrong)}", file=sys.stderr)
        ms = [took for took, _state in self.posted]
        slowed = wrong[SLOWED]
        return {
            "rate": (len(ms) - wrong.total()) / seconds, "ms": ms, "failed": wrong.total() - slowed, "slowed": slowed,
        }  # fmt: skip

    def _post(self) -> None:
        said = comments(1_200, 3)
        room = threading.Semaphore(2 * WRITERS)  # no comment waits long for its turn
        with ThreadPoolExecutor(WRITERS) as writers:
            at = 0
            while not self.done.is_set():
                room.acquire()
                writers.submit(self._one, at, said[at % len(said)]).add_done_callback(lambda _done: room.release())
                at += 1
                self.done.wait(max(0.0, self.begun + at / RATE - time.monotonic()))

    def _one(self, at: int, words: str) -> None:
        from broadsheet.discussion.actions.post_comment import post_comment
        from broadsheet.kernel import clock

        begun = time.perf_counter()
        try:
            state = post_comment(
                author_id=self.authors[at % AUTHORS], article_id=self.article_id, text=words, key=uuid.uuid4(),
                insists=True, now=clock.now(),
            ).state  # fmt: skip
        except Exception as error:  # noqa: BLE001 - counted
            state = getattr(getattr(error, "refusal", None), "code", type(error).__name__)
        self.posted.append(((time.perf_counter() - begun) * 1000, state))


def served() -> list[Figure]:
    """Return what readers get of nginx while comments arrive."""
    with folder("lively") as home:
        data = home / "data"
        build(1000, data)
        shipped, static = free_port(), free_port()
        with serving(data) as (inner, _process), Asked("bench.lively", data) as crowd:
            path = crowd(what="make")
            get(inner, path)
            time.sleep(0.5)
            file = data / "plain" / f"{path.strip('/')}/index.html.br"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body_of(inner, path))
            plain = static_server(data / "plain", static, headers_of(inner, path))
            with (
                nginx(home / "shipped", shipped_conf(data, inner, shipped), shipped) as front,
                nginx(home / "plain", plain, static) as back,
            ):
                return _while_they_post(
                    crowd, (shipped, path, front.pid), (static, f"{path}index.html.br", back.pid), file, inner
                )


def _while_they_post(
    crowd: Asked, shipped: tuple[int, str, int], static: tuple[int, str, int], file: Path, inner: int
) -> list[Figure]:
    quiet = [_ratio(shipped, static) for _round in range(ROUNDS)]
    crowd(what="begin")
    lively = []
    for _round in range(ROUNDS):
        file.write_bytes(body_of(inner, shipped[1]))  # the page as it is by now
        lively.append(_ratio(shipped, static))
    told = crowd(what="end")
    return [
        at_least("PERF-01", f"shipped nginx to nginx with a static file, while {RATE} comments/s arrive", statistics.median(lively), 0.95),
        Figure("PERF-01", "the same within this run before they came", round(statistics.median(quiet), 4)),
        at_least("PERF-01", "comments that arrived in a second meanwhile", told["rate"], RATE * 0.95, "/s"),
        Figure("PERF-01", "99 of 100 of them posted within", round(quantile(told["ms"], 0.99), 1), "ms"),
        at_most("PERF-01", "comments that failed meanwhile", told["failed"], 0, ""),
        Figure("PERF-01", "comments that their heated authors were told to wait with", told["slowed"]),
    ]  # fmt: skip


def _ratio(shipped: tuple[int, str, int], static: tuple[int, str, int]) -> float:
    before, here, after = measure(*static), measure(*shipped), measure(*static)
    return here[0] / ((before[0] + after[0]) / 2)


def rendered() -> list[Figure]:
    """Return what twenty comments on the page cost its rendering."""
    with folder("lively-renders") as home:
        bare, full = home / "bare", home / "full"
        build(1000, bare)
        shutil.copytree(bare, full)
        with Asked("bench.lively", full) as crowd:
            crowd(what="load")
        with Asked("bench.article", bare) as without, Asked("bench.article", full) as having:
            times: dict[str, list[float]] = {"bare": [], "full": []}
            queries: list[int] = []
            for at in range(RENDERS + 3):
                for name, process in (("bare", without), ("full", having)):
                    found = process(count=PER_ROUND)
                    if at >= 3:  # templates are read, indexes are in memory
                        times[name] += found["milliseconds"]
                        queries += found["queries"] if name == "full" else []
    bare_ms, full_ms = (statistics.median(times[name]) for name in ("bare", "full"))
    return [
        at_most("PERF-03", f"article render with {EACH} comments, not stored, 1,000 articles, median", full_ms, 20, "ms"),
        at_most("PERF-03", f"queries of one render with {EACH} comments, the most of any", max(queries), 10, ""),
        Figure("PERF-03", f"render with {EACH} comments to render without", round(full_ms / bare_ms, 3)),
    ]  # fmt: skip


def main() -> int:
    """Measure, or answer the process that does."""
    return answer(Crowd()) if "--answer" in sys.argv else report([*rendered(), *served()])


if __name__ == "__main__":
    sys.exit(main())
