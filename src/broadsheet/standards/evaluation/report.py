"""Everything that is measured in one run, as plain values."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from broadsheet.standards.evaluation import clean, measuring
from broadsheet.standards.evaluation.choosing import scored
from broadsheet.standards.evaluation.failures import Failure, worst
from broadsheet.standards.evaluation.figures import Share
from broadsheet.standards.evaluation.heldout import NEWS
from broadsheet.standards.evaluation.judged import Judged, served
from broadsheet.standards.evaluation.labelled import Labelled
from broadsheet.standards.model.encoder import MANIFEST, SHIPPED
from broadsheet.standards.rulebook import Rulebook
from broadsheet.standards.senses import Senses

NGRAMS = "ngrams"  # the folder of the models of other languages


@dataclass(frozen=True, slots=True)
class Used:
    """A clause's use of a model: its threshold, and how many clean news comments reach it.

    `chosen_on` are the comments that thresholds are chosen on, `measured` others.
    """

    clause: str
    detector: str
    head: str
    handling: str
    threshold: float
    chosen_on: Share | None
    measured: Share | None


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured, with which rulebook and model."""

    rulebook: int
    model: Mapping[str, Any]  # the manifest
    wholes: Sequence[clean.Whole]
    clauses: Sequence[measuring.Figures]
    attributes: Sequence[measuring.Figures]
    groups: Sequence[clean.Group]
    news: clean.News | None
    failures: Sequence[Failure]
    thresholds: Sequence[Used] = ()

    def plain(self) -> dict[str, Any]:
        """Return what `json.dumps` writes; no text of a comment is in it."""
        return asdict(self)


def report(
    every: Sequence[Judged], rulebook: Rulebook, only: Collection[str] = (), thresholds: Sequence[Used] = ()
) -> Report:
    """Return the figures of judged rows; of the clauses `only`, where any are named."""
    codes = [code for code in served(rulebook) if not only or code in only]
    figures = measuring.clauses(every, codes)
    groups = clean.groups(every)
    return Report(
        rulebook.version, manifest(), clean.wholes(every), figures, measuring.attributes(every), groups,
        clean.news(every), worst(figures, groups), thresholds,
    )  # fmt: skip


def manifest(folder: Path = SHIPPED) -> dict[str, Any]:
    """Return the manifest of the model; under `ngrams` that of the models of other languages, where there are any."""
    found: dict[str, Any] = _json(folder / MANIFEST)
    others = folder / NGRAMS / MANIFEST
    return found | ({NGRAMS: _json(others)} if others.is_file() else {})


def _json(file: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return read


def used(chosen_on: Sequence[Labelled], measured: Sequence[Labelled], rulebook: Rulebook, senses: Senses) -> list[Used]:
    """Return every use of a model that reads clean news comments; the rows are those to choose on and those to measure on."""
    parts = [
        scored([row for row in rows if row.set == NEWS and row.clean], rulebook, senses)
        for rows in (chosen_on, measured)
    ]
    found = []
    for dev, test in zip(*parts, strict=True):
        value = dev.use.threshold
        wrong = [one.reached(np.ones(len(one.scores), bool), value) for one in (dev, test)]
        if any(wrong):
            found.append(Used(dev.clause, dev.use.name, dev.head, dev.use.handling, value, *wrong))
    return found
