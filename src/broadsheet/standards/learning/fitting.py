"""A regularised logistic regression that a few wrong labels don't turn, and probabilities it gives to rows it never saw."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
FLIPPED = 0.05  # of labels are taken to be mistakes: a row that contradicts everything else loses its weight
STEPS, CLOSE, LEAST_STEP = 25, 1e-6, 1e-4
SPREADS = (1.0, 2.0, 4.0)  # how far from its start a weight is expected, tried from little to much
SPREAD = 2.0  # where there are too few rows to choose
ENOUGH = 40  # rows from which on a spread is chosen
CORRECTING = 0.25  # of a spread is left to what only corrects a shipped score
TASTE = 0.1  # of a spread is left to the weights of the shipped heads' log odds
FREE, HELD = 10.0, 0.5  # how far the intercept may go: of a new clause; of a shipped score that is corrected
ALONE, FOLDS = 40, 5  # up to so many rows each is left out by itself, of more a fifth at a time
SURE = 12.0  # rows that calibration counts as if they said: the scores are right as they are


@dataclass(frozen=True, slots=True)
class Rows:
    """What is fitted: features (row, feature), the log odds each row starts from, labels 0 to 1, weights, and `corrects`.

    `folds` says with which others a row is left out; -1 for rows that are always learned from and never judged.
    """

    features: Numbers
    starts: Numbers
    labels: Numbers
    weights: Numbers
    folds: NDArray[np.int64]
    embedded: int  # so many of the features are the embedding's
    corrects: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights with intercept, and the calibration after them; `unseen` are the probabilities of rows left out."""

    weights: Numbers
    intercept: float
    scale: float
    shift: float
    unseen: Numbers


def fitted(rows: Rows) -> Fit:
    """Return the fit of all rows, with the spread that told rows left out best; the same rows give the same fit."""
    judged = rows.folds >= 0
    spreads = SPREADS if judged.sum() >= ENOUGH else (SPREAD,)
    best: tuple[float, float, Numbers] | None = None
    for spread in spreads:
        raw = _left_out(rows, spread)
        loss = _loss(raw[judged], rows.labels[judged])
        if best is None or loss < best[0] * 0.995:  # more freedom must show
            best = (loss, spread, raw)
    if best is None:
        raise ValueError("there is nothing to fit")
    _, spread, raw = best
    scale, shift = calibration(raw[judged], rows.labels[judged])
    weights, intercept = _fit(rows, np.ones(len(rows.labels), bool), _Space.of(rows, spread))
    unseen = np.full(len(rows.labels), np.nan)
    for fold in np.unique(rows.folds[judged]):
        here, others = judged & (rows.folds == fold), judged & (rows.folds != fold)
        own = calibration(raw[others], rows.labels[others])  # a row's own label has no part in its probability
        unseen[here] = chance(own[0] * raw[here] + own[1])
    return Fit(weights, intercept, scale, shift, unseen)


def chance(odds: Numbers) -> Numbers:
    """Return the probabilities that log odds stand for."""
    found: Numbers = 1 / (1 + np.exp(-np.clip(odds, -500, 500)))
    return found


def folds_of(labels: Numbers, order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return each row's fold: both kinds in every fold, dealt out in the given order."""
    if len(labels) <= ALONE:
        return np.argsort(order)
    found = np.zeros(len(labels), np.int64)
    for kind in (True, False):
        at = order[(labels[order] >= 0.5) == kind]
        found[at] = np.arange(len(at)) % FOLDS
    return found


def calibration(raw: Numbers, labels: Numbers) -> tuple[float, float]:
    """Return scale and shift of log odds (Platt), drawn towards 1 and 0 as by `SURE` rows."""
    scale, shift = 1.0, 0.0
    positive, negative = labels.sum(), (1 - labels).sum()
    targets = labels * (positive + 1) / (positive + 2) + (1 - labels) / (negative + 2)
    for _ in range(STEPS):
        chances = chance(scale * raw + shift)
        slack, curve = chances - targets, chances * (1 - chances)
        gradient = np.array([slack @ raw + SURE * (scale - 1), slack.sum() + SURE * shift])
        cross = curve @ raw
        bend = np.array([[curve @ raw**2 + SURE, cross], [cross, curve.sum() + SURE]])
        step = np.linalg.solve(bend, gradient)
        step *= min(1.0, 2.0 / (float(np.abs(step).max()) or 1.0))
        scale, shift = scale - step[0], shift - step[1]
        if np.abs(step).max() < CLOSE:
            break
    return (float(scale), float(shift)) if scale > 0 else (0.0, float(shift))


def _left_out(rows: Rows, spread: float) -> Numbers:
    """Return the log odds of each judged row by a fit without its fold."""
    raw = np.zeros(len(rows.labels))
    space = _Space.of(rows, spread)
    for fold in np.unique(rows.folds[rows.folds >= 0]):
        out = rows.folds == fold
        weights, intercept = _fit(rows, ~out, space)
        raw[out] = rows.starts[out] + rows.features[out] @ weights + intercept
    return raw


@dataclass(frozen=True, slots=True)
class _Space:
    """Rows turned so that all weights are drawn to nothing alike, in no more dimensions than there are rows."""

    places: Numbers
    back: Numbers  # (feature and intercept, dimension): makes weights of the features out of weights of the places

    @classmethod
    def of(cls, rows: Rows, spread: float) -> "_Space":
        """Return the space for a spread; the fit in it is the one of the features themselves."""
        spread *= CORRECTING if rows.corrects else 1
        reach = np.full(rows.features.shape[1] + 1, spread * TASTE)
        reach[: rows.embedded] = spread
        reach[-1] = HELD if rows.corrects else FREE
        places = np.hstack([rows.features, np.ones((len(rows.labels), 1))]) * reach
        if places.shape[0] >= places.shape[1]:
            return cls(places, np.diag(reach))
        turned, _ = np.linalg.qr(places.T)
        return cls(places @ turned, reach[:, None] * turned)


def _fit(rows: Rows, chosen: NDArray[np.bool_], space: _Space) -> tuple[Numbers, float]:
    """Return weights and intercept: the most likely ones, where labels may be wrong and weights are near nothing."""
    labels, importance, lean = rows.labels[chosen], rows.weights[chosen], 0.0
    if not rows.corrects:
        importance, lean = _balanced(labels, importance)
    weights = space.back @ _Likelihood(space.places[chosen], rows.starts[chosen], labels, importance).best()
    return weights[:-1], float(weights[-1]) - lean


@dataclass(frozen=True, slots=True)
class _Likelihood:
    """How likely weights are; its best ones are found by Fisher scoring, with steps that never make it worse."""

    places: Numbers
    starts: Numbers
    labels: Numbers
    importance: Numbers

    def best(self) -> Numbers:
        """Return the most likely weights."""
        weights: NDArray[Any] = np.zeros(self.places.shape[1])
        value = self._cost(weights)
        for _ in range(STEPS):
            step, size = self._step(weights), 1.0
            while (new := self._cost(weights - size * step)) > value:
                size /= 2
                if size < LEAST_STEP:
                    return weights
            weights, before, value = weights - size * step, value, new
            if before - value < CLOSE * (1 + abs(value)):
                break
        return weights

    def _step(self, weights: Numbers) -> Numbers:
        chances = chance(self.starts + self.places @ weights)
        likely = FLIPPED + (1 - 2 * FLIPPED) * chances
        slope = (1 - 2 * FLIPPED) * chances * (1 - chances)
        weight = self.importance / (likely * (1 - likely))
        gradient = self.places.T @ (weight * (likely - self.labels) * slope) + weights
        bend = (self.places * (weight * slope**2)[:, None]).T @ self.places + np.eye(len(weights))
        return np.asarray(np.linalg.solve(bend, gradient), np.float64)

    def _cost(self, weights: Numbers) -> float:
        likely = FLIPPED + (1 - 2 * FLIPPED) * chance(self.starts + self.places @ weights)
        likelihood = self.importance @ (self.labels * np.log(likely) + (1 - self.labels) * np.log(1 - likely))
        return float(-likelihood + weights @ weights / 2)


def _balanced(labels: Numbers, importance: Numbers) -> tuple[Numbers, float]:
    """Return weights that let both kinds count the same, and by how much that lifts the log odds."""
    breaking, kept = float(importance @ labels), float(importance @ (1 - labels))
    if not breaking or not kept:
        return importance, 0.0
    half = (breaking + kept) / 2
    return importance * (labels * half / breaking + (1 - labels) * half / kept), math.log(kept / breaking)


def _loss(raw: Numbers, labels: Numbers) -> float:
    scale, shift = calibration(raw, labels)
    chances = np.clip(chance(scale * raw + shift), 1e-6, 1 - 1e-6)
    return float(-np.mean(labels * np.log(chances) + (1 - labels) * np.log(1 - chances)))
