"""The radio's programme: the shows of a week and the exceptions of single days, on the edition's own clock.

A show is on from the moment when the clock on the wall first shows its beginning until it first shows its end. So
where the clock is put forward, a show that begins in the hour left out begins when that hour is skipped; where it is
put back, the show before the change goes on through the hour that comes twice. Shows that follow each other on paper
follow each other on the air, without a gap and without an overlap, on every day.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEK_MINUTES = 7 * 24 * 60
AHEAD = 8  # days in which the next show is looked for: each show comes within seven


@dataclass(frozen=True, slots=True)
class OnAir:
    """What is told of something on the air."""

    title: str
    host: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class WeeklyShow:
    """A show of every week; `days` from Monday, 0."""

    about: OnAir
    days: tuple[int, ...]
    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class Exceptional:
    """What one day has instead of the week's shows; nothing where the title is empty."""

    about: OnAir
    on: date
    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A show at its time."""

    about: OnAir
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class SoundAddress:
    """Where sound comes from: `origin` is empty where it is the paper itself."""

    address: str
    origin: str
    host: str
    hls: bool


def sound_address(address: str) -> SoundAddress | None:
    """Return what a page may play; None for anything but https and the paper's own addresses."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if any(character <= " " or character in '"<>\\;,\x7f' for character in address):
        return None
    hls = parts.path.lower().endswith(".m3u8")
    if not parts.scheme and not parts.netloc and address.startswith("/"):
        return SoundAddress(address, "", "", hls)
    host = parts.hostname or ""
    if parts.scheme != "https" or not re.fullmatch(r"[A-Za-z0-9.-]+", host) or parts.username is not None:
        return None
    return SoundAddress(address, f"https://{host}{f':{port}' if port else ''}", host, hls)


def overlapping_shows(shows: Sequence[WeeklyShow]) -> tuple[WeeklyShow, WeeklyShow, int] | None:
    """Return two shows of the week that are on at the same time, and the day; None where each has its own."""
    spans: list[tuple[int, int, int, WeeklyShow]] = []
    for at, show in enumerate(shows):
        length = _minutes(show.begins, show.ends)
        for day in show.days:
            start = day * 1440 + show.begins.hour * 60 + show.begins.minute
            spans.append((start, start + length, at, show))
    spans.sort(key=lambda span: span[:3])
    again = [(start + WEEK_MINUTES, end + WEEK_MINUTES, at, show) for start, end, at, show in spans[:1]]
    furthest: tuple[int, int, int, WeeklyShow] | None = None
    for span in [*spans, *again]:
        if furthest is not None and span[0] < furthest[1]:
            return furthest[3], span[3], span[0] // 1440 % 7
        if furthest is None or span[1] > furthest[1]:
            furthest = span
    return None


def overlapping_exceptions(exceptions: Sequence[Exceptional]) -> tuple[Exceptional, Exceptional] | None:
    """Return two exceptions for the same time; None where there are none."""
    ordered = sorted(exceptions, key=lambda one: _wall(one, one.on)[0])
    for before, after in pairwise(ordered):
        if _wall(after, after.on)[0] < _wall(before, before.on)[1]:
            return before, after
    return None


def reached(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment when the zone's clock shows this time or a later one."""
    early = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if early.astimezone(zone).replace(tzinfo=None) == wall:
        return early
    # The clock never shows it: find where it jumps over it, to the second.
    before, after = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), early
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if middle.astimezone(zone).replace(tzinfo=None) >= wall:
            after = middle
        else:
            before = middle
    return after


def broadcasts(
    shows: Iterable[WeeklyShow], exceptions: Iterable[Exceptional], zone: ZoneInfo, since: datetime, until: datetime
) -> list[Broadcast]:
    """Return what is on between two moments, in order; whole shows, also where one of them lies inside."""
    first = since.astimezone(zone).date() - 2 * DAY
    days = [first + number * DAY for number in range((until.astimezone(zone).date() - first).days + 2)]
    instead = [found for one in exceptions if (found := _broadcast(one, one.on, zone)) is not None]
    weekly = [
        found
        for show in shows
        for day in days
        if day.weekday() in show.days and (found := _broadcast(show, day, zone)) is not None
    ]
    on = [part for whole in weekly for part in _without(whole, instead)] + [one for one in instead if one.about.title]
    return sorted(
        (one for one in on if one.ends > since and one.begins < until), key=lambda one: (one.begins, one.ends)
    )


def now_and_next(
    shows: Iterable[WeeklyShow], exceptions: Iterable[Exceptional], zone: ZoneInfo, at: datetime
) -> tuple[Broadcast | None, Broadcast | None]:
    """Return what is on at this moment and what begins next; None where there is nothing."""
    found = broadcasts(shows, exceptions, zone, at, at + AHEAD * DAY)
    on = next((one for one in found if one.begins <= at), None)
    return on, next((one for one in found if one.begins > at), None)


def _minutes(begins: time, ends: time) -> int:
    length = (ends.hour * 60 + ends.minute) - (begins.hour * 60 + begins.minute)
    return length if length > 0 else length + 1440


def _wall(one: WeeklyShow | Exceptional, day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, one.begins.replace(second=0, microsecond=0))
    return start, start + timedelta(minutes=_minutes(one.begins, one.ends))


def _broadcast(one: WeeklyShow | Exceptional, day: date, zone: ZoneInfo) -> Broadcast | None:
    """Return the show of that day; None where the clock jumps over the whole of it."""
    begins, ends = (reached(wall, zone) for wall in _wall(one, day))
    return Broadcast(one.about, begins, ends) if ends > begins else None


def _without(whole: Broadcast, others: Iterable[Broadcast]) -> Iterator[Broadcast]:
    """Return what is left of a show around those that are sent instead."""
    at = whole.begins
    for other in sorted(others, key=lambda one: one.begins):
        if other.ends <= at or other.begins >= whole.ends:
            continue
        if other.begins > at:
            yield Broadcast(whole.about, at, other.begins)
        at = max(at, other.ends)
    if at < whole.ends:
        yield Broadcast(whole.about, at, whole.ends)
