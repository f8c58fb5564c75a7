"""What returned mail and complaints mean for an address."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from broadsheet.notifications.conf import (
    HARD_RETURNS,
    LONGEST_RETURN_PAUSE,
    RETURN_PAUSE,
    RETURNS_COUNT_FOR,
    SOFT_RETURNS,
)
from broadsheet.notifications.models.returned_mail import ReturnKind, StopWhy

_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
# RFC 3463 §3: the mailbox is full (2.2), the mail is too long (2.3), their system is at fault (3), it expired on the way
# (4), its form (5, 6) or its sender (7) was not liked: the address itself may be right.
_PASSING = re.compile(r"5\.(?:2\.[23]|[34567]\.\d+)")


@dataclass(frozen=True, slots=True)
class Event:
    """One mail that came back, or one complaint."""

    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Why an address gets no optional mail, empty where it gets it; a pause has an end."""

    why: str = ""
    until: datetime | None = None


def status_of(text: str) -> str:
    """Return the status code at the beginning of the text (RFC 3463 §2), empty where there is none."""
    found = _STATUS.match(text.strip())
    return found[0] if found else ""


def kind_of(status: str) -> ReturnKind:
    """Return what the status of a failed delivery says of the address; what says nothing of it is passing."""
    hard = status.startswith("5.") and not _PASSING.fullmatch(status)
    return ReturnKind.HARD if hard else ReturnKind.SOFT


def standing_of(events: Iterable[Event], now: datetime) -> Standing:
    """Return how an address stands after what happened to mail to it in the time that counts.

    One complaint, the second mail to a mailbox that isn't there, and the fifth that was not taken for another reason
    end optional mail. Before that, each that was not taken lets it rest, twice as long as the one before.
    """
    lately = [event for event in events if now - event.at < RETURNS_COUNT_FOR]
    count = {kind: sum(event.kind == kind for event in lately) for kind in ReturnKind}
    if count[ReturnKind.COMPLAINT]:
        return Standing(StopWhy.COMPLAINT)
    if count[ReturnKind.HARD] >= HARD_RETURNS or count[ReturnKind.HARD] + count[ReturnKind.SOFT] >= SOFT_RETURNS:
        return Standing(StopWhy.BOUNCES)
    if not lately:
        return Standing()
    pause = min(RETURN_PAUSE * (1 << (len(lately) - 1)), LONGEST_RETURN_PAUSE)
    until = max(event.at for event in lately) + pause
    return Standing(StopWhy.PAUSE, until) if until > now else Standing()
