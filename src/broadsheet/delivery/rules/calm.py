"""Keys that change all the time: pages that name them follow a few seconds later instead of at once (design §6).

`thread:` is touched by every new comment, which readers see by the live stream meanwhile.
"""

from math import ceil

CALM = "thread:"
EVERY_SECONDS = 5.0


def is_calm(key: str) -> bool:
    """Return whether what changed may be shown a few seconds later."""
    return key.startswith(CALM)


def next_turn(key: str, now: float) -> float:
    """Return when pages naming the key are renewed next, by the clock of all machines.

    The turns of a key are `EVERY_SECONDS` apart and the same in every process, so that several of them renew a page
    once; those of different keys are spread.
    """
    offset = (sum(key.encode()) * 0.618034) % 1 * EVERY_SECONDS
    return ceil((now - offset + 0.001) / EVERY_SECONDS) * EVERY_SECONDS + offset
