"""Alarms: a clause is found far more or less often than it used to be, or a detector fails."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from broadsheet.standards.learning.rates import ODD, Day, usual
from broadsheet.standards.learning.refusals import LearningError

DAY = timedelta(hours=24)
PAST, LEAST_PAST = 28, 7  # days that are compared with; with fewer nobody knows what is usual
JUMP = 1.5  # a rate that differs by less is no jump, however sure
LEAST_UP, LEAST_DOWN, LEAST_FAILED = 8, 12.0, 5  # findings; findings expected; failures
JUDGED = ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that jumped in the 24 hours before `until`: a clause's findings, or what a detector failed to score.

    `expected` is what the same number of comments on such a weekday used to bring.
    """

    kind: Literal["clause", "failing"]
    what: str
    direction: Literal["up", "down"]
    until: datetime
    found: int
    judged: int
    expected: float

    def __str__(self) -> str:
        """Return the alarm as a sentence."""
        subject = f"{self.what} was found" if self.kind == "clause" else f"The detector {self.what} failed"
        return (
            f"{subject} {self.found} times in {self.judged} comments of the 24 hours until "
            f"{self.until:%Y-%m-%d %H:%M} UTC; {self.expected:.1f} were to be expected."
        )

    def as_json(self) -> dict[str, Any]:
        """Return the alarm as plain values."""
        return {
            "kind": self.kind, "what": self.what, "direction": self.direction, "until": self.until.isoformat(),
            "found": self.found, "judged": self.judged, "expected": round(self.expected, 2),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rates:
    """Verdicts counted by the hour: how many comments were judged, which clauses were found, which detectors failed."""

    clauses: dict[datetime, Counter[str]] = field(default_factory=dict)
    failing: dict[datetime, Counter[str]] = field(default_factory=dict)

    def add(self, at: datetime, clauses: Iterable[str] = (), failed: Iterable[str] = ()) -> None:
        """Count one verdict."""
        hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        self.clauses.setdefault(hour, Counter()).update({JUDGED, *clauses})
        self.failing.setdefault(hour, Counter()).update({JUDGED, *failed})


def read_rates(lines: Iterable[str]) -> Rates:
    """Return the verdicts of JSON lines as `broadsheet judge` writes them for comments with `at`, counted.

    Comments without findings belong to it: a rate is findings among comments judged. Raises `LearningError` with the line.
    """
    found = Rates()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            verdict = json.loads(line)
            at = datetime.fromisoformat(verdict["at"])
            clauses, failed = verdict.get("clauses", []), verdict.get("not_scored", [])
            if not all(isinstance(one, str) for one in [*clauses, *failed]):
                raise TypeError
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise LearningError(
                "not-verdicts",
                f"Line {number} is no verdict with `at` and `clauses`.",
                "Give each comment its time, `at`.",
            ) from None
        found.add(at if at.tzinfo else at.replace(tzinfo=UTC), clauses, failed)
    return found


def alarms(rates: Rates, until: datetime | None = None) -> list[Alarm]:
    """Return what jumped in the 24 hours before the time, by default those before the last verdict.

    They are compared with the 28 times 24 hours before, each ending at the same hour, so that no hour of the day counts as a
    jump; a weekday is compared with its like as far as there are enough findings. Small numbers raise no alarm.
    """
    if not rates.clauses:
        return []
    end = _next_hour(until) if until else max(rates.clauses) + timedelta(hours=1)
    days = {kind: _days(hours, end) for kind, hours in (("clause", rates.clauses), ("failing", rates.failing))}
    found: list[Alarm] = []
    for kind, counted in days.items():
        for what in sorted({name for each in counted for name in each} - {JUDGED}):
            alarm = _alarm(kind, what, counted, end)  # type: ignore[arg-type]
            if alarm:
                found.append(alarm)
    return found


def _alarm(kind: Literal["clause", "failing"], what: str, counted: list[Counter[str]], end: datetime) -> Alarm | None:
    days = [Day(each[what], each[JUDGED], (end - DAY * (at + 1)).weekday()) for at, each in enumerate(counted)]
    today, past = days[0], [day for day in days[1:] if day.judged]
    if not today.judged or len(past) < LEAST_PAST:
        return None
    expectation = usual(past, today)
    up = today.found >= expectation.mean
    if up:
        enough = today.found >= (LEAST_UP if kind == "clause" else LEAST_FAILED)
        jumped = enough and today.found >= JUMP * expectation.mean
    else:
        jumped = kind == "clause" and expectation.mean >= LEAST_DOWN and today.found * JUMP <= expectation.mean
    if not jumped or expectation.tail(today.found) >= ODD:
        return None
    return Alarm(kind, what, "up" if up else "down", end, today.found, today.judged, expectation.mean)


def _days(hours: Mapping[datetime, Counter[str]], end: datetime) -> list[Counter[str]]:
    """Return the counts of the last 24 hours and of those before, the latest first."""
    found: list[Counter[str]] = [Counter() for _ in range(PAST + 1)]
    for hour, counts in hours.items():
        at = math.floor((end - timedelta(seconds=1) - hour) / DAY)
        if 0 <= at <= PAST:
            found[at].update(counts)
    return found


def _next_hour(at: datetime) -> datetime:
    hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return hour if hour == at else hour + timedelta(hours=1)
