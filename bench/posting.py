"""PERF-04: comments posted in a second with all clauses on, by eight writers in one process; with the model and without.

Every comment is another text by one of many authors in a few threads; nothing is held back: the judge, what it leaves
behind, the counters and the facts are written in the same transaction as in the paper.
"""

import random
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.frame import Asked, Figure, answer, at_least, at_most, broadsheet, django, folder, quantile, report

COMMENTS, WRITERS, AUTHORS, ARTICLES = 1_200, 8, 240, 6


class Posts:
    """Posts comments as the paper's own process does."""

    def __init__(self) -> None:
        django()
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

    def __call__(self, *, model: bool, seed: int) -> dict[str, Any]:
        """Post them all; return how long that took, each one's milliseconds, what became of them, and what failed."""
        from django.conf import settings
        from django.db import close_old_connections

        from broadsheet.discussion.actions.post_comment import post_comment
        from broadsheet.discussion.engines import judges
        from broadsheet.discussion.rules.plausible import texts
        from broadsheet.kernel import clock

        settings.JUDGE_MODEL = model
        judges.forget_senses()
        judges.senses()
        given = [
            (self.authors[at % AUTHORS], self.articles[at % ARTICLES], said)
            for at, said in enumerate(texts(COMMENTS, random.Random(seed)))
        ]

        def post(one: tuple[int, int, str]) -> tuple[float, str]:
            begun = time.perf_counter()
            author, article, words = one
            try:
                state = post_comment(
                    author_id=author, article_id=article, text=words, key=uuid.uuid4(), insists=True, now=clock.now()
                ).state
            except Exception as error:  # noqa: BLE001 - counted, and any is a failure
                state = type(error).__name__
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


def measure() -> list[Figure]:
    """Return the figures; `per core` is by the processor time used, whatever else the machine does."""
    found = []
    for model, reach, what in ((True, 90, "with the model"), (False, 250, "without the model")):
        with folder(f"posting-{model}") as data:
            broadsheet(data, "new", str(data / "paper"), "--name", "The Courier")
            with Asked("bench.posting", data / "paper") as process:
                told = process(model=model, seed=1)
        posted = len(told["ms"])
        failed = posted - told["states"].get("visible", 0) - told["states"].get("held", 0)
        found += [
            at_least(
                "PERF-04", f"comments posted in a second of one core, {what}", posted / told["processor"], reach, "/s"
            ),
            Figure(
                "PERF-04",
                f"comments posted in a second by eight writers, {what}",
                round(posted / told["seconds"]),
                "/s",
            ),
            at_most("PERF-04", f"99 of 100 comments posted within, {what}", quantile(told["ms"], 0.99), 400, "ms"),
            at_most("PERF-04", f"comments that failed, {what}", failed, 0, ""),
            Figure("PERF-04", f"comments held, {what}", told["states"].get("held", 0)),
        ]
    return found


def main() -> int:
    """Measure, or answer the process that does."""
    return answer(Posts()) if "--answer" in sys.argv else report(measure())


if __name__ == "__main__":
    sys.exit(main())
