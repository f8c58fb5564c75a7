"""Gives cases their places anew as threads become lively or quiet (MOD-01)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from broadsheet.discussion.queries.liveliness import lately, lively_threads
from broadsheet.moderation.conf import CaseState
from broadsheet.moderation.models import Case
from broadsheet.moderation.rules.priority import is_much_else, readers_factor

THREADS, CASES = 200, 2000  # at one time, of one thread; the first of the queue, the rest the next time


def place_cases(*, now: datetime) -> int:
    """Place the cases of threads in which much more or less is going on than when they were placed; return how many."""
    known = Case.objects.filter(state=CaseState.OPEN, lively__gt=0).order_by().values_list("thread_id", flat=True)
    threads = {number for number in known.distinct()[:THREADS] if number is not None}
    placed = 0
    for thread_id in sorted(threads | set(lively_threads(now)))[: 2 * THREADS]:
        placed += _place(thread_id, now)
    return placed


@transaction.atomic
def _place(thread_id: int, now: datetime) -> int:
    number = lately(thread_id, now)
    rows = Case.objects.filter(state=CaseState.OPEN, thread_id=thread_id, hidden=False).order_by("-priority", "id")
    found = rows.values_list("pk", "lively")[:CASES]
    moved = [case_id for case_id, lively in found if is_much_else(lively, number)]
    place = F("harm") * F("uncertain") * readers_factor(number)
    return Case.objects.filter(pk__in=moved, state=CaseState.OPEN).update(lively=number, priority=place)
