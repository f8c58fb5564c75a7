"""PERF-04: comments posted in a second with all clauses on, by eight writers in one process; with the model and without.

Every comment is another text by one of many authors in a few threads; the judge, what it leaves behind, the counters
and the facts are written in the same transaction as in the paper. What follows from the facts (cases, mobs, notices)
is carried out afterwards, and what that costs is told beside. On PostgreSQL, where it is installed, two processes post
under the same articles at once.
"""

import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

from bench.comments import are_labelled, comments
from bench.frame import Asked, Figure, answer, at_least, at_most, broadsheet, django, folder, quantile, report

COMMENTS, WRITERS, AUTHORS, ARTICLES = 1_200, 8, 240, 6


class Posts:
    """Posts comments as the paper's own process does."""

    def __init__(self) -> None:
        django()
        self.articles: list[int] = []
        self.authors: list[int] = []

    def __call__(self, *, what: str, **values: Any) -> Any:
        """Make people and articles, work with those that another process made, post, or carry out what follows."""
        return {"make": self.make, "take": self.take, "post": self.post, "follow": self.follow}[what](**values)

    def make(self) -> dict[str, list[int]]:
        """Return the numbers of new articles, and of authors who have accepted everything."""
        from tests.factories.accounts import make_reader
        from tests.factories.newsroom import make_article, make_section

        from broadsheet.kernel import clock
        from broadsheet.newsroom.models import EditionPage
        from broadsheet.readers.actions.accept_policy import REGISTRATION, accept_at_entrance

        section = make_section(EditionPage.objects.get(), slug="bench")
        self.articles = [make_article(section).pk for _ in range(ARTICLES)]
        self.authors = [make_reader().pk for _ in range(AUTHORS)]
        for number in self.authors:
            accept_at_entrance(reader_id=number, edition=section.edition.code, way=REGISTRATION, now=clock.now())
        return {"articles": self.articles, "authors": self.authors}

    def take(self, *, articles: list[int], authors: list[int]) -> bool:
        """Post under these articles, as these authors."""
        self.articles, self.authors = articles, authors
        return True

    def post(self, *, model: bool, seed: int, count: int = COMMENTS) -> dict[str, Any]:
        """Post them all; return how long that took, each one's milliseconds, what became of them, and what failed."""
        from django.conf import settings
        from django.db import close_old_connections

        from broadsheet.discussion.actions.post_comment import post_comment
        from broadsheet.discussion.engines import judges
        from broadsheet.kernel import clock

        settings.JUDGE_MODEL = model
        judges.forget_senses()
        judges.senses()
        given = [
            (self.authors[at % len(self.authors)], self.articles[at % ARTICLES], said)
            for at, said in enumerate(comments(count, seed))
        ]

        def post(one: tuple[int, int, str]) -> tuple[float, str]:
            begun = time.perf_counter()
            author, article, words = one
            try:
                state = post_comment(
                    author_id=author, article_id=article, text=words, key=uuid.uuid4(), insists=True, now=clock.now()
                ).state
            except Exception as error:  # noqa: BLE001 - counted, and any is a failure
                state = getattr(getattr(error, "refusal", None), "code", type(error).__name__)
                close_old_connections()
            return (time.perf_counter() - begun) * 1000, state

        with ThreadPoolExecutor(WRITERS) as writers:
            list(writers.map(post, given[:WRITERS]))  # each opens its connection
            begun, used = time.perf_counter(), time.process_time()
            done = list(writers.map(post, given[WRITERS:]))
            seconds, processor = time.perf_counter() - begun, time.process_time() - used
        states: dict[str, int] = {}
        for _ms, state in done:
            states[state] = states.get(state, 0) + 1
        return {"seconds": seconds, "processor": processor, "ms": [ms for ms, _state in done], "states": states}

    def follow(self) -> dict[str, float]:
        """Carry out all that follows from what was posted; return the processor time of it."""
        from broadsheet.kernel.outbox import deliver_due

        used, heard = time.process_time(), 0
        while done := deliver_due():
            heard += done
        return {"processor": time.process_time() - used, "heard": heard}


def _failed(told: dict[str, Any]) -> int:
    """Count what was neither posted nor told to wait, as the judge has who is heated do."""
    wrong = {state: count for state, count in told["states"].items() if state not in {"visible", "held", "slow-mode"}}
    if wrong:
        print(f"Not posted: {wrong}", file=sys.stderr)
    return sum(wrong.values())


def on_sqlite() -> list[Figure]:
    """Return the figures of one process; `per core` is by the processor time used, whatever else the machine does."""
    found = []
    for model, reach, what in ((True, 90, "with the model"), (False, 250, "without the model")):
        with folder(f"posting-{model}") as data:
            broadsheet(data, "new", str(data / "paper"), "--name", "The Courier")
            with Asked("bench.posting", data / "paper") as process:
                process(what="make")
                told = process(what="post", model=model, seed=1)
                after = process(what="follow")
        posted = len(told["ms"])
        found += [
            at_least("PERF-04", f"comments posted in a second of one core, {what}", posted / told["processor"], reach, "/s"),
            Figure("PERF-04", f"comments posted in a second by eight writers, {what}", round(posted / told["seconds"]), "/s"),
            at_most("PERF-04", f"99 of 100 comments posted within, {what}", quantile(told["ms"], 0.99), 400, "ms"),
            at_most("PERF-04", f"comments that failed, {what}", _failed(told), 0, ""),
            Figure("PERF-04", f"comments held, of {posted:,}, {what}", told["states"].get("held", 0)),
            Figure(
                "PERF-04", f"processor time of what follows from a comment, {what}",
                round(after["processor"] / COMMENTS * 1000, 3), "ms",
            ),
        ]  # fmt: skip
    return found


def on_postgresql() -> list[Figure]:
    """Return the figures of two processes that post at once, nothing where PostgreSQL is not installed."""
    from tests.postgresql import programs, server

    if programs() is None:
        print("Not measured on PostgreSQL: its programs are not installed.", file=sys.stderr)
        return []
    with folder("posting-two") as data, server() as address, ExitStack() as stack:
        broadsheet(data, "new", str(data / "paper"), "--name", "The Courier", BROADSHEET_DATABASE=address)
        two = [
            stack.enter_context(Asked("bench.posting", data / "paper", BROADSHEET_DATABASE=address))
            for _one in range(2)
        ]
        made = two[0](what="make")
        for at, one in enumerate(two):  # nobody writes twice at once
            one(what="take", articles=made["articles"], authors=made["authors"][at::2])
        with ThreadPoolExecutor(2) as asking:
            told = list(
                asking.map(
                    lambda one: one[1](what="post", model=True, seed=one[0], count=COMMENTS // 2), enumerate(two)
                )
            )
    posted, ms = sum(len(one["ms"]) for one in told), [ms for one in told for ms in one["ms"]]
    what = "two processes on PostgreSQL, with the model"
    per_core = posted / sum(one["processor"] for one in told)
    return [
        at_least("PERF-04", f"comments posted in a second of one core, {what}", per_core, 90, "/s"),
        Figure("PERF-04", f"comments posted in a second, {what}", round(posted / max(one["seconds"] for one in told)), "/s"),
        at_most("PERF-04", f"99 of 100 comments posted within, {what}", quantile(ms, 0.99), 400, "ms"),
        at_most("PERF-04", f"comments that failed, {what}", sum(map(_failed, told)), 0, ""),
    ]  # fmt: skip


def measure() -> list[Figure]:
    """Return all figures, and say what the comments are."""
    print(f"The comments are {'labelled ones' if are_labelled() else 'sentences of news pages'}.", file=sys.stderr)
    return [*on_sqlite(), *on_postgresql()]


def main() -> int:
    """Measure, or answer the process that does."""
    return answer(Posts()) if "--answer" in sys.argv else report(measure())


if __name__ == "__main__":
    sys.exit(main())
