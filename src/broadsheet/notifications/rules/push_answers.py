"""What a push service's answer says, and when a message that it did not take is tried again (RFC 8030 §5, §8.4)."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum

from broadsheet.notifications.conf import PUSH_FIRST_RETRY, PUSH_GIVE_UP, PUSH_LONGEST_RETRY
from broadsheet.notifications.rules.retrying import spread


class Outcome(Enum):
    """What became of one request."""

    ACCEPTED = "accepted"
    GONE = "gone"  # the browser withdrew, or is no more: the subscription is dropped
    LATER = "later"
    FAILED = "failed"  # this message will never be taken


def outcome_of(status: int) -> Outcome:
    """Return what the status says. A redirect is not followed: the service vouched for this address alone.

    401 and 403 say that the service doesn't believe who sends; a wrong clock or key is ours to mend, and no reader's
    subscription is lost by it.
    """
    if 200 <= status < 300:
        return Outcome.ACCEPTED
    if status in {404, 410}:
        return Outcome.GONE
    if status in {401, 403, 408, 425, 429} or not 200 <= status < 500:
        return Outcome.FAILED if 300 <= status < 400 else Outcome.LATER
    return Outcome.FAILED


def retry_after(value: str, now: datetime) -> timedelta | None:
    """Return how long a service asks to be left alone, at most our longest pause; None where it doesn't say."""
    if re.fullmatch(r"[0-9]{1,9}", value.strip()):
        wait = timedelta(seconds=int(value))
    else:
        try:
            at = parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError):
            return None
        wait = at.replace(tzinfo=at.tzinfo or UTC) - now
    return min(max(wait, timedelta(0)), PUSH_LONGEST_RETRY)


def next_push(
    *, attempts: int, failing_since: datetime, now: datetime, chance: float, asked: timedelta | None = None
) -> datetime | None:
    """Return when a message that failed `attempts` times is due again, None where it has failed for too long.

    The waits double; a service that asks for a longer one has it.
    """
    if now - failing_since >= PUSH_GIVE_UP:
        return None
    wait = min(PUSH_FIRST_RETRY * (1 << min(max(attempts, 1) - 1, 20)), PUSH_LONGEST_RETRY) * spread(chance)
    return now + max(wait, asked or timedelta(0))
