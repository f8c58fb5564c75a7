"""Changes when the digest of a subscription comes."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from broadsheet.notifications.actions.plan_digest import locked, plan_digest


@dataclass(frozen=True, slots=True)
class Times:
    """Every day or once a week, at which hour of which zone; Monday is 0."""

    rhythm: str
    hour: int
    weekday: int
    zone: str


@transaction.atomic
def time_digest(*, subscription_id: int, times: Times, now: datetime) -> bool:
    """Let digests come at these times from now on; what is new since the last one is in the next. False: no such row."""
    row = locked(subscription_id)
    if row is None:
        return False
    row.rhythm, row.hour, row.weekday, row.zone = times.rhythm, times.hour, times.weekday, times.zone
    row.save(update_fields=["rhythm", "hour", "weekday", "zone"])
    plan_digest(row=row, now=now)
    return True
