"""Times that come back every week, by a clock on the wall: over midnight, and over the days on which clocks change."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEK = tuple(range(7))
WHOLE_WEEK = timedelta(days=8)  # within it whatever comes back every week has come, also where clocks change


@dataclass(frozen=True, slots=True)
class Weekly:
    """A time of the week: without `weekdays` every day, without times the whole day; 0 is Monday.

    One whose end is not after its beginning goes over midnight and belongs to the day on which it began.
    """

    weekdays: tuple[int, ...] = ()
    begins: time | None = None
    ends: time | None = None

    @property
    def always(self) -> bool:
        """Whether it is all the time."""
        return self.begins is None and set(self.weekdays or WEEK) == set(WEEK)

    def holds(self, local: datetime) -> bool:
        """Say whether it includes the moment, an aware time in the zone whose clock it goes by."""
        days = set(self.weekdays) or set(WEEK)
        if self.begins is None or self.ends is None:
            return local.weekday() in days
        at = local.time().replace(tzinfo=None)
        if self.begins < self.ends:
            return local.weekday() in days and self.begins <= at < self.ends
        return (local.weekday() in days and at >= self.begins) or ((local.weekday() - 1) % 7 in days and at < self.ends)

    def spans(self) -> list[tuple[int, int, int]]:
        """Return it as a picture of the week: weekday, and the minutes of that day from which and to which it is."""
        found = []
        for day in sorted(set(self.weekdays) or set(WEEK)):
            if self.begins is None or self.ends is None:
                found.append((day, 0, 1440))
                continue
            begins, ends = _minutes(self.begins), _minutes(self.ends)
            if begins < ends:
                found.append((day, begins, ends))
                continue
            found.append((day, begins, 1440))
            if ends:
                found.append(((day + 1) % 7, 0, ends))
        return sorted(found)


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A time of the week at which somebody is on duty for an edition, by the clock of `zone`."""

    zone: ZoneInfo
    week: Weekly


def is_staffed(duties: Sequence[OnDuty], now: datetime) -> bool:
    """Say whether anybody is on duty at the moment."""
    return any(duty.week.holds(now.astimezone(duty.zone)) for duty in duties)


def turns(week: Weekly, zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[datetime]:
    """Yield all moments after `since` and not after `until` at which it can begin or end, and others perhaps.

    A time that clocks leave out, or show twice, begins or ends where they are put forward or back.
    """
    if week.always:
        return
    clocks = {time(0)} if week.begins is None or week.ends is None else {week.begins, week.ends}
    day, last = since.astimezone(zone).date() - DAY, until.astimezone(zone).date() + DAY
    while day <= last:
        for clock in clocks:
            for fold in (0, 1):
                at = datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC)
                if since < at <= until:
                    yield at
        day += DAY
    yield from _changes(zone, since, until)


def gaps(spans: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return what the spans leave of the week, as spans."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for day, begins, ends in spans:
        taken.setdefault(day, []).append((begins, ends))
    found = []
    for day in WEEK:
        at = 0
        for begins, ends in sorted(taken.get(day, ())):
            if begins > at:
                found.append((day, at, begins))
            at = max(at, ends)
        if at < 1440:
            found.append((day, at, 1440))
    return found


def _changes(zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[datetime]:
    """Yield the moments at which the zone's clocks are put forward or back."""
    low, last = int(since.timestamp()), ceil(until.timestamp())
    while low < last:
        high = min(low + 86_400, last)
        if _offset(low, zone) != _offset(high, zone):
            at = datetime.fromtimestamp(_change(zone, low, high), UTC)
            if since < at <= until:
                yield at
        low = high


def _change(zone: ZoneInfo, low: int, high: int) -> int:
    """Return the second from which the zone's clocks are as they are at `high`."""
    before = _offset(low, zone)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    return high


def _offset(at: int, zone: ZoneInfo) -> timedelta | None:
    return datetime.fromtimestamp(at, zone).utcoffset()


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
