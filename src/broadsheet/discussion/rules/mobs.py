"""When a comment belongs to a flash mob that is known, and when a mob is told of again."""

from collections.abc import Mapping

from broadsheet.standards.text.fingerprint import OF_CORE

GROWTH = 1.5  # a mob is told of again when it has grown by half: of two thousand comments, a desk hears sixteen times


def joined(votes: Mapping[int, int], near: int) -> int | None:
    """Return the mob that a comment joins: the one to which two in five of its copies belong, of several the largest.

    `votes` are how many of its `near` copies each mob has. None where it joins none.
    """
    best = max(votes, key=lambda mob: (votes[mob], -mob), default=None)
    return best if best is not None and votes[best] >= OF_CORE * near else None


def is_to_be_told(size: int, announced: int) -> bool:
    """Return whether a mob of this size is announced, that had `announced` comments the last time (0: never)."""
    return size > announced and size >= GROWTH * announced
