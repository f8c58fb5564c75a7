"""Lets a push to many go, as its second person."""

from django.db import transaction

from broadsheet.kernel import clock, wake
from broadsheet.kernel.errors import Refused
from broadsheet.notifications.models import CampaignState, PushCampaign
from broadsheet.notifications.rules.pushes import own_push


def confirm_push(*, push_id: int, by: int) -> bool:
    """Let the push wait for its time; return whether it waited for a second person. Its writer is `Refused`."""
    push = PushCampaign.objects.filter(pk=push_id, state=CampaignState.CONFIRMING).first()
    if push is None:
        return False
    if push.written_by_id == by:
        raise Refused(own_push())
    with transaction.atomic():
        rows = PushCampaign.objects.filter(pk=push_id, state=CampaignState.CONFIRMING)
        done = rows.update(state=CampaignState.WAITING, confirmed_by_id=by, due_at=max(push.due_at, clock.now()))
        transaction.on_commit(wake.ring, robust=True)
    return done > 0
