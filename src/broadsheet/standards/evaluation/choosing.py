"""Thresholds of the model's uses, chosen on clean news comments for a rate of wrong findings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from broadsheet.standards.detectors.contract import as_set
from broadsheet.standards.detectors.encoder import is_english, read_together
from broadsheet.standards.evaluation.figures import Scores, Share, Threshold, Truth, share, threshold
from broadsheet.standards.evaluation.judged import Judged, judged, served
from broadsheet.standards.evaluation.labelled import Labelled
from broadsheet.standards.model.encoder import Encoder
from broadsheet.standards.rulebook import Rulebook, Use
from broadsheet.standards.senses import Senses
from broadsheet.standards.text import Seen

MODELS = frozenset({"encoder", "ngrams"})  # detectors whose scores are chances; those of rules and lists are steps


@dataclass(frozen=True, slots=True)
class Scored:
    """A clause's use of a model, with its score of each row; not a number where it doesn't read the row."""

    clause: str
    use: Use
    scores: Scores

    @property
    def head(self) -> str:
        """Which of the model's heads is asked."""
        return str(self.use.options.get("head", ""))

    def reached(self, rows: Truth, threshold_: float | None) -> Share | None:
        """Return how many of the rows that it reads reach a threshold; none reach None."""
        there = self.scores[rows & ~np.isnan(self.scores)]
        return share(0 if threshold_ is None else int((there >= threshold_).sum()), len(there))


@dataclass(frozen=True, slots=True)
class Choice:
    """A use's threshold now and as chosen: how many clean rows reach it, and how many of what it is there for.

    Those are the rows with the head's label, or, where the data have none, those that break the clause.
    """

    clause: str
    detector: str
    head: str
    handling: str
    now: float
    wrong_now: Share | None
    found_now: Share | None
    chosen: Threshold
    found: Share | None


@dataclass(frozen=True, slots=True)
class Together:
    """What becomes of clean rows by all clauses together: rules and lists as they are, the model at its thresholds."""

    wrongly_held: Share | None
    wrongly_noticed: Share | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Every use's choice for a rate, and all together, now and as chosen."""

    rate: float
    choices: tuple[Choice, ...]
    now: Together
    chosen: Together


def choose(
    rows: Sequence[Labelled], rulebook: Rulebook, senses: Senses, rate: float, advance: Callable[[int], object]
) -> Chosen:
    """Return, for each use of a model that reads these rows, the smallest threshold that so many clean ones reach."""
    clean = np.array([row.clean for row in rows], bool)
    uses = [one for one in scored(rows, rulebook, senses) if one.reached(clean, 0)]
    chosen = [threshold(one.scores, clean & ~np.isnan(one.scores), rate) for one in uses]
    choices = []
    for one, found in zip(uses, chosen, strict=True):
        broken = np.array([bool(row.labels.get(one.head, row.breaks(one.clause))) for row in rows], bool)
        now = one.use.threshold
        choices.append(
            Choice(
                one.clause, one.use.name, one.head, one.use.handling, now, one.reached(clean, now),
                one.reached(broken, now), found, one.reached(broken, found.value),
            )
        )  # fmt: skip
    verdicts = judged(rows, rulebook, senses, advance)
    return Chosen(
        rate,
        tuple(choices),
        _together(verdicts, uses, [one.use.threshold for one in uses]),
        _together(verdicts, uses, [one.value for one in chosen]),
    )


def scored(rows: Sequence[Labelled], rulebook: Rulebook, senses: Senses) -> list[Scored]:
    """Return every use of a model by a clause that machines look for, with its scores of the rows' last comments."""
    uses = [
        (code, use)
        for code in served(rulebook)
        for use in rulebook.clauses[code].detectors
        if use.name in MODELS and use.name in senses.detectors
    ]
    columns: list[list[float]] = [[] for _use in uses]
    for row, seen in _read(rows, senses):
        for (code, use), column in zip(uses, columns, strict=True):
            detector = senses.detectors[use.name]
            options: Mapping[str, object] = {**detector.clauses.get(code, {}), **use.options}
            asked = replace(use, options={name: as_set(value) for name, value in options.items()})
            sightings = list(detector.look(seen, row.submissions[-1], asked))
            column.append(max((one.score for one in sightings), default=float("nan")))
    return [Scored(code, use, np.array(column, np.float64)) for (code, use), column in zip(uses, columns, strict=True)]


def _read(rows: Sequence[Labelled], senses: Senses, together: int = 256) -> Iterator[tuple[Labelled, Seen]]:
    """Yield every row with its text, English ones read by the encoder, many at once."""
    for start in range(0, len(rows), together):
        chunk = [(row, Seen(row.submissions[-1].text)) for row in rows[start : start + together]]
        if isinstance(senses.encoder, Encoder):
            read_together([seen for row, seen in chunk if is_english(seen, row.submissions[-1])], senses.encoder)
        yield from chunk


def _together(verdicts: Sequence[Judged], uses: Sequence[Scored], thresholds: Sequence[float | None]) -> Together:
    """Return what becomes of the clean rows with these thresholds."""
    held = np.array([one.verdict.outcome == "not_scored" or _by_rules(one, {"hold"}) for one in verdicts], bool)
    noticed = held | np.array([_by_rules(one, {"hold", "flag", "slow", "warn"}) for one in verdicts], bool)
    for one, value in zip(uses, thresholds, strict=True):
        if value is not None:
            reached = np.nan_to_num(one.scores, nan=-1.0) >= value
            noticed |= reached
            if one.use.handling == "hold":
                held |= reached
    clean = np.array([one.row.clean for one in verdicts], bool)
    return Together(*(share(int((those & clean).sum()), int(clean.sum())) for those in (held, noticed)))


def _by_rules(one: Judged, handlings: set[str]) -> bool:
    return any(finding.handling in handlings and finding.detector not in MODELS for finding in one.verdict.findings)
