"""How many findings a day are no surprise, told by the same hours of the days before."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
ODD = 1e-3  # a day less likely than this is no ordinary day
SHRUNK = 20.0  # findings that a weekday counts as if it were like all others
AT_LEAST = 0.01  # spread of the rate from day to day, as a share squared: a tenth up or down is never odd
DROPPED = 0.25  # of the past days may be odd themselves; where more are, they are what is usual
MAD = 1.4826  # makes the median distance from the median a standard deviation


@dataclass(frozen=True, slots=True)
class Day:
    """A day's findings among the comments judged; `weekday` 0 to 6."""

    found: int
    judged: int
    weekday: int


@dataclass(frozen=True, slots=True)
class Usual:
    """What a day may be expected to hold: a mean number of findings, and how far days differ beyond mere chance."""

    mean: float
    spread: float

    def tail(self, found: int) -> float:
        """Return how likely a day is at least as far off on the side where `found` lies (negative binomial)."""
        if found >= self.mean:
            return 1 - self._below(found)
        return self._below(found + 1)

    def _below(self, number: int) -> float:
        """Return how likely a day holds fewer findings than the number."""
        if number <= 0:
            return 0.0
        size = 1 / self.spread
        rest = self.mean / (self.mean + size)
        at = np.arange(1, number, dtype=np.float64)
        start = size * math.log1p(-rest)
        logs = np.concatenate([[start], start + np.cumsum(np.log((at + size - 1) / at) + math.log(rest))])
        return min(1.0, float(np.exp(logs).sum()))


def usual(past: Sequence[Day], today: Day) -> Usual:
    """Return what the past days let expect of today's comments; past days that were odd themselves count for nothing."""
    found = np.array([day.found for day in past], np.float64)
    judged = np.array([day.judged for day in past], np.float64)
    weekdays = np.array([day.weekday for day in past])
    all_days = np.ones(len(past), bool)
    means = _means(found, judged, weekdays, all_days)
    spread = _robust(found, means)  # one odd day among them doesn't move it, and so can't hide behind it
    odd = np.array([Usual(mean, spread).tail(int(one)) < ODD for one, mean in zip(found, means, strict=True)])
    kept = ~odd if odd.mean() <= DROPPED else all_days
    means = _means(found, judged, weekdays, kept)
    spread = max(spread, _moments(found[kept], means[kept]))
    rate = _rate(found, judged, kept)
    share = _weekday_shares(found, judged * rate, weekdays, kept, today.weekday)
    doubt = 1 / (found[kept].sum() + 0.5) + spread / int(kept.sum())  # the mean itself is not known exactly
    return Usual(max(today.judged * rate * float(share[0]), 1e-9), spread + min(doubt, 1.0))


def _weekday_shares(
    found: Numbers, means: Numbers, weekdays: NDArray[np.int64], kept: NDArray[np.bool_], only: int | None = None
) -> Numbers:
    """Return how each day's weekday stands to all days; of one weekday alone where it is named."""
    which = weekdays if only is None else np.array([only])
    shares = {}
    for weekday in set(which.tolist()):
        here = kept & (weekdays == weekday)
        shares[weekday] = (found[here].sum() + SHRUNK) / (means[here].sum() + SHRUNK)
    return np.array([shares[weekday] for weekday in which.tolist()])


def _rate(found: Numbers, judged: Numbers, kept: NDArray[np.bool_]) -> float:
    return float((found[kept].sum() + 0.5) / (judged[kept].sum() + 1))


def _means(found: Numbers, judged: Numbers, weekdays: NDArray[np.int64], kept: NDArray[np.bool_]) -> Numbers:
    """Return what each day was to hold by the rate of the days kept, and by its weekday."""
    flat = judged * _rate(found, judged, kept)
    return np.maximum(flat * _weekday_shares(found, flat, weekdays, kept), 1e-9)


def _moments(found: Numbers, means: Numbers) -> float:
    """Return the spread of days beyond chance, as their variance tells."""
    return min(2.0, max(AT_LEAST, float(((found - means) ** 2 - means).sum() / (means**2).sum())))


def _robust(found: Numbers, means: Numbers) -> float:
    """Return the same as the median distance from the median tells."""
    ratios = found / means
    distance = MAD * float(np.median(np.abs(ratios - np.median(ratios))))
    return min(2.0, max(AT_LEAST, distance**2 - float(np.mean(1 / np.maximum(means, 1.0)))))
