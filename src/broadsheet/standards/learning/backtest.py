"""The time machine: what a change would have done to comments that people decided, beside what was done without it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from broadsheet.standards.detectors.learned import Learned
from broadsheet.standards.judging import Rulebook, judge_seen, see_together
from broadsheet.standards.learning.decisions import CHUNK, Decision, in_order
from broadsheet.standards.learning.measures import share, surprise
from broadsheet.standards.model.learned import Estimate, LearnedHead
from broadsheet.standards.senses import Senses
from broadsheet.standards.verdict import Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Side:
    """What one judge said of a comment: outcome, clauses of its findings, and the highest score of each clause."""

    outcome: Outcome
    clauses: frozenset[str]
    scores: Mapping[str, float]

    @property
    def touched(self) -> bool:
        """Whether the comment was held or marked in any way."""
        return self.outcome != "publish"


@dataclass(frozen=True, slots=True)
class Compared:
    """One decided comment, judged before and after the change. It holds no text."""

    id: str
    at: datetime
    decided: frozenset[str]
    before: Side
    after: Side


@dataclass(frozen=True, slots=True)
class Tally:
    """How one side agrees with people: `hits` both found, `false` the machine alone, `missed` people alone.

    Of a clause, comments that people removed under other clauses alone are `elsewhere`: nobody says that they don't break
    this one, too.
    """

    hits: int = 0
    false: int = 0
    missed: int = 0
    right: int = 0
    elsewhere: int = 0

    @property
    def wrong(self) -> int:
        """How often machine and people disagree."""
        return self.false + self.missed

    @property
    def precision(self) -> Estimate:
        """Of what the machine found, the share that people found."""
        return share(self.hits, self.hits + self.false)

    @property
    def recall(self) -> Estimate:
        """Of what people found, the share that the machine found."""
        return share(self.hits, self.hits + self.missed)

    @property
    def agreement(self) -> Estimate:
        """The share of comments of which both say the same."""
        return share(self.hits + self.right, self.hits + self.right + self.wrong)

    def as_json(self) -> dict[str, Any]:
        """Return counts and shares as plain values."""
        shares = {name: getattr(self, name) for name in ("precision", "recall", "agreement")}
        return {
            **{name: getattr(self, name) for name in self.__slots__},
            **{name: [round(x, 4) for x in (one.value, one.low, one.high)] for name, one in shares.items()},
        }


@dataclass(frozen=True, slots=True)
class Backtest:
    """Decided comments in the order of time, each judged before and after a change.

    `too_early` were decided when a head in question had not finished learning, `without_text` can't be judged any more.
    `heads` are the identities of the learned heads that this back-test is about.
    """

    compared: tuple[Compared, ...]
    too_early: int = 0
    without_text: int = 0
    heads: Mapping[str, str] = field(default_factory=dict)

    def tally(self, side: str, clause: str | None = None) -> Tally:
        """Return how `before` or `after` agrees with people: on any mark against any removal, or on one clause."""
        found: Counter[str] = Counter(_verdict(one, getattr(one, side), clause) for one in self.compared)
        return Tally(**found)

    def outcomes(self, side: str) -> dict[str, dict[str, int]]:
        """Return how many comments were held, marked and let through, of those people removed and those they approved."""
        found: dict[str, dict[str, int]] = {
            name: {"removed": 0, "approved": 0} for name in ("held", "marked", "through")
        }
        for one in self.compared:
            found[_group(getattr(one, side).outcome)]["removed" if one.decided else "approved"] += 1
        return found

    @property
    def clauses(self) -> list[str]:
        """The clauses that people or the machine named, in the order of the alphabet."""
        return sorted({code for one in self.compared for code in one.decided | one.before.clauses | one.after.clauses})

    @property
    def days(self) -> dict[date, Counter[str]]:
        """Per day (UTC): comments judged, removed by people, and held or marked before and after."""
        found: dict[date, Counter[str]] = {}
        for one in self.compared:
            day = found.setdefault(one.at.date(), Counter(judged=0, removed=0, before=0, after=0))
            day.update(judged=1, removed=bool(one.decided), before=one.before.touched, after=one.after.touched)
        return found

    @property
    def flips(self) -> list[Compared]:
        """The comments of which something else would have become, or that another clause would have been named for."""
        return [
            one
            for one in self.compared
            if (one.before.outcome, one.before.clauses) != (one.after.outcome, one.after.clauses)
        ]

    def exchange(self, clause: str | None = None) -> tuple[int, int, float]:
        """Return how many comments the change sets right and wrong, and how likely that is mere luck."""
        wrong = ("false", "missed")
        pairs = [
            (_verdict(one, one.before, clause) in wrong, _verdict(one, one.after, clause) in wrong)
            for one in self.compared
        ]
        gained, lost = pairs.count((True, False)), pairs.count((False, True))
        return gained, lost, surprise(gained, lost)

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values, without any text."""
        sides = ("before", "after")
        return {
            "judged": len(self.compared),
            "too_early": self.too_early,
            "without_text": self.without_text,
            "heads": dict(self.heads),
            "outcomes": {side: self.outcomes(side) for side in sides},
            "overall": {side: self.tally(side).as_json() for side in sides},
            "clauses": {code: {side: self.tally(side, code).as_json() for side in sides} for code in self.clauses},
            "days": {day.isoformat(): dict(counts) for day, counts in self.days.items()},
            "flips": [_flip(one) for one in self.flips],
        }


def backtest(
    decisions: Sequence[Decision],
    rulebook_before: Rulebook,
    senses_before: Senses,
    rulebook_after: Rulebook,
    senses_after: Senses,
) -> Backtest:
    """Return what the change would have done to these comments. It changes nothing and writes no text anywhere.

    A head judges what was decided after the last decision it learned from and nothing else: earlier ones are left out and
    counted. For those, see `walk_forward`.
    """
    heads = heads_in(senses_after)
    until = max((head.until for one in (heads, heads_in(senses_before)) for head in one.values()), default=None)
    later = [one for one in in_order(decisions) if until is None or one.at > until]
    there = [one for one in later if one.submission.text]
    compared = [one for at in range(0, len(there), CHUNK) for one in _compared(
        there[at : at + CHUNK], (rulebook_before, senses_before), (rulebook_after, senses_after)
    )]  # fmt: skip
    return Backtest(
        tuple(compared),
        len(decisions) - len(later),
        len(later) - len(there),
        {code: head.identity for code, head in heads.items()},
    )


def heads_in(senses: Senses) -> Mapping[str, LearnedHead]:
    """Return the learned heads that the senses have, by clause."""
    detector = senses.detectors.get(Learned.name)
    return detector.heads if isinstance(detector, Learned) else {}


def side_of(verdict: Verdict) -> Side:
    """Return what a comparison keeps of a verdict."""
    return Side(verdict.outcome, frozenset(finding.clause for finding in verdict.findings), verdict.scores)


def _compared(
    decisions: Sequence[Decision], before: tuple[Rulebook, Senses], after: tuple[Rulebook, Senses]
) -> Iterator[Compared]:
    comments = [one.submission for one in decisions]
    seen = see_together(comments, before[1])
    again = seen if before[1].encoder is after[1].encoder else see_together(comments, after[1])
    for one, first, second in zip(decisions, seen, again, strict=True):
        yield Compared(
            one.id,
            one.at,
            one.clauses,
            side_of(judge_seen(first, one.submission, *before)),
            side_of(judge_seen(second, one.submission, *after)),
        )


def _verdict(one: Compared, side: Side, clause: str | None) -> str:
    """Return how a side's answer stands to people's."""
    found = side.touched if clause is None else clause in side.clauses
    if bool(one.decided) if clause is None else clause in one.decided:
        return "hits" if found else "missed"
    if clause is not None and one.decided:
        return "elsewhere"
    return "false" if found else "right"


def _group(outcome: Outcome) -> str:
    return "through" if outcome == "publish" else "held" if outcome in {"hold", "not_scored"} else "marked"


def _flip(one: Compared) -> dict[str, Any]:
    return {
        "id": one.id,
        "at": one.at.isoformat(),
        "decided": sorted(one.decided),
        **{
            name: {
                "outcome": side.outcome,
                "clauses": sorted(side.clauses),
                "scores": {code: round(score, 4) for code, score in sorted(side.scores.items())},
            }
            for name, side in (("before", one.before), ("after", one.after))
        },
    }
