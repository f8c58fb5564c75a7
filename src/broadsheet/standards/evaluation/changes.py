"""What another rulebook changes: the rows that are handled otherwise, and by which clause."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from broadsheet.standards.evaluation.judged import Judged
from broadsheet.standards.verdict import ORDER, Verdict

NOTHING = "publish"


@dataclass(frozen=True, slots=True)
class Turn:
    """A clause that handles a row otherwise; `better` where that is what people said, None where they said nothing."""

    clause: str
    before: str
    after: str
    better: bool | None


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is handled otherwise, with the outcomes and the clauses that turned; at least one of them changed."""

    judged: Judged
    before: str
    after: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """So many rows whose handling by a clause changed in one way; of them, better and worse by what people said."""

    clause: str
    before: str
    after: str
    rows: int
    better: int
    worse: int


def changes(before: Sequence[Judged], after: Sequence[Judged]) -> list[Change]:
    """Return what changed; both are verdicts on the same rows in the same order."""
    found = []
    for old, new in zip(before, after, strict=True):
        was, is_ = _handlings(old.verdict), _handlings(new.verdict)
        turns = tuple(
            Turn(code, was.get(code, NOTHING), is_.get(code, NOTHING), _better(new, code, was, is_))
            for code in sorted({*was, *is_})
            if was.get(code) != is_.get(code)
        )
        if turns or old.verdict.outcome != new.verdict.outcome:
            found.append(Change(new, old.verdict.outcome, new.verdict.outcome, turns))
    return found


def summaries(those: Iterable[Change]) -> list[Summary]:
    """Return how many rows each clause turned in each way."""
    turns = [turn for change in those for turn in change.turns]
    counted = Counter((turn.clause, turn.before, turn.after) for turn in turns)
    judged = Counter((turn.clause, turn.before, turn.after, turn.better) for turn in turns)
    return [Summary(*way, rows, judged[*way, True], judged[*way, False]) for way, rows in sorted(counted.items())]


def _handlings(verdict: Verdict) -> dict[str, str]:
    """Return the severest handling that each clause's findings lead to; people decide on the others."""
    found: dict[str, str] = {}
    for finding in verdict.findings:
        if finding.handling != "human":
            found[finding.clause] = max(finding.handling, found.get(finding.clause, NOTHING), key=_severity)
    return found


def _severity(handling: str) -> int:
    return [str(one) for one in ORDER].index(handling)


def _better(one: Judged, code: str, was: dict[str, str], is_: dict[str, str]) -> bool | None:
    breaks = one.row.breaks(code)
    if breaks is None:
        return None
    return breaks == (_severity(is_.get(code, NOTHING)) > _severity(was.get(code, NOTHING)))
