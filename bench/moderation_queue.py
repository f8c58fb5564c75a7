"""PERF-09: the next case of a queue with 100,000 open ones, for four moderators at once, with what the desk shows of it."""

import random
import sys
import threading
import time
from datetime import timedelta
from typing import Any

from bench.frame import Asked, Figure, answer, at_most, broadsheet, django, folder, quantile, report

CASES, MODERATORS, ROUNDS = 100_000, 4, 40
COMMENTS = 10_000  # that the first cases of the queue are about; only these are taken
PAUSE = 0.5  # seconds between two cases of a moderator: faster than anybody reads
CLAUSES = ("INSULT", "HATE", "SPAM", "OFFTOPIC", "PRIVACY", "PROFANITY", "EXTREMISM")
PORTION = 2000


class Desk:
    """The paper's process, in which moderators work beside each other as in the server's threads."""

    def __init__(self) -> None:
        django()

    def __call__(self, *, do: str, **values: Any) -> Any:
        """Do what is asked: `fill` the queue, or let moderators `work` through it at once."""
        return {"fill": self.fill, "work": self.work}[do](**values)

    def fill(self) -> list[int]:
        """Make a thread, a queue whose first cases are about its comments, and moderators; return these."""
        from broadsheet.discussion.actions.load_many import load_thread
        from broadsheet.discussion.models import Comment
        from broadsheet.kernel import clock
        from broadsheet.moderation.models import Case
        from broadsheet.newsroom.queries.cards import listed
        from broadsheet.readers.actions.staff import put_staff

        article, now, chance = listed()[0], clock.now(), random.Random(1)
        for _done in load_thread(article_id=article.pk, comments=COMMENTS, now=now, seed=1):
            pass
        waiting = Comment.objects.filter(thread_id=article.pk, state__in=["visible", "held"]).order_by("pk")
        about: list[tuple[int | None, int | None]] = list(waiting.values_list("pk", "author_id"))
        about += [(None, None)] * (CASES - len(about))
        cases = []
        for number, (comment, author) in enumerate(about):
            clause = chance.choice(CLAUSES)
            place = chance.lognormvariate(2, 1) + (10_000 if comment is not None else 0)
            cases.append(
                Case(
                    kind=chance.choice(("held", "flagged", "reported")), subject_id=comment or 10**9 + number,
                    comment_id=comment, thread_id=article.pk, edition_id=article.edition_id, priority=round(place, 2),
                    section_id=chance.randint(1, 8), reader_id=author, clause=clause, harm=10.0,
                    language=chance.choice(("en", "fr", "ar")), opened_at=now - timedelta(minutes=chance.randint(1, 9999)),
                    reasons=[{"code": "finding", "clause": clause, "score": 0.8, "detector": "lexicon"}],
                )
            )  # fmt: skip
            if len(cases) == PORTION:
                Case.objects.bulk_create(cases)
                cases = []
        Case.objects.bulk_create(cases)
        names = [f"moderator-{number}@paper.example" for number in range(MODERATORS)]
        return [int(put_staff(email=name, role="moderator").pk) for name in names]

    def work(self, *, people: list[int], rounds: int, pause: float, **wanted: Any) -> list[float]:
        """Let these moderators work at once; return milliseconds of taking and reading each case."""
        found: list[float] = []
        threads = [
            threading.Thread(target=lambda number=number: found.extend(self.one(number, rounds, pause, **wanted)))
            for number in people
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return found

    @staticmethod
    def one(moderator: int, rounds: int, pause: float, clause: str = "", section: int = 0) -> list[float]:
        """Take the next case, read it whole, approve it; return milliseconds of taking and reading each."""
        from broadsheet.kernel import clock
        from broadsheet.moderation.actions.case_decisions import approve_case
        from broadsheet.moderation.actions.claim_case import claim_next
        from broadsheet.moderation.queries.case_details import case_detail
        from broadsheet.moderation.queries.cases import Wanted
        from broadsheet.moderation.queries.roles import scope_of

        scope = scope_of(moderator)
        wanted = Wanted(clause=clause, section_ids=(section,) if section else ())
        times, seen = [], []
        for _round in range(rounds):
            begun = time.perf_counter()
            number = claim_next(moderator_id=moderator, wanted=wanted, now=clock.now())
            detail = case_detail(number) if number is not None else None
            times.append((time.perf_counter() - begun) * 1000)
            if scope is None or detail is None or detail.version is None:
                raise SystemExit("There was no next case.")
            seen.append(number)
            approve_case(case_id=detail.case.id, by=scope.actor, version=detail.version, now=clock.now())
            time.sleep(pause)
        if len(set(seen)) < rounds:
            raise SystemExit("A case was given twice.")
        return times


def measure() -> list[Figure]:
    """Return the figures."""
    figures: list[Figure] = []
    with folder("moderation_queue") as data:
        broadsheet(data, "demo", "--no-serve")
        with Asked("bench.moderation_queue", data) as ask:
            people = ask(do="fill")
            ask(do="work", people=people, rounds=2, pause=0)  # what a process reads once
            for what, wanted in (
                ("", {}),
                (", by a clause", {"clause": "PRIVACY"}),
                (", by a section", {"section": 3}),
            ):
                times = ask(do="work", people=people, rounds=ROUNDS, pause=PAUSE, **wanted)
                if len(times) < ROUNDS * MODERATORS:
                    raise SystemExit("A moderator found no case: see above.")
                said = f"next case, {CASES:,} open, {MODERATORS} moderators, one each {PAUSE} s, p95{what}"
                figures.append(at_most("PERF-09", said, quantile(times, 0.95), 100, "ms"))
                figures.append(Figure("PERF-09", f"the same, median{what}", round(quantile(times, 0.5), 3), "ms"))
            times = ask(do="work", people=people, rounds=ROUNDS, pause=0)
            figures.append(Figure("PERF-09", "the same without a pause, p95", round(quantile(times, 0.95), 3), "ms"))
    return figures


def main() -> int:
    """Measure, or answer the process that does."""
    return answer(Desk()) if "--answer" in sys.argv else report(measure())


if __name__ == "__main__":
    sys.exit(main())
