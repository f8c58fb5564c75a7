"""Ends a push: recalled by a person, stopped because it no longer makes sense, or done."""

from django.db.models import Q

from broadsheet.kernel import clock
from broadsheet.notifications.models import GOING, CampaignState, DeliveryState, PushCampaign, PushDelivery
from broadsheet.notifications.queries.pushes import counts_of

OPEN = (DeliveryState.DUE, DeliveryState.SENDING)


def recall_push(*, push_id: int, by: int) -> bool:
    """Let nothing more of the push go out; return whether there was something to recall.

    What push services have by now can't be taken back from them.
    """
    rows = PushCampaign.objects.filter(pk=push_id, state__in=[CampaignState.CONFIRMING, *GOING])
    return rows.update(state=CampaignState.RECALLED, recalled_by_id=by, ended_at=clock.now()) > 0


def stop_push(*, push_id: int, why: str) -> None:
    """Let nothing more of the push go out, since its article or its topic is no more."""
    rows = PushCampaign.objects.filter(pk=push_id, state__in=[CampaignState.CONFIRMING, *GOING])
    rows.update(state=CampaignState.STOPPED, why=why, ended_at=clock.now())


def drop_rest(*, size: int) -> int:
    """Let a portion of what is still due of recalled and stopped pushes end unsent; return how many deliveries."""
    ended = PushCampaign.objects.filter(state__in=[CampaignState.RECALLED, CampaignState.STOPPED])
    due = PushDelivery.objects.filter(state=DeliveryState.DUE, campaign__in=ended.values("pk"))
    numbers = list(due.values_list("pk", flat=True)[:size])
    if not numbers:
        return 0
    rows = PushDelivery.objects.filter(pk__in=numbers, state=DeliveryState.DUE)
    return rows.update(state=DeliveryState.DROPPED, ended_at=clock.now())


def finish_pushes() -> int:
    """Note which pushes have come to their end, and what came of them; return how many."""
    done = 0
    spread = Q(state=CampaignState.SENDING, spread_at__isnull=False)
    ended = Q(state__in=[CampaignState.RECALLED, CampaignState.STOPPED], result={}, begun_at__isnull=False)
    for push in PushCampaign.objects.filter(spread | ended):
        if PushDelivery.objects.filter(campaign=push, state__in=OPEN).exists():
            continue
        result = {"dropped": 0} | counts_of(push.pk)
        step = {"state": CampaignState.DONE, "ended_at": clock.now()} if push.state == CampaignState.SENDING else {}
        done += PushCampaign.objects.filter(pk=push.pk, state=push.state).update(result=result, **step)
    return done
