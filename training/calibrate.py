"""Scores that mean something: logits of development rows against what people said of them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from broadsheet.standards.evaluation.heldout import NEWS
from training.heads import HEADS
from training.rows import RARE, Row

SHARE = 0.01  # of a newspaper's comments that break a rare clause
LEAST = 25  # rows of each kind; with fewer a head keeps its logits


def calibration(
    logits: NDArray[np.float32], rows: Sequence[Row], trust: NDArray[np.float32], labels: NDArray[np.float32]
) -> Mapping[str, tuple[float, float]]:
    """Return scale and shift of each other head's logit, fitted on development rows.

    Sources count alike, whatever their size, but news comments count double: they are what is judged.
    """
    found: dict[str, tuple[float, float]] = {}
    sources = np.array([row.source for row in rows])
    for at, head in enumerate(HEADS):
        if head in RARE:
            continue
        known = trust[:, at] > 0
        truth = labels[:, at] > 0.5
        weights = np.zeros(len(rows))
        for source in np.unique(sources[known]):
            there = known & (sources == source)
            weights[there] = (2.0 if source == NEWS else 1.0) / there.sum()
        if min((truth & known).sum(), (~truth & known).sum()) < LEAST:
            found[head] = (1.0, 0.0)
            continue
        fitted = LogisticRegression(C=100.0).fit(
            logits[known, at : at + 1], truth[known], sample_weight=weights[known] * 1000
        )
        found[head] = (max(0.2, float(fitted.coef_[0, 0])), float(fitted.intercept_[0]))
    return found


def calibration_of_rare(logits: NDArray[np.float32], truth: NDArray[np.bool_]) -> Mapping[str, tuple[float, float]]:
    """Return scale and shift of the rare heads' logits, of rows that these heads did not learn from.

    A score is to say how likely a comment breaks the clause in a newspaper, of whose comments `SHARE` do, and not among
    pairs of which every second one does.
    """
    found: dict[str, tuple[float, float]] = {}
    ordinary = ~truth.any(axis=1)
    for at, head in enumerate(RARE):
        true = truth[:, at]
        counted = true | ordinary
        weights = np.where(true, SHARE / true.sum(), (1 - SHARE) / ordinary.sum())[counted] * counted.sum()
        fitted = LogisticRegression(C=100.0).fit(logits[counted, at : at + 1], true[counted], sample_weight=weights)
        found[head] = (max(0.2, float(fitted.coef_[0, 0])), float(fitted.intercept_[0]))
    return found


def reliability(scores: NDArray[np.float64], truth: NDArray[np.bool_], bins: int = 10) -> list[dict[str, Any]]:
    """Return per tenth of the scale how many rows there are, their mean score, and how many of them were true."""
    place = np.minimum((scores * bins).astype(int), bins - 1)
    return [
        {"from": at / bins, "rows": int((place == at).sum()), "score": float(scores[place == at].mean()), "true": float(truth[place == at].mean())}
        for at in range(bins)
        if (place == at).any()
    ]  # fmt: skip
