"""What is still owed to handlers."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from broadsheet.kernel.models import Delivery


@dataclass(frozen=True, slots=True)
class Backlog:
    """Deliveries not yet made: how many, since when, and how many of them have failed before."""

    count: int
    oldest: datetime | None
    failing: int
    last_failure: str


def backlog() -> Backlog:
    """Return what is owed now."""
    owed = Delivery.objects.aggregate(count=Count("id"), oldest=Min("fact__at"))
    failing = Delivery.objects.filter(attempts__gt=0).order_by("-id")
    last = failing.values_list("handler", "failed_with").first()
    return Backlog(owed["count"], owed["oldest"], failing.count(), f"{last[0]}: {last[1]}" if last else "")
