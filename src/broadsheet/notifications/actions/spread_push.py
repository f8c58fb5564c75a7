"""Makes the deliveries of a push, one for each browser that asked for one of its topics, in portions."""

import time
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from broadsheet.kernel import clock, wake
from broadsheet.notifications.actions.end_push import stop_push
from broadsheet.notifications.conf import PUSH_DAY, PUSH_PORTION
from broadsheet.notifications.models import (
    GOING,
    CampaignState,
    PushCampaign,
    PushDelivery,
    PushSubscription,
    PushTopic,
    Urgency,
)
from broadsheet.notifications.queries.pushes import why_not
from broadsheet.notifications.rules.quiet_hours import after_quiet

SECONDS = 0.5  # then those that are due go out first


def spread_pushes(*, seconds: float = SECONDS) -> int:
    """Make deliveries of what is due, the urgent first, until all are there or the time is over; return how many."""
    end, count = time.monotonic() + seconds, 0
    due = PushCampaign.objects.filter(state__in=GOING, spread_at=None, due_at__lte=clock.now())
    for push in due.order_by("-breaking", "due_at", "pk"):
        why = why_not(push)
        if why:
            stop_push(push_id=push.pk, why=why)
        while not why and push.spread_at is None and time.monotonic() < end:
            count += spread_portion(push=push)
    return count


def spread_portion(*, push: PushCampaign, size: int = PUSH_PORTION) -> int:
    """Make the next deliveries in one transaction and return how many; `push` is as it is afterwards.

    Of two processes at the same portion the later one makes none; a killed one neither leaves out nor repeats anybody.
    """
    now = clock.now()
    rows = PushTopic.objects.filter(topic__in=push.topics, subscription_id__gt=push.after)
    numbers = list(rows.order_by("subscription_id").values_list("subscription_id", flat=True).distinct()[:size])
    made = _deliveries(push, numbers, now)
    step = {"after": numbers[-1]} if numbers else {"spread_at": now}
    begun = {} if push.begun_at else {"begun_at": now}
    with transaction.atomic():
        still = PushCampaign.objects.filter(pk=push.pk, after=push.after, spread_at=None, state__in=GOING)
        if still.update(state=CampaignState.SENDING, **step, **begun) == 0:
            push.refresh_from_db()
            if push.state not in GOING:
                push.spread_at = push.spread_at or now  # for the caller: nothing is left to do
            return 0
        PushDelivery.objects.bulk_create(made, ignore_conflicts=True)
        transaction.on_commit(wake.ring, robust=True)
    for name, value in (step | begun).items():
        setattr(push, name, value)
    return len(made)


def _deliveries(push: PushCampaign, numbers: list[int], now: datetime) -> list[PushDelivery]:
    """Return one for each; to those who are quiet now, when they no longer are, unless they asked for breaking news."""
    left_out = _told_already(push, numbers) if push.follows is None else set()
    rows = PushSubscription.objects.filter(pk__in=numbers).values_list("pk", "zone", "quiet_from", "quiet_to")
    urgency = Urgency.FIRST if push.breaking else Urgency.LAST if push.follows is None else Urgency.USUAL
    return [
        PushDelivery(
            campaign=push,
            subscription_id=number,
            urgency=urgency,
            due_at=now if push.breaking else after_quiet(now, zone=zone, quiet_from=quiet_from, quiet_to=quiet_to),
        )
        for number, zone, quiet_from, quiet_to in rows.order_by("pk")
        if number not in left_out
    ]


def _told_already(push: PushCampaign, numbers: Collection[int]) -> set[int]:
    """Return who was told of the article by an editor, and who was told of enough that day."""
    to = PushDelivery.objects.filter(subscription_id__in=numbers)
    same = to.filter(campaign__article_id=push.article_id).exclude(campaign=push)
    lately = to.filter(campaign__follows__isnull=True, due_at__gt=clock.now() - timedelta(days=1))
    many = lately.values("subscription_id").annotate(count=Count("pk")).filter(count__gte=PUSH_DAY)
    return {*same.values_list("subscription_id", flat=True), *many.values_list("subscription_id", flat=True)}
