"""A head that a newsroom's own decisions made: a small linear reading of what the encoder says of a text."""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORM = "broadsheet-head/1"
FARTHEST = 12.0  # a shipped score's log odds count up to here: beyond, they say no more
SCALED = 4.0  # log odds of shipped heads are divided by it, so that they weigh about as much as the embedding
Numbers = NDArray[np.float64]


class HeadError(RuntimeError):
    """A learned head is missing, damaged, of another model, or was never switched on; the message says which."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a head learned from: decisions for and against the clause after near copies were made one; what was left out."""

    breaking: int
    kept: int
    copies: int = 0
    other_language: int = 0
    unreadable: int = 0
    examples: int = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share or an area under the ROC curve, with the interval that holds the true one 95 times of 100."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Quality:
    """How well the head told decisions it had not learned from; `shipped` is the shipped score's AUROC on the same."""

    folds: int
    auroc: Estimate
    precision: Estimate | None  # at the threshold; None where nothing reached it
    recall: Estimate
    shipped: Estimate | None


@dataclass(frozen=True, slots=True)
class SwitchedOn:
    """By whom and when a head was switched on, after which back-test; `reason` where that back-test was against it."""

    by: str
    at: datetime
    judged: int
    wrong_before: int
    wrong_after: int
    reason: str = ""
    overridden: str = ""


@dataclass(frozen=True, slots=True)
class LearnedHead:
    """One clause's head. `base` is the shipped head whose score it corrects; None for a clause that has none.

    `until` is the time of the latest decision it learned from; `model` the fingerprint of the encoder it stands on.
    The weights are those of the embedding, then one for each of `heads`.
    """

    clause: str
    version: int
    base: str | None
    threshold: float
    made: date
    until: datetime
    model_version: int
    model: str
    heads: tuple[str, ...]
    weights: tuple[float, ...]
    intercept: float
    scale: float
    shift: float
    counts: Counts
    quality: Quality
    switched_on: SwitchedOn | None = None

    @property
    def identity(self) -> str:
        """What tells this head from any other, switched on or not."""
        return _digest(_plain(replace(self, switched_on=None)))

    def score(self, embedding: Sequence[float] | NDArray[Any], scores: Mapping[str, float]) -> float:
        """Return how likely people decide that the text breaks the clause, 0 to 1. Raises where the reading doesn't fit."""
        if len(embedding) + len(self.heads) != len(self.weights) or not set(self.heads) <= set(scores):
            raise HeadError(f"The learned head of {self.clause} doesn't fit what the model says: learn it again.")
        features = features_of(np.asarray(embedding, np.float64)[None], log_odds([scores], self.heads))
        start = float(log_odds([scores], (self.base,))[0, 0]) if self.base else 0.0
        raw = start + float((features @ np.array(self.weights))[0]) + self.intercept
        return 1 / (1 + math.exp(-(self.scale * raw + self.shift)))


def log_odds(scores: Sequence[Mapping[str, float]], heads: Sequence[str]) -> Numbers:
    """Return the log odds of the heads' scores, a row for each text."""
    found = np.array([[each[head] for head in heads] for each in scores], np.float64).reshape(len(scores), len(heads))
    least = 1 / (1 + math.exp(FARTHEST))
    found = np.clip(found, least, 1 - least)
    odds: Numbers = np.log(found / (1 - found))
    return odds


def features_of(embeddings: Numbers, odds: Numbers) -> Numbers:
    """Return what weights are applied to, a row for each text."""
    return np.hstack([embeddings, odds / SCALED])


def written(head: LearnedHead) -> str:
    """Return the head as a file: JSON with the SHA-256 of what it says."""
    content = _plain(head)
    return json.dumps({"form": FORM, "sha256": _digest(content), "head": content}, ensure_ascii=False) + "\n"


def read(text: str) -> LearnedHead:
    """Return the head that a file holds, or raise `HeadError` where it is damaged or of another form."""
    try:
        file = json.loads(text)
        if file["form"] != FORM:
            raise HeadError(f"The learned head has the form {file['form']!r}, not {FORM!r}: learn it again.")
        content = file["head"]
        if _digest(content) != file["sha256"]:
            raise HeadError("The learned head is damaged: its content is not what its SHA-256 says. Learn it again.")
        return _head(content)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise HeadError(f"The learned head can't be read: {type(error).__name__}. Learn it again.") from None


def _plain(head: LearnedHead) -> dict[str, Any]:
    content = asdict(head)
    for name in ("made", "until"):
        content[name] = content[name].isoformat()
    if content["switched_on"]:
        content["switched_on"]["at"] = content["switched_on"]["at"].isoformat()
    return content


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _head(content: dict[str, Any]) -> LearnedHead:
    quality, switched = content["quality"], content["switched_on"]
    head = LearnedHead(**{
        **content,
        "made": date.fromisoformat(content["made"]),
        "until": datetime.fromisoformat(content["until"]),
        "heads": tuple(content["heads"]),
        "weights": tuple(map(float, content["weights"])),
        "counts": Counts(**content["counts"]),
        "quality": Quality(
            quality["folds"],
            Estimate(**quality["auroc"]),
            _estimate(quality["precision"]),
            Estimate(**quality["recall"]),
            _estimate(quality["shipped"]),
        ),
        "switched_on": SwitchedOn(**{**switched, "at": datetime.fromisoformat(switched["at"])}) if switched else None,
    })  # fmt: skip
    numbers = (*head.weights, head.intercept, head.scale, head.shift, head.threshold)
    if not all(map(math.isfinite, numbers)) or not 0 <= head.threshold <= 1:
        raise HeadError("The learned head holds numbers that are none: learn it again.")
    return head


def _estimate(value: dict[str, float] | None) -> Estimate | None:
    return Estimate(**value) if value else None
