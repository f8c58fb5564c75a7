"""PERF-09: the next case of a queue with 100,000 open ones, for four moderators at once, with what the desk shows of it."""

import random
import sys
import threading
import time
from datetime import timedelta
from typing import Any

from bench.frame import Asked, Figure, answer, at_most, broadsheet, django, folder, quantile, report

CASES, MODERATORS, ROUNDS = 100_000, 4, 60
CLAUSES = ("INSULT", "HATE", "SPAM", "OFFTOPIC", "PRIVACY", "PROFANITY", "EXTREMISM")
PORTION = 2000


class Desk:
    """One moderator's process: it fills the queue when asked to, and works through it."""

    def __init__(self) -> None:
        django()

    def __call__(self, *, do: str, **values: Any) -> Any:
        """Do what is asked: `fill` the queue, `appoint` a moderator, or `work` for some rounds."""
        return {"fill": self.fill, "appoint": self.appoint, "work": self.work}[do](**values)

    def fill(self) -> int:
        """Make a thread of so many comments, and an open case of each."""
        from broadsheet.discussion.actions.load_many import load_thread
        from broadsheet.discussion.models import Comment
        from broadsheet.kernel import clock
        from broadsheet.moderation.models import Case
        from broadsheet.newsroom.queries.cards import listed

        article, now, chance = listed()[0], clock.now(), random.Random(1)
        for _done in load_thread(article_id=article.pk, comments=CASES * 5 // 4, now=now, seed=1):
            pass
        waiting = Comment.objects.filter(thread_id=article.pk, state__in=["visible", "held"]).order_by("pk")
        rows = waiting.values_list("pk", "author_id")[:CASES]
        cases = []
        for number, author in rows.iterator(chunk_size=PORTION):
            clause = chance.choice(CLAUSES)
            cases.append(
                Case(
                    kind=chance.choice(("held", "flagged", "reported")), subject_id=number, comment_id=number,
                    thread_id=article.pk, edition_id=article.edition_id, section_id=chance.randint(1, 8), reader_id=author,
                    clause=clause, language=chance.choice(("en", "fr", "ar")), harm=10.0,
                    priority=round(chance.lognormvariate(2, 1), 2), opened_at=now - timedelta(minutes=chance.randint(1, 9999)),
                    reasons=[{"code": "finding", "clause": clause, "score": 0.8, "detector": "lexicon"}],
                )
            )  # fmt: skip
            if len(cases) == PORTION:
                Case.objects.bulk_create(cases)
                cases = []
        Case.objects.bulk_create(cases)
        return int(Case.objects.count())

    def appoint(self, *, number: int) -> int:
        """Make an account of the newsroom that moderates everywhere; return it."""
        from broadsheet.readers.actions.staff import put_staff

        return int(put_staff(email=f"moderator-{number}@paper.example", role="moderator").pk)

    def work(self, *, moderator: int, rounds: int, clause: str = "", section: int = 0) -> list[float]:
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
        if len(set(seen)) < rounds:
            raise SystemExit("A case was given twice.")
        return times


def measure() -> list[Figure]:
    """Return the figures."""
    figures: list[Figure] = []
    with folder("moderation_queue") as data:
        broadsheet(data, "demo", "--no-serve")
        desks = [Asked("bench.moderation_queue", data) for _number in range(MODERATORS)]
        desks[0](do="fill")
        people = [desks[0](do="appoint", number=number) for number in range(MODERATORS)]
        for desk, person in zip(desks, people, strict=True):
            desk(do="work", moderator=person, rounds=2)  # what a process reads once
        for what, wanted in (("", {}), (", by a clause", {"clause": "PRIVACY"}), (", by a section", {"section": 3})):
            times = _at_once(desks, people, wanted)
            figures.extend(
                [
                    at_most(
                        "PERF-09", f"next case with {CASES:,} open, {MODERATORS} moderators at once, p95{what}",
                        quantile(times, 0.95), 100, "ms",
                    ),
                    Figure("PERF-09", f"the same, median{what}", round(quantile(times, 0.5), 3), "ms"),
                ]
            )  # fmt: skip
        for desk in desks:
            desk.__exit__(None, None, None)
    return figures


def _at_once(desks: list[Asked], people: list[int], wanted: dict[str, Any]) -> list[float]:
    found: list[float] = []

    def work(desk: Asked, person: int) -> None:
        found.extend(desk(do="work", moderator=person, rounds=ROUNDS, **wanted))

    threads = [threading.Thread(target=work, args=pair) for pair in zip(desks, people, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(found) < ROUNDS * MODERATORS:
        raise SystemExit("A moderator's process ended: see above.")
    return found


def main() -> int:
    """Measure, or answer the process that does."""
    return answer(Desk()) if "--answer" in sys.argv else report(measure())


if __name__ == "__main__":
    sys.exit(main())
