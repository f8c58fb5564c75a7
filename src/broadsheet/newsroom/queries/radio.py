"""What an edition's radio sends, now and this week."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from broadsheet.newsroom.models import Show, SpecialShow
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.newsroom.rules.radio import Broadcast, Exceptional, OnAir, WeeklyShow, broadcasts, now_and_next

DAYS = 7


@dataclass(frozen=True, slots=True)
class OnAirNow:
    """What is on and what comes next; None where the programme says nothing. `until` is the next border between shows."""

    now: Broadcast | None
    next: Broadcast | None

    @property
    def until(self) -> datetime | None:
        """Return when this stops being true."""
        borders = [self.now.ends] if self.now else []
        borders += [self.next.begins] if self.next else []
        return min(borders, default=None)


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """What begins on one day of the edition's clock."""

    day: date
    broadcasts: tuple[Broadcast, ...]


def on_air(edition: EditionView, at: datetime) -> OnAirNow:
    """Return what the edition's radio sends at a moment."""
    return OnAirNow(*now_and_next(*_kept(edition, at), edition.zone, at))


def programme(edition: EditionView, at: datetime) -> list[ProgrammeDay]:
    """Return what the radio sends on this day and the six after it, only days with something on."""
    today = at.astimezone(edition.zone).date()
    since = datetime.combine(today, time(), edition.zone)
    until = datetime.combine(today + timedelta(days=DAYS), time(), edition.zone)
    found = broadcasts(*_kept(edition, at), edition.zone, since, until)
    days: dict[date, list[Broadcast]] = {}
    for one in found:
        day = max(one.begins.astimezone(edition.zone).date(), today)  # what goes on from yesterday stands first
        days.setdefault(day, []).append(one)
    return [ProgrammeDay(day, tuple(days[day])) for day in sorted(days)]


def _kept(edition: EditionView, at: datetime) -> tuple[list[WeeklyShow], list[Exceptional]]:
    if edition.station is None:
        return [], []
    mine = {"station_id": edition.station.id}
    shows = [
        WeeklyShow(_about(row), tuple(int(day) for day in row.days), row.begins, row.ends)
        for row in Show.objects.filter(**mine)
    ]
    past = at.astimezone(edition.zone).date() - timedelta(days=3)
    exceptions = [
        Exceptional(_about(row), row.on, row.begins, row.ends)
        for row in SpecialShow.objects.filter(**mine, on__gte=past)
    ]
    return shows, exceptions


def _about(row: Show | SpecialShow) -> OnAir:
    return OnAir(row.title, row.host, row.description)
