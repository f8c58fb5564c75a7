"""Delivers announced facts to their durable handlers, at least once, in order of their numbers."""

import logging
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import close_old_connections, connection, transaction
from django.db.models import Max, Min

from broadsheet.kernel import clock, wake
from broadsheet.kernel.facts import Registry, from_payload
from broadsheet.kernel.heartbeat import beat
from broadsheet.kernel.loops import Loop
from broadsheet.kernel.models import Delivery, FactRecord
from broadsheet.kernel.prepared import Prepared
from broadsheet.kernel.schedule import every

log = logging.getLogger("broadsheet.outbox")
RETRY_SECONDS = (1, 2, 5, 15, 60, 300, 900, 3600)
TOGETHER, AT_MOST_SECONDS = 64, 0.02  # deliveries of one transaction on SQLite, and how long others wait to write
KEEP_FACTS = timedelta(days=7)  # a host that slept longer empties its page store and starts anew


@dataclass(frozen=True, slots=True)
class _Owed:
    """A handler that is owed a fact, in the order of the columns of `_DUE`."""

    number: int
    fact_id: int
    handler: str
    attempts: int


def _due(most: int) -> Prepared:
    return Prepared(
        lambda now: (
            Delivery.objects.filter(due_at__lte=now)
            .select_for_update(skip_locked=True)
            .order_by("fact_id", "id")
            .values_list("pk", "fact_id", "handler", "attempts")[:most]
        )
    )


_DUE, _FIRST_DUE = _due(TOGETHER), _due(1)
_FACTS = Prepared(lambda numbers: FactRecord.objects.filter(pk__in=numbers).values_list("pk", "name", "payload"))


def deliver_due(limit: int = 200) -> int:
    """Deliver what is due, oldest first, until so many handlers heard or nothing is due; return how many heard."""
    heard = 0
    while heard < limit and (done := _deliver_some()):
        heard += done
    return heard


@transaction.atomic
def _deliver_some() -> int:
    """Take what is due, run the handlers and strike them off in one transaction; return how many that were.

    On SQLite, which has one writer and goes to the disk with each commit, these are several as long as they are quick.
    Elsewhere it is one, so that nothing waits for what another handler holds.
    """
    owed = [_Owed(*row) for row in (_DUE if connection.vendor == "sqlite" else _FIRST_DUE)(clock.now())]
    facts = {number: (name, payload) for number, name, payload in _FACTS(sorted({one.fact_id for one in owed}))}
    until, done, heard = time.monotonic() + AT_MOST_SECONDS, 0, []
    for one in owed:
        try:
            with transaction.atomic():
                _run(one, *facts[one.fact_id])
            heard.append(one.number)
        except Exception as error:  # noqa: BLE001 - any failure of a handler is retried
            _postpone(one, error)
        done += 1
        if time.monotonic() > until:
            break
    Delivery.objects.filter(pk__in=heard).delete()
    return done


def _run(owed: _Owed, name: str, payload: dict[str, Any]) -> None:
    """Let the handler hear its fact; a handler or fact this version no longer has is owed nothing."""
    handler = Registry.handlers.get(name, {}).get(owed.handler)
    happened = from_payload(name, payload)
    if handler is not None and happened is not None:
        handler(happened)


def _postpone(owed: _Owed, error: Exception) -> None:
    due_at = clock.now() + timedelta(seconds=RETRY_SECONDS[min(owed.attempts, len(RETRY_SECONDS) - 1)])
    Delivery.objects.filter(pk=owed.number).update(
        attempts=min(owed.attempts + 1, 30_000), due_at=due_at, failed_with=type(error).__name__
    )
    log.warning("delivery %s failed: %s", owed.number, type(error).__name__, exc_info=error)


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
