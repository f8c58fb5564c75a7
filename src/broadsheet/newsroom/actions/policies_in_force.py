"""Tells pages that the day has come from which a version of a policy applies (ACC-09)."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from broadsheet.kernel.facts import announce
from broadsheet.newsroom.facts import PolicyTookEffect
from broadsheet.newsroom.models import PolicyVersion


def announce_policies_in_force(*, now: datetime) -> int:
    """Announce, once each, the versions that are in force by `now` and that pages haven't heard of; return how many.

    Gate and acceptance don't wait for it: they ask what is in force at the very moment.
    """
    due = PolicyVersion.objects.filter(published_at__isnull=False, effective_at__lte=now, told_at__isnull=True)
    return _announce(due, now) if due.exists() else 0


@transaction.atomic
def _announce(due: QuerySet[PolicyVersion], now: datetime) -> int:
    rows = list(due.select_related("edition").defer("document").select_for_update(of=("self",)))
    for row in rows:
        announce(
            PolicyTookEffect(
                edition_id=row.edition_id, edition=row.edition.code, kind=row.kind, number=row.number, at=now
            )
        )
    PolicyVersion.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=now)
    return len(rows)
