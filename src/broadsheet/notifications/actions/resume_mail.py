"""Lets an address get optional mail again."""

from datetime import datetime

from django.db import transaction

from broadsheet.notifications.models import ReturnedMail, StoppedAddress, StopWhy


@transaction.atomic
def resume_mail(*, recipient: str, now: datetime) -> bool:
    """Let what came back so far count no longer; return whether the address was stopped or resting."""
    ReturnedMail.objects.filter(recipient=recipient, forgiven_at=None).update(forgiven_at=now)
    return StoppedAddress.objects.filter(recipient=recipient).delete()[0] > 0


@transaction.atomic
def resume_all(*, since: datetime, now: datetime) -> int:
    """Let all addresses that were stopped since then get optional mail again, but for who complained; return how many.

    For the day on which not the addresses were at fault, but the paper's own mail server or its records.
    """
    rows = StoppedAddress.objects.filter(at__gte=since).exclude(why=StopWhy.COMPLAINT)
    ReturnedMail.objects.filter(recipient__in=rows.values("recipient"), forgiven_at=None).update(forgiven_at=now)
    return rows.delete()[0]
