"""Lets what came back from an address count no longer."""

from datetime import datetime

from django.db import transaction

from broadsheet.notifications.models import ReturnedMail, StoppedAddress


@transaction.atomic
def forgive_returns(*, recipient: str, now: datetime) -> bool:
    """Let what came back so far count no longer; return whether the address was stopped or resting."""
    ReturnedMail.objects.filter(recipient=recipient, forgiven_at=None).update(forgiven_at=now)
    return StoppedAddress.objects.filter(recipient=recipient).delete()[0] > 0
