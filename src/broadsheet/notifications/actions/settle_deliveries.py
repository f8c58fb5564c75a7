"""Stores what came of push deliveries that were taken."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from broadsheet.kernel import clock
from broadsheet.notifications.actions.withdraw_push import drop_push
from broadsheet.notifications.models import DeliveryState, PushDelivery, PushSubscription
from broadsheet.notifications.rules.push_answers import Outcome, next_push

FREE: dict[str, Any] = {"carrier": "", "claimed_until": None}
ENDS = {Outcome.ACCEPTED: DeliveryState.SENT, Outcome.GONE: DeliveryState.GONE, Outcome.FAILED: DeliveryState.FAILED}


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of one delivery; `asked` is how long its push service wants to be left alone."""

    delivery: PushDelivery
    outcome: Outcome
    code: str
    asked: timedelta | None = None


@transaction.atomic
def settle_deliveries(*, carrier: str, settled: Sequence[Settled]) -> None:
    """Let deliveries end or be due again, in one transaction; those that are no longer this carrier's stay as they are."""
    now = clock.now()
    ended: dict[tuple[str, str], list[PushDelivery]] = defaultdict(list)
    for one in settled:
        state: str | None = ENDS.get(one.outcome)
        if state is None:
            state = _later(one, carrier, now)
        if state is not None:
            ended[state, "" if state == DeliveryState.SENT else one.code[:40]].append(one.delivery)
    for (state, code), rows in ended.items():
        own = PushDelivery.objects.filter(pk__in=[row.pk for row in rows], carrier=carrier, state=DeliveryState.SENDING)
        own.update(state=state, ended_at=now, failed_with=code, attempts=F("attempts") + 1, **FREE)
        _note([row.subscription_id for row in rows], state, now)


def drop_deliveries(*, carrier: str, numbers: Sequence[int]) -> None:
    """Let deliveries that were taken end unsent: nobody is to get them any more."""
    own = PushDelivery.objects.filter(pk__in=numbers, carrier=carrier, state=DeliveryState.SENDING)
    own.update(state=DeliveryState.DROPPED, ended_at=clock.now(), **FREE)


def give_back_deliveries(*, carrier: str, numbers: Sequence[int] | None = None, due_at: datetime | None = None) -> int:
    """Let deliveries that were taken and not begun be due as they were, or at a later time; return how many."""
    own = PushDelivery.objects.filter(carrier=carrier, state=DeliveryState.SENDING)
    if numbers is not None:
        own = own.filter(pk__in=numbers)
    return own.update(state=DeliveryState.DUE, **FREE, **({"due_at": due_at} if due_at is not None else {}))


def leave_deliveries_unanswered(*, carrier: str, numbers: Sequence[int]) -> int:
    """Let deliveries stand as handed over where nobody will ever see the answer; return how many."""
    own = PushDelivery.objects.filter(pk__in=numbers, carrier=carrier, state=DeliveryState.SENDING)
    return own.update(state=DeliveryState.UNANSWERED, ended_at=clock.now(), attempts=F("attempts") + 1, **FREE)


def _later(one: Settled, carrier: str, now: datetime) -> str | None:
    """Let a delivery be due again; return the state in which it ends where it has failed for too long."""
    row = one.delivery
    since = row.failing_since or now
    chance = random.random()  # noqa: S311 - spreads waits, keeps no secret
    due_at = next_push(attempts=row.attempts + 1, failing_since=since, now=now, chance=chance, asked=one.asked)
    if due_at is None:
        return DeliveryState.FAILED
    own = PushDelivery.objects.filter(pk=row.pk, carrier=carrier, state=DeliveryState.SENDING)
    own.update(
        state=DeliveryState.DUE,
        due_at=due_at,
        attempts=row.attempts + 1,
        failing_since=since,
        failed_with=one.code[:40],
        **FREE,
    )
    return None


def _note(numbers: list[int], state: str, now: datetime) -> None:
    """Let subscriptions know how it went with them."""
    rows = PushSubscription.objects.filter(pk__in=numbers)
    if state == DeliveryState.SENT:
        rows.update(last_ok_at=now, failures=0)
    elif state == DeliveryState.GONE:
        drop_push(numbers=numbers)
    elif state == DeliveryState.FAILED:
        rows.update(failures=F("failures") + 1)
