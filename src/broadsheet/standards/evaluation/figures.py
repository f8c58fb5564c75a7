"""Figures with their intervals: shares, areas under curves, reliability. Pure arithmetic, the same every time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Truth = NDArray[np.bool_]
Scores = NDArray[np.float64]
SURE = 1.959963984540054  # standard deviations: intervals hold 95 %
DRAWS, SEED = 200, 1  # resamples of a bootstrap interval


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the Wilson interval of 95 %. `of` is at least 1."""

    count: int
    of: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval of 95 %, from a bootstrap that keeps how many rows are true and how many are not."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Tenth:
    """The rows whose score is from `start` on and below `start` + 0.1 (the last one holds 1, too)."""

    start: float
    rows: int
    score: float  # mean
    true: Share


@dataclass(frozen=True, slots=True)
class Ranked:
    """How well scores tell true rows from others: areas under the curves, F1 of what was found."""

    roc: Estimate
    precision_recall: Estimate
    f1: Estimate | None


def share(count: int, of: int) -> Share | None:
    """Return the share with its interval (E. B. Wilson, 1927); None of nothing."""
    return _share(count, of) if of else None


def _share(count: int, of: int) -> Share:
    value, square = count / of, SURE * SURE
    middle = (value + square / (2 * of)) / (1 + square / of)
    half = SURE / (1 + square / of) * float(np.sqrt(value * (1 - value) / of + square / (4 * of * of)))
    return Share(count, of, value, max(0.0, min(value, middle - half)), min(1.0, max(value, middle + half)))


def ranked(truth: Truth, scores: Scores, found: Truth | None = None) -> Ranked | None:
    """Return the areas under the ROC curve and under precision and recall (average precision), equal scores taken together.

    With `found`, F1 of it. None where all rows are true, or none is.
    """
    if not truth.any() or truth.all():
        return None
    order = np.argsort(-scores, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(scores[order])), len(order) - 1)
    weights = np.concatenate([np.ones((1, len(order))), _draws(truth[order])])
    true = np.cumsum(weights * truth[order], axis=1)[:, ends]
    false = np.cumsum(weights * ~truth[order], axis=1)[:, ends]
    more_true, more_false = (np.diff(counts, axis=1, prepend=0) for counts in (true, false))
    all_true, all_false = true[:, -1:], false[:, -1:]
    roc = ((true - more_true / 2) * more_false / (all_true * all_false)).sum(axis=1)
    with np.errstate(invalid="ignore"):  # a resample may lack the first scores: 0 of 0 weighs nothing
        area = np.nan_to_num(more_true / all_true * true / (true + false)).sum(axis=1)
    f1 = None
    if found is not None:
        right = (weights * (truth & found)[order]).sum(axis=1)
        f1 = _estimate(2 * right / ((weights * found[order]).sum(axis=1) + all_true[:, 0]))
    return Ranked(_estimate(roc), _estimate(area), f1)


def _draws(truth: Truth) -> NDArray[np.float64]:
    """Return how often each resample has each row: as many true ones and others as there are."""
    random = np.random.default_rng(SEED)
    weights = np.zeros((DRAWS, len(truth)))
    for side in (truth, ~truth):
        count = int(side.sum())
        weights[:, side] = random.multinomial(count, np.full(count, 1 / count), size=DRAWS)
    return weights


def _estimate(values: NDArray[np.float64]) -> Estimate:
    """Return the first value as the estimate, the middle 95 % of the others as its interval."""
    value = float(values[0])
    low, high = (float(one) for one in np.quantile(values[1:], (0.025, 0.975)))
    return Estimate(value, min(low, value), max(high, value))


def reliability(truth: Truth, scores: Scores) -> tuple[Tenth, ...]:
    """Return, per tenth of the scale that has rows, their mean score and how many of them are true."""
    place = np.minimum((scores * 10).astype(int), 9)
    found = []
    for at in range(10):
        there = place == at
        if there.any():
            true = _share(int(truth[there].sum()), int(there.sum()))
            found.append(Tenth(at / 10, true.of, float(scores[there].mean()), true))
    return tuple(found)


def calibration_error(tenths: Sequence[Tenth]) -> float:
    """Return how far scores are from the share of true rows, on average over the rows (expected calibration error)."""
    rows = sum(one.rows for one in tenths)
    return sum(one.rows * abs(one.score - one.true.value) for one in tenths) / rows if rows else 0.0


@dataclass(frozen=True, slots=True)
class Threshold:
    """A threshold, in thousandths, and how many clean rows reach it; None where even 1 lets too many reach it."""

    value: float | None
    wrong: Share


def threshold(scores: Scores, clean: Truth, rate: float) -> Threshold:
    """Return the smallest threshold that at most `rate` of the clean rows reach. Raises `ValueError` without clean rows."""
    those = scores[clean]
    if not len(those):
        raise ValueError("there is no clean row to choose a threshold on")
    allowed = int(np.floor(rate * len(those) + 1e-9))
    limiting = np.sort(those)[::-1][allowed] if allowed < len(those) else 0.0  # has to stay below
    step = int(limiting * 1000)
    while step < 1000 and (those >= step / 1000).sum() > allowed:
        step += 1
    wrong = _share(int((those >= step / 1000).sum()), len(those))
    return Threshold(step / 1000 if wrong.count <= allowed else None, wrong)
