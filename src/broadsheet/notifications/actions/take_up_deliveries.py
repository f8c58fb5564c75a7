"""Looks after the push deliveries of processes that are no more."""

from collections.abc import Iterable

from broadsheet.kernel import clock
from broadsheet.notifications.actions.settle_deliveries import (
    Settled,
    give_back_deliveries,
    leave_deliveries_unanswered,
    settle_deliveries,
)
from broadsheet.notifications.conf import PUSHER
from broadsheet.notifications.engines import marks
from broadsheet.notifications.models import DeliveryState, PushDelivery
from broadsheet.notifications.rules.push_answers import outcome_of


def take_up_deliveries(*, own: str) -> int:
    """Settle what dead carriers left behind and what was taken for too long; return how many deliveries.

    The marks of a dead carrier of this data folder tell what it had begun: without one nothing was written, and it is
    due again; with the service's answer, that counts; with none, the service has it in all likelihood. Of a carrier on
    another machine nothing but the time is known: what it had taken is due again, and one that it had handed over
    takes its own place on the reader's screen (`engines.push_payload`).
    """
    count = sum(_after(name) for name in marks.names(PUSHER) if name != own)
    lost = PushDelivery.objects.filter(state=DeliveryState.SENDING, claimed_until__lt=clock.now()).exclude(carrier=own)
    for carrier in set(lost.values_list("carrier", flat=True)):
        count += give_back_deliveries(
            carrier=carrier, numbers=list(lost.filter(carrier=carrier).values_list("pk", flat=True))
        )
    return count


def resolve_deliveries(*, carrier: str, left: Iterable[marks.Mark]) -> int:
    """Settle all that a carrier has taken and is no longer at, by the marks it left; return how many deliveries."""
    codes = {mark.message: mark.code for mark in left}
    taken = list(PushDelivery.objects.filter(carrier=carrier, state=DeliveryState.SENDING))
    answered = [row for row in taken if codes.get(row.pk)]
    settle_deliveries(
        carrier=carrier,
        settled=[Settled(row, outcome_of(codes[row.pk]), str(codes[row.pk])) for row in answered],
    )
    leave_deliveries_unanswered(carrier=carrier, numbers=[row.pk for row in taken if codes.get(row.pk) == 0])
    give_back_deliveries(carrier=carrier)
    return len(taken)


def _after(name: str) -> int:
    with marks.left_by(name, PUSHER) as (dead, left):
        return resolve_deliveries(carrier=name, left=left) if dead else 0
