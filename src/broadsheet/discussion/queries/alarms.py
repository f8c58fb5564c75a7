"""Clauses that are found, or detectors that fail, far more or less often than they used to (STD-06)."""

from collections import Counter
from datetime import datetime, timedelta

from broadsheet.discussion.models import JudgedHour
from broadsheet.standards.learning.alarm import JUDGED, PAST, Alarm, Rates, alarms


def rates_of(edition_id: int, until: datetime) -> Rates:
    """Return what the judge found in the edition's comments, by the hour, as far back as alarms look."""
    since = until - timedelta(days=PAST + 2)
    rows = JudgedHour.objects.filter(edition_id=edition_id, hour__gte=since, hour__lt=until)
    found = Rates()
    for hour, kind, what, number in rows.values_list("hour", "kind", "what", "found"):
        if kind == "judged":
            for each in (found.clauses, found.failing):
                each.setdefault(hour, Counter())[JUDGED] += number
        else:
            each = found.clauses if kind == "clause" else found.failing
            each.setdefault(hour, Counter())[what] += number
    return found


def alarms_of(edition_id: int, until: datetime) -> list[Alarm]:
    """Return what jumped in the edition in the 24 hours before the time; nothing where too little was judged to tell."""
    return alarms(rates_of(edition_id, until), until)
