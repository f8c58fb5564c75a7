"""What is found, missed and wrongly held, and how well scores tell: per clause and attribute, set, source, language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from broadsheet.standards.attributes import HEADS
from broadsheet.standards.evaluation.figures import (
    Estimate,
    Scores,
    Share,
    Tenth,
    Truth,
    calibration_error,
    ranked,
    reliability,
    share,
)
from broadsheet.standards.evaluation.judged import Judged
from broadsheet.standards.evaluation.labelled import Labelled

ANY = "ANY"  # the highest of all attributes, against any label of a text that isn't clean
Kind = Literal["set", "source", "language"]


@dataclass(frozen=True, slots=True)
class Figures:
    """What is measured for a clause (`precision` to `wrongly_found` say at its thresholds) or an attribute (scores alone).

    `rows` are those with a label that the judge can read; `weak` of them have a derived label, `not_covered` ones aren't
    among them.
    """

    kind: Kind
    among: str
    name: str
    rows: int
    true: int
    weak: int
    not_covered: int
    precision: Share | None
    recall: Share | None
    f1: Estimate | None
    wrongly_held: Share | None
    wrongly_found: Share | None
    roc: Estimate | None
    precision_recall: Estimate | None
    calibration_error: float
    reliability: tuple[Tenth, ...]


def clauses(every: Sequence[Judged], codes: Iterable[str]) -> list[Figures]:
    """Return the figures of each clause wherever rows have a label for it."""
    return list(_measured(every, {code: _Clause(code) for code in codes}))


def attributes(every: Sequence[Judged]) -> list[Figures]:
    """Return the figures of each attribute that a label speaks of, and of any flag at all."""
    return list(_measured(every, {name: _Attribute(name) for name in (ANY, *HEADS)}))


class _Clause:
    """What is true, found and scored of a clause."""

    def __init__(self, code: str) -> None:
        self.code = code

    def truth(self, row: Labelled) -> bool | None:
        return row.breaks(self.code)

    def score(self, one: Judged) -> float | None:
        return None if self.code in one.verdict.not_covered else one.verdict.scores.get(self.code, 0.0)

    def found(self, those: Sequence[Judged]) -> tuple[Truth, Truth] | None:
        found, held = [one.finds(self.code) for one in those], [one.holds(self.code) for one in those]
        return np.array(found, bool), np.array(held, bool)


class _Attribute:
    """What is true and scored of an attribute: whatever the thresholds, nothing is found."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.code = HEADS.get(name, "")

    def truth(self, row: Labelled) -> bool | None:
        if self.name == ANY:
            return False if row.clean else any(row.labels.values()) or None
        return row.labels.get(self.code)

    def score(self, one: Judged) -> float | None:
        scores = one.verdict.attributes
        if "TOXICITY" not in scores:  # no model reads the language: what lists alone noticed is no probability
            return None
        return max(scores.values()) if self.name == ANY else scores.get(self.name, 0.0)

    def found(self, those: Sequence[Judged]) -> tuple[Truth, Truth] | None:
        return None


def _measured(every: Sequence[Judged], wanted: Mapping[str, _Clause | _Attribute]) -> Iterator[Figures]:
    for name, view in wanted.items():
        known = [one for one in every if view.truth(one.row) is not None]
        kinds: tuple[Kind, ...] = ("set", "source", "language")
        for kind in kinds:
            for among, those in _by(known, kind).items():
                read = [one for one in those if view.score(one) is not None]
                yield _figures((kind, among, name), view, read, len(those) - len(read))


def _by(every: Iterable[Judged], kind: Kind) -> dict[str, list[Judged]]:
    """Return the rows per set or language, or per source of the sets that name any."""
    found: dict[str, list[Judged]] = {}
    for one in every:
        if kind == "source" and not one.row.source:
            continue
        among = {"set": one.row.set, "language": one.row.language, "source": f"{one.row.set}: {one.row.source}"}[kind]
        found.setdefault(among, []).append(one)
    return found


def _figures(
    where: tuple[Kind, str, str], view: _Clause | _Attribute, those: Sequence[Judged], not_covered: int
) -> Figures:
    truth: Truth = np.array([bool(view.truth(one.row)) for one in those], bool)
    scores: Scores = np.array([view.score(one) or 0.0 for one in those], np.float64)
    found, held = view.found(those) or (None, None)
    curves = ranked(truth, scores, found)
    roc, area, f1 = (curves.roc, curves.precision_recall, curves.f1) if curves else (None, None, None)
    tenths = reliability(truth, scores)
    shares: list[Share | None] = [None] * 4
    if found is not None and held is not None:
        right = int((found & truth).sum())
        shares = [
            share(right, int(found.sum())), share(right, int(truth.sum())),
            share(int((held & ~truth).sum()), int((~truth).sum())),
            share(int((found & ~truth).sum()), int((~truth).sum())),
        ]  # fmt: skip
    precision, recall, wrongly_held, wrongly_found = shares
    return Figures(
        *where, len(those), int(truth.sum()), sum(one.row.is_weak(view.code) for one in those), not_covered,
        precision, recall, f1, wrongly_held, wrongly_found, roc, area, calibration_error(tenths), tenths,
    )  # fmt: skip
