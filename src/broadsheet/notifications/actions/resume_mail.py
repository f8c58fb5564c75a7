"""Lets an address get optional mail again."""

from datetime import datetime

from django.db import transaction

from broadsheet.notifications.actions.forgive_returns import forgive_returns
from broadsheet.notifications.actions.stop_mail import start_mail
from broadsheet.notifications.models import MailSubscription, StoppedAddress, StopWhy


@transaction.atomic
def resume_mail(*, recipient: str, now: datetime) -> bool:
    """Send the address again what it chose or subscribed; return whether it was stopped or resting."""
    found = forgive_returns(recipient=recipient, now=now)
    rows = MailSubscription.objects.filter(recipient=recipient, stopped_at__isnull=False)
    for number in list(rows.values_list("pk", flat=True)):
        start_mail(subscription_id=number, now=now)
    return found


def resume_all(*, since: datetime, now: datetime) -> int:
    """Let all addresses that were stopped since then get optional mail again, but for who complained; return how many.

    For the day on which not the addresses were at fault, but the paper's own mail server or its records.
    """
    rows = StoppedAddress.objects.filter(at__gte=since).exclude(why=StopWhy.COMPLAINT)
    return sum(resume_mail(recipient=one, now=now) for one in list(rows.values_list("recipient", flat=True)))
