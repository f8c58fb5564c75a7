"""Shares and areas with honest intervals, also where there is little to go by."""

import math

import numpy as np
from numpy.typing import NDArray

from broadsheet.standards.model.learned import Estimate

Z = 1.959964  # 95 times of 100


def share(hits: int, of: int) -> Estimate:
    """Return a share with Wilson's interval; of nothing, everything is possible."""
    if of == 0:
        return Estimate(0.0, 0.0, 1.0)
    found, square = hits / of, Z * Z / of
    middle = (found + square / 2) / (1 + square)
    reach = Z * math.sqrt(found * (1 - found) / of + square / (4 * of)) / (1 + square)
    return Estimate(found, max(0.0, min(found, middle - reach)), min(1.0, max(found, middle + reach)))


def auroc(scores: NDArray[np.float64], labels: NDArray[np.bool_]) -> Estimate:
    """Return how often a breaking row scores above a kept one, with Newcombe's interval (2006, method 5).

    The interval has a width also where the rows at hand are told apart without a mistake.
    """
    breaking, kept = int(labels.sum()), int((~labels).sum())
    if not breaking or not kept:
        return Estimate(0.5, 0.0, 1.0)
    _, where, many = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(many) - (many - 1) / 2)[where]
    area = float((ranks[labels].sum() - breaking * (breaking + 1) / 2) / (breaking * kept))

    def spread(true: float) -> float:
        half = (breaking + kept) / 2 - 1
        return true * (1 - true) * (1 + half * (1 - true) / (2 - true) + half * true / (1 + true)) / (breaking * kept)

    def edge(near: float, far: float) -> float:
        for _ in range(60):  # the farthest area from which the one at hand is no surprise
            middle = (near + far) / 2
            if abs(middle - area) <= Z * math.sqrt(spread(middle)):
                near = middle
            else:
                far = middle
        return near

    return Estimate(area, edge(area, 0.0), edge(area, 1.0))


def surprise(gained: int, lost: int) -> float:
    """Return how likely so uneven a pair of counts is where both are equally likely (sign test, two-sided)."""
    most, of = max(gained, lost), gained + lost
    if of > 1000:
        return math.erfc(max(0.0, abs(gained - lost) - 1) / math.sqrt(2 * of))
    tail: float = sum(math.comb(of, at) for at in range(most, of + 1)) / 2**of
    return min(1.0, 2 * tail)
