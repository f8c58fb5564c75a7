"""Takes messages that are due, so that no other process has them."""

from django.db import connection, transaction

from broadsheet.kernel import clock
from broadsheet.notifications.conf import BATCH, BATCH_LEASE
from broadsheet.notifications.models import Message, State


def claim_messages(*, carrier: str, limit: int = BATCH) -> list[Message]:
    """Take at most so many messages that are due, the urgent first, then the longest due; return them in order.

    They are this carrier's until it settles or gives them back, at most for `BATCH_LEASE`. On SQLite the transaction
    is alone; on PostgreSQL a row that another process is just taking is passed over.
    """
    now = clock.now()
    due = Message.objects.filter(state=State.DUE, due_at__lte=now).order_by("urgency", "due_at", "id")
    if not due.exists():
        return []  # without taking the writer's lock
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        taken = list(due[:limit])
        Message.objects.filter(pk__in=[message.pk for message in taken]).update(
            state=State.SENDING, carrier=carrier, claimed_until=now + BATCH_LEASE
        )
    return taken
