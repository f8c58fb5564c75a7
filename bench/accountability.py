"""MOD-11: the public's figures of a month in which 100,000 decisions were made, and the page that shows them."""

import random
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.frame import Asked, Figure, answer, at_most, broadsheet, django, folder, quantile, report

DECISIONS, LETTERS, REPORTS = 100_000, 2_000, 10_000
CLAUSES = ("INSULT", "HATE", "SPAM", "OFFTOPIC", "PRIVACY", "PROFANITY", "EXTREMISM")
MEASURES = (["remove"], ["remove", "warn"], ["block", "remove"], ["redact"], ["hold"], ["warn"])
VALUE = {"facts": "x" * 600, "about": {"quoted": "y" * 1200}, "clauses": [{"text": "z" * 900}]}  # as long as real ones
PORTION, ROUNDS = 2_000, 9


class Figures:
    """The paper's process, which counts."""

    def __init__(self) -> None:
        django()

    def __call__(self, *, do: str, **values: Any) -> Any:
        """Do what is asked: `fill` the month, or `count` it."""
        return {"fill": self.fill, "count": self.count, "page": self.page}[do](**values)

    def fill(self, *, decisions: int) -> str:
        """Make so many decisions in last month, with letters and reports; return the month."""
        from broadsheet.discussion.models import Comment, Report
        from broadsheet.kernel import clock
        from broadsheet.moderation.models import DecisionClause, DecisionRow, Tally
        from broadsheet.newsroom.queries.editions import editions

        edition, chance = editions()[0], random.Random(1)
        begin = (clock.now().replace(day=1, hour=12) - timedelta(days=3)).replace(day=2)
        until = datetime(2040, 1, 1, tzinfo=UTC)
        for start in range(0, decisions, PORTION):
            rows = []
            for _each in range(min(PORTION, decisions - start)):
                machine, source, restricts = chance.random() < 0.6, chance.choice(("own", "own", "report", "notice")), chance.random() < 0.7  # fmt: skip
                rows.append(
                    DecisionRow(
                        at=begin + timedelta(seconds=chance.randint(0, 25 * 86_400)), edition=edition.code, actor_role="moderator",
                        restricts=restricts, by_machine=machine, source=source, value=VALUE, contested_until=until,
                        waited=chance.randint(10, 500_000) if machine or source != "own" else None,
                        measures=chance.choice(MEASURES) if restricts else [],
                    )
                )  # fmt: skip
            made = DecisionRow.objects.bulk_create(rows)
            DecisionClause.objects.bulk_create(
                DecisionClause(decision=row, code=code, edition=edition.code, broken=row.restricts)
                for row in made
                for code in chance.sample(CLAUSES, 1 + (chance.random() < 0.2))
            )
        settled = begin + timedelta(days=20)
        Tally.objects.bulk_create(
            Tally(
                kind="letter",
                number=10**9 + number,
                edition=edition.code,
                at=begin,
                settled_at=settled,
                outcome="refused",
            )
            for number in range(LETTERS)
        )
        comment = Comment.objects.order_by("pk")[0]
        Report.objects.bulk_create(
            Report(number=f"B-{number}", comment=comment, version=1, clause="INSULT", edition_id=edition.id, language="en",
                   state="upheld", weight=0.5, at=begin + timedelta(seconds=number), answered_at=settled)
            for number in range(REPORTS)
        )  # fmt: skip
        return f"{begin:%Y-%m}"

    @staticmethod
    def count(*, month: str) -> float:
        """Return milliseconds of counting the month anew."""
        from broadsheet.kernel import clock
        from broadsheet.moderation.queries.accountability import accounted
        from broadsheet.newsroom.queries.editions import editions

        first = datetime.strptime(month, "%Y-%m").date()
        begun = time.perf_counter()
        told = accounted(editions()[0], first, first, clock.now())
        taken = (time.perf_counter() - begun) * 1000
        if not told.clauses or told.is_running:
            raise SystemExit("The month has no figures.")
        return taken

    @staticmethod
    def page(*, month: str) -> float:
        """Return milliseconds of rendering the month's page, which is stored afterwards."""
        from django.test import Client

        browser = Client(headers={"host": "localhost"})
        begun = time.perf_counter()
        found = browser.get(f"/accountability/{month.replace('-', '/')}/")
        if found.status_code != 200:
            raise SystemExit(f"The page answered {found.status_code}.")
        return (time.perf_counter() - begun) * 1000


def measure() -> list[Figure]:
    """Return the figures."""
    with folder("accountability") as data:
        broadsheet(data, "demo", "--no-serve")
        with Asked("bench.accountability", data) as ask:
            month = ask(do="fill", decisions=DECISIONS)
            ask(do="count", month=month)
            counted = [ask(do="count", month=month) for _round in range(ROUNDS)]
            pages = [ask(do="page", month=month) for _round in range(3)]
    what = f"the figures of a month with {DECISIONS:,} decisions, {REPORTS:,} reports and {LETTERS:,} letters"
    return [
        at_most("MOD-11", f"{what}, counted anew", quantile(counted, 0.5), 1000, "ms"),
        at_most("MOD-11", "the page of that month, rendered anew", quantile(pages, 0.5), 1500, "ms"),
    ]


def main() -> int:
    """Measure, or answer the process that does."""
    return answer(Figures()) if "--answer" in sys.argv else report(measure())


if __name__ == "__main__":
    sys.exit(main())
