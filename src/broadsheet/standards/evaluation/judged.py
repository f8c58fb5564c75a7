"""Judges labelled rows, and says of each what a reader or an editor would see of the verdict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from broadsheet.standards.evaluation.labelled import Labelled
from broadsheet.standards.judging import judge_many
from broadsheet.standards.rulebook import Handling, Rulebook
from broadsheet.standards.senses import Senses
from broadsheet.standards.verdict import ORDER, Verdict

TOGETHER = 512  # rows that are judged at once


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with what the judge says of it; of a sequence, of all its comments together."""

    row: Labelled
    verdict: Verdict

    @property
    def is_held(self) -> bool:
        """Whether people have to read it before anybody else does."""
        return self.verdict.outcome in {"hold", "not_scored"}

    @property
    def is_noticed(self) -> bool:
        """Whether it is anything else than published and left alone."""
        return self.verdict.outcome != "publish"

    def finds(self, code: str) -> bool:
        """Say whether a machine's finding of the clause leads to something."""
        return any(one.clause == code and one.handling != "human" for one in self.verdict.findings)

    def holds(self, code: str) -> bool:
        """Say whether it is held for the clause, or because it could not be scored."""
        held = any(one.clause == code and one.handling == "hold" for one in self.verdict.findings)
        return held or self.verdict.outcome == "not_scored"


def judged(
    rows: Sequence[Labelled], rulebook: Rulebook, senses: Senses, advance: Callable[[int], object] = lambda done: None
) -> list[Judged]:
    """Return every row with its verdict, in order; `advance` is told how many are done."""
    found: list[Judged] = []
    for start in range(0, len(rows), TOGETHER):
        chunk = rows[start : start + TOGETHER]
        verdicts = iter(judge_many([one for row in chunk for one in row.submissions], rulebook, senses))
        found += [Judged(row, _together([next(verdicts) for _one in row.submissions])) for row in chunk]
        advance(len(found))
    return found


def _together(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict on a sequence: the severest outcome, every finding, the highest scores."""
    if len(verdicts) == 1:
        return verdicts[0]
    scores: dict[str, float] = {}
    attributes: dict[str, float] = {}
    for verdict in verdicts:
        for name, score in verdict.scores.items():
            scores[name] = max(score, scores.get(name, 0.0))
        for name, score in verdict.attributes.items():
            attributes[name] = max(score, attributes.get(name, 0.0))
    return Verdict(
        max((one.outcome for one in verdicts), key=ORDER.index),
        tuple(finding for one in verdicts for finding in one.findings),
        scores,
        tuple(dict.fromkeys(code for one in verdicts for code in one.not_covered)),
        tuple(dict.fromkeys(name for one in verdicts for name in one.not_scored)),
        any(one.care for one in verdicts),
        attributes,
    )


def served(rulebook: Rulebook) -> tuple[str, ...]:
    """Return the clauses that machines look for: those that are on, have a detector, and aren't left to people."""
    return tuple(
        code
        for code, clause in rulebook.clauses.items()
        if clause.on and clause.detectors and clause.handling is not Handling.HUMAN
    )
