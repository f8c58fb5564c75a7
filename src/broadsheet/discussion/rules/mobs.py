"""When a comment belongs to a flash mob that is known."""

from collections.abc import Mapping

from broadsheet.standards.text.fingerprint import OF_CORE


def joined(votes: Mapping[int, int], near: int) -> int | None:
    """Return the mob that a comment joins: the one to which two in five of its copies belong, of several the largest.

    `votes` are how many of its `near` copies each mob has. None where it joins none.
    """
    best = max(votes, key=lambda mob: (votes[mob], -mob), default=None)
    return best if best is not None and votes[best] >= OF_CORE * near else None
