"""Delivers announced facts to their durable handlers, at least once, in order of their numbers."""

import logging
from datetime import timedelta

from django.db import close_old_connections, connection, transaction
from django.db.models import Max, Min

from broadsheet.kernel import clock, wake
from broadsheet.kernel.facts import Registry, from_payload
from broadsheet.kernel.heartbeat import beat
from broadsheet.kernel.loops import Loop
from broadsheet.kernel.models import Delivery, FactRecord
from broadsheet.kernel.schedule import every

log = logging.getLogger("broadsheet.outbox")
RETRY_SECONDS = (1, 2, 5, 15, 60, 300, 900, 3600)
KEEP_FACTS = timedelta(days=7)  # a host that slept longer empties its page store and starts anew


def deliver_due(limit: int = 200) -> int:
    """Deliver what is due, oldest first; return how many handlers heard."""
    heard = 0
    for _ in range(limit):
        if not _deliver_next():
            break
        heard += 1
    return heard


def _deliver_next() -> bool:
    """Take one delivery, run its handler and strike it off in one transaction; False where none is due."""
    failure: tuple[int, Exception] | None = None
    with transaction.atomic():
        due = Delivery.objects.select_related("fact").filter(due_at__lte=clock.now()).order_by("fact_id", "id")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True, of=("self",))
        delivery = due.first()
        if delivery is None:
            return False
        try:
            with transaction.atomic():
                _run(delivery)
                delivery.delete()
        except Exception as error:  # noqa: BLE001 - any failure of a handler is retried
            failure = (delivery.pk, error)
            _postpone(delivery, error)
    if failure:
        log.warning("delivery %s failed: %s", failure[0], type(failure[1]).__name__, exc_info=failure[1])
    return True


def _run(delivery: Delivery) -> None:
    """Let the handler hear its fact; a handler or fact this version no longer has is owed nothing."""
    handler = Registry.handlers.get(delivery.fact.name, {}).get(delivery.handler)
    happened = from_payload(delivery.fact.name, delivery.fact.payload)
    if handler is not None and happened is not None:
        handler(happened)


def _postpone(delivery: Delivery, error: Exception) -> None:
    wait = RETRY_SECONDS[min(delivery.attempts, len(RETRY_SECONDS) - 1)]
    delivery.attempts = min(delivery.attempts + 1, 30_000)
    delivery.due_at = clock.now() + timedelta(seconds=wait)
    delivery.failed_with = type(error).__name__
    delivery.save(update_fields=["attempts", "due_at", "failed_with"])


@every(3600)
def prune() -> int:
    """Drop the oldest facts, up to the first that is younger than `KEEP_FACTS` or still owed; return how many.

    The newest fact stays, however old: from where the log begins, a reader that was away sees that it missed some.
    """
    young = FactRecord.objects.filter(at__gte=clock.now() - KEEP_FACTS)
    ends = (
        young.aggregate(end=Min("id")),
        FactRecord.objects.aggregate(end=Max("id")),
        Delivery.objects.aggregate(end=Min("fact_id")),
    )
    first_kept = min((end["end"] for end in ends if end["end"] is not None), default=0)
    ids = list(FactRecord.objects.filter(id__lt=first_kept).order_by("id").values_list("id", flat=True)[:5000])
    FactRecord.objects.filter(id__in=ids).delete()
    return len(ids)


class Deliverer(Loop):
    """The background loop that delivers facts as they are announced."""

    name = "outbox"

    def turn(self) -> None:
        """Deliver everything due, then sleep until the bell or half a second."""
        close_old_connections()
        if deliver_due() == 0:
            beat(self.name, every=10)
            self.heard = wake.wait(0.5, self.heard)
