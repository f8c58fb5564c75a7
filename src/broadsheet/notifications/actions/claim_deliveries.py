"""Takes push deliveries that are due, so that no other process has them."""

from django.db import connection, transaction

from broadsheet.kernel import clock
from broadsheet.notifications.conf import PUSH_BATCH, PUSH_LEASE
from broadsheet.notifications.models import DeliveryState, PushDelivery


def claim_deliveries(*, carrier: str, limit: int = PUSH_BATCH) -> list[PushDelivery]:
    """Take at most so many deliveries that are due, the urgent first, then the longest due; return them in order.

    They are this carrier's until it settles them, at most for `PUSH_LEASE`. On SQLite the transaction is alone; on
    PostgreSQL a row that another process is just taking is passed over.
    """
    now = clock.now()
    due = PushDelivery.objects.filter(state=DeliveryState.DUE, due_at__lte=now).order_by("urgency", "due_at", "id")
    if not due.exists():
        return []  # without taking the writer's lock
    until = now + PUSH_LEASE
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        taken = list(due[:limit])
        PushDelivery.objects.filter(pk__in=[row.pk for row in taken]).update(
            state=DeliveryState.SENDING, carrier=carrier, claimed_until=until
        )
    for row in taken:
        row.carrier, row.claimed_until, row.state = carrier, until, DeliveryState.SENDING
    return taken
