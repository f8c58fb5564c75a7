"""Times of the week for those who keep a roster: what they cover, and what they leave open."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from broadsheet.discussion.rules.weeks import WEEK, OnDuty, Weekly, gaps, is_staffed, turns

__all__ = ["WEEK", "OnDuty", "Span", "Weekly", "gaps", "is_staffed", "spans_of", "turns"]
DAY = timedelta(days=1)
Span = tuple[int, int, int]  # weekday, and the minutes of that day from which and to which


def spans_of(duty: OnDuty, zone: ZoneInfo, monday: date) -> list[Span]:
    """Return the week that begins on that day as the clock of `zone` shows it, and when of it the duty is."""
    if duty.zone.key == zone.key:
        return duty.week.spans()
    first, last = datetime.combine(monday, time(0), zone), datetime.combine(monday + 7 * DAY, time(0), zone)
    moments = sorted({first, *_midnights(monday, zone), *turns(duty.week, duty.zone, first, last), last})
    found: list[Span] = []
    for begins, ends in pairwise(moments):
        if duty.week.holds(begins.astimezone(duty.zone)):
            found += _joined(found, _span(begins.astimezone(zone), ends.astimezone(zone)))
    return found


def _midnights(monday: date, zone: ZoneInfo) -> Iterable[datetime]:
    return (datetime.combine(monday + number * DAY, time(0), zone) for number in WEEK)


def _span(begins: datetime, ends: datetime) -> Span:
    minutes = ends.hour * 60 + ends.minute
    return begins.weekday(), begins.hour * 60 + begins.minute, minutes if ends.date() == begins.date() else 1440


def _joined(found: list[Span], span: Span) -> list[Span]:
    """Return the span, joined with the last one found where it goes on from there."""
    if found and found[-1][0] == span[0] and found[-1][2] == span[1]:
        day, begins, _ends = found.pop()
        return [(day, begins, span[2])]
    return [span] if span[1] < span[2] else []
