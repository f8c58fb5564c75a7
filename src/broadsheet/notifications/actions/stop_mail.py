"""Stops all subscribed mail to an address that it doesn't reach, or that complained; and sends it again."""

from datetime import datetime

from django.db import transaction

from broadsheet.notifications.actions.forgive_returns import forgive_returns
from broadsheet.notifications.actions.plan_digest import locked, plan_digest
from broadsheet.notifications.models import MailSubscription


def stop_mail(recipient: str, why: str, now: datetime) -> int:
    """Send no more to the subscriptions of this recipient (`by_address`); return how many were stopped.

    `why` is a word of up to 20 signs, as `bounced` or `complaint`. It runs again when its owner confirms a topic, or
    asks for it on the page of subscriptions; what came back before counts no longer then.
    """
    rows = MailSubscription.objects.filter(recipient=recipient, stopped_at=None)
    return rows.update(stopped_at=now, stopped_why=why[:20], digest_due_at=None)


@transaction.atomic
def start_mail(*, subscription_id: int, now: datetime) -> bool:
    """Send to the subscription again; return whether it had been stopped."""
    row = locked(subscription_id)
    if row is None or row.stopped_at is None or row.confirmed_at is None:
        return False
    forgive_returns(recipient=row.recipient, now=now)
    row.stopped_at, row.stopped_why = None, ""
    row.save(update_fields=["stopped_at", "stopped_why"])
    plan_digest(row=row, now=now, anew=True)
    return True
