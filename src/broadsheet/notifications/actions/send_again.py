"""Sends again what could not be sent, at a person's wish."""

from django.db import transaction

from broadsheet.kernel import clock, wake
from broadsheet.notifications.models import Message, State


def send_again(*, message_id: int | None = None) -> int:
    """Let a dead or unanswered message be due now, with all its attempts before it; without a number, all dead ones.

    The Message-ID stays, so that a mailbox which has an unanswered one already can tell. Returns how many.
    """
    rows = Message.objects.filter(state=State.DEAD)
    if message_id is not None:
        rows = Message.objects.filter(pk=message_id, state__in=[State.DEAD, State.UNANSWERED])
    with transaction.atomic():
        count = rows.update(
            state=State.DUE,
            due_at=clock.now(),
            attempts=0,
            failing_since=None,
            failed_with="",
            ended_at=None,
        )
        transaction.on_commit(wake.ring, robust=True)
    return count
