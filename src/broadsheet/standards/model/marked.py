"""Which words of a text are named for a score: those that speak most for it."""

from collections.abc import Iterable

SHARE = 0.6  # of what speaks for a score is in the words that are named
Weighed = tuple[int, int, float]  # start and end in the original, and how much the words there speak for the score


def marked(weights: Iterable[Weighed]) -> tuple[tuple[int, int], ...]:
    """Return the heaviest words that together have the share, in the order of the text."""
    heaviest = sorted(weights, key=lambda one: -one[2])
    whole, kept = sum(one[2] for one in heaviest), 0.0
    named: list[tuple[int, int]] = []
    for start, end, weight in heaviest:
        if kept >= SHARE * whole:
            break
        named.append((start, end))
        kept += weight
    return tuple(sorted(named))
