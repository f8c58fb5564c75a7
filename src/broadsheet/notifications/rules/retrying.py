"""When a message that failed is tried again, and when it is given up."""

from datetime import datetime

from broadsheet.notifications.conf import (
    FIRST_PAUSE,
    FIRST_RETRY,
    GIVE_UP,
    JITTER,
    LONGEST_PAUSE,
    LONGEST_RETRY,
)


def next_try(*, attempts: int, failing_since: datetime, now: datetime, chance: float) -> datetime | None:
    """Return when a message that failed `attempts` times is due again, None where it has failed for too long.

    The waits double from a minute to two hours; `chance`, from 0 to 1, makes each a fifth shorter or longer.
    """
    if now - failing_since >= GIVE_UP:
        return None
    wait = min(FIRST_RETRY * (1 << min(max(attempts, 1) - 1, 20)), LONGEST_RETRY)
    return now + wait * spread(chance)


def given_up(*, failing_since: datetime, now: datetime) -> bool:
    """Return whether a message has failed for too long to be tried once more."""
    return now - failing_since >= GIVE_UP


def pause(*, failures: int, chance: float) -> float:
    """Return for how many seconds a server that failed so often in a row is left alone."""
    return min(FIRST_PAUSE * (1 << min(max(failures, 1) - 1, 20)), LONGEST_PAUSE) * spread(chance)


def spread(chance: float) -> float:
    """Return the factor of a wait: from 1 − JITTER to 1 + JITTER."""
    return 1 + JITTER * (2 * chance - 1)
