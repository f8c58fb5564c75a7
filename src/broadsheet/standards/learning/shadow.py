"""Shadow mode: another judge runs beside the live one, decides nothing, and only its differences are kept, without texts."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from broadsheet.standards.judging import Rulebook, judge_seen
from broadsheet.standards.learning.backtest import side_of
from broadsheet.standards.learning.refusals import LearningError
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen
from broadsheet.standards.verdict import Verdict

EVERY = 100  # comments after which their number is written: what a killed process doesn't count


class Shadow:
    """Judges by the live rulebook and senses, and beside them by others; `write` takes the lines, one at a time."""

    def __init__(
        self, live: tuple[Rulebook, Senses], beside: tuple[Rulebook, Senses], write: Callable[[str], object]
    ) -> None:
        self._live, self._beside, self._write = live, beside, write
        self._judged = self._failed = 0

    def judge(self, id_: object, submission: Submission) -> Verdict:
        """Return the live verdict, whatever happens beside it."""
        seen = Seen(submission.text)
        verdict = judge_seen(seen, submission, *self._live)
        try:
            self._compare(id_, submission, seen, verdict)
        except Exception:  # noqa: BLE001 - a trial must not disturb what it stands beside
            self._failed += 1
        self._judged += 1
        if self._judged >= EVERY:
            self.close()
        return verdict

    def close(self) -> None:
        """Write how many were judged since the last time."""
        if self._judged:
            self._line({"kind": "count", "judged": self._judged, "failed": self._failed})
        self._judged = self._failed = 0

    def _compare(self, id_: object, submission: Submission, seen: Seen, verdict: Verdict) -> None:
        if self._live[1].encoder is not self._beside[1].encoder:
            seen = Seen(submission.text)
        live, other = side_of(verdict), side_of(judge_seen(seen, submission, *self._beside))
        if (live.outcome, live.clauses) == (other.outcome, other.clauses):
            return
        changed = {
            code: [round(live.scores.get(code, 0.0), 4), round(other.scores.get(code, 0.0), 4)]
            for code in sorted(live.scores.keys() | other.scores.keys())
            if live.scores.get(code, 0.0) != other.scores.get(code, 0.0)
        }
        self._line({
            "kind": "difference",
            "id": id_,
            "at": (submission.at or datetime.now(UTC)).isoformat(timespec="seconds"),
            "live": {"outcome": live.outcome, "clauses": sorted(live.clauses)},
            "beside": {"outcome": other.outcome, "clauses": sorted(other.clauses)},
            "scores": changed,
        })  # fmt: skip

    def _line(self, content: dict[str, Any]) -> None:
        self._write(json.dumps(content) + "\n")


@dataclass(slots=True)
class Report:
    """What differed in shadow mode: comments judged, how outcomes moved, and clauses found only live or only beside."""

    judged: int = 0
    failed: int = 0
    differ: int = 0
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    only_live: Counter[str] = field(default_factory=Counter)
    only_beside: Counter[str] = field(default_factory=Counter)
    ids: list[Any] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {
            "judged": self.judged,
            "failed": self.failed,
            "differ": self.differ,
            "moves": [
                {"live": live, "beside": beside, "comments": n} for (live, beside), n in self.moves.most_common()
            ],
            "only_live": dict(self.only_live),
            "only_beside": dict(self.only_beside),
            "ids": self.ids,
        }


def report(lines: Iterable[str]) -> Report:
    """Return what the lines of shadow mode say together. A line that was cut short at the end of a killed run is left out."""
    found = Report()
    for number, line in enumerate(lines, 1):
        if not line.endswith("\n"):
            continue
        try:
            _add(found, json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise LearningError("not-shadow", f"Line {number} is none of shadow mode.") from None
    return found


def _add(found: Report, line: dict[str, Any]) -> None:
    if line["kind"] == "count":
        found.judged += int(line["judged"])
        found.failed += int(line["failed"])
        return
    live, beside = line["live"], line["beside"]
    found.differ += 1
    found.ids.append(line["id"])
    found.moves[live["outcome"], beside["outcome"]] += 1
    found.only_live.update(set(live["clauses"]) - set(beside["clauses"]))
    found.only_beside.update(set(beside["clauses"]) - set(live["clauses"]))
