"""Stores what came of a message that was taken."""

import random
from datetime import datetime
from typing import Any

from broadsheet.kernel import clock
from broadsheet.notifications.models import Message, State
from broadsheet.notifications.rules.answers import Meaning
from broadsheet.notifications.rules.retrying import given_up, next_try

LONGEST_CODE = 60


def settle(*, message: Message, carrier: str, meaning: Meaning, code: str = "") -> None:
    """Let a message that was tried be sent, due again later, or dead; nothing where it is no longer this carrier's."""
    now = clock.now()
    if meaning is Meaning.ACCEPTED:
        _end(message, carrier, State.SENT, attempts=message.attempts + 1, **ERASED)
        return
    since = message.failing_since or now
    failed = {"attempts": message.attempts + 1, "failing_since": since, "failed_with": code[:LONGEST_CODE]}
    due_at = _next(message, meaning, since, now)
    if due_at is None:
        _end(message, carrier, State.DEAD, **failed)
    else:
        _own(message, carrier).update(state=State.DUE, due_at=due_at, **FREE, **failed)


def drop(*, message: Message, carrier: str) -> None:
    """Let a message that is no longer due end without being sent."""
    _end(message, carrier, State.DROPPED, **ERASED)


def leave_unanswered(*, message: Message, carrier: str) -> None:
    """Let a message stand as handed over where nobody will ever see the answer; the desk can send it once more."""
    _end(message, carrier, State.UNANSWERED, attempts=message.attempts + 1)


def give_back(*, carrier: str, only: Message | None = None) -> int:
    """Let messages that this carrier has taken and not begun to hand over be due as they were; return how many."""
    own = Message.objects.filter(carrier=carrier, state=State.SENDING)
    if only is not None:
        own = Message.objects.filter(pk=only.pk, carrier=carrier)
    return own.update(state=State.DUE, **FREE)


FREE: dict[str, Any] = {"carrier": "", "claimed_until": None}
ERASED: dict[str, Any] = {"address": "", "values": {}, "failed_with": ""}


def _next(message: Message, meaning: Meaning, since: datetime, now: datetime) -> datetime | None:
    """Return when it is due again; a message that found no server keeps its place."""
    if meaning is Meaning.NEVER:
        return None
    if meaning is Meaning.NO_SERVER:
        return None if given_up(failing_since=since, now=now) else message.due_at
    chance = random.random()  # noqa: S311 - spreads waits, keeps no secret
    return next_try(attempts=message.attempts + 1, failing_since=since, now=now, chance=chance)


def _own(message: Message, carrier: str) -> Any:
    return Message.objects.filter(pk=message.pk, carrier=carrier, state__in=[State.SENDING, State.HANDING])


def _end(message: Message, carrier: str, state: State, **values: Any) -> None:
    _own(message, carrier).update(state=state, ended_at=clock.now(), **FREE, **values)
