"""The roster: who is on duty when, for which editions that counts, and what of the week is left open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import get_language_bidi

from broadsheet.discussion.queries.weeks import OnDuty, Span, Weekly, gaps, spans_of
from broadsheet.moderation.models import Duty
from broadsheet.moderation.queries.roles import ModeratorView, everybody
from broadsheet.moderation.rules.lanes import Bar, lanes
from broadsheet.moderation.rules.mode_words import day_name, minute, week_words
from broadsheet.newsroom.queries.editions import EditionView, editions

LANE = 28  # pixels that one person's stretch is high


@dataclass(frozen=True, slots=True)
class DutyView:
    """A duty of somebody who moderates: for `edition`, or all where it is None, by the clock of `zone`.

    `covered` are the editions that are looked after meanwhile: those of which this person moderates every section.
    """

    id: int
    who: ModeratorView
    edition: EditionView | None
    week: Weekly
    zone: ZoneInfo
    note: str
    covered: tuple[EditionView, ...]

    @property
    def words(self) -> str:
        """Return the days and times."""
        return week_words(self.week)

    @property
    def counts(self) -> bool:
        """Whether an edition is looked after meanwhile, not a part of it alone."""
        return bool(self.covered)

    @property
    def on_duty(self) -> OnDuty:
        """The times with their clock."""
        return OnDuty(self.zone, self.week)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A stretch of a day as a picture shows it: where it begins and how long it is, in hundredths of the day."""

    x: str
    y: int
    width: str
    name: str
    times: str
    own: bool = False
    counts: bool = True


@dataclass(frozen=True, slots=True)
class DayView:
    """A day of the week in the roster of an edition: who is on duty, in lanes, and when nobody is."""

    name: str
    bars: tuple[Drawn, ...]
    gaps: tuple[Drawn, ...]
    height: int


@dataclass(frozen=True, slots=True)
class RosterView:
    """The week of an edition."""

    edition: EditionView
    days: tuple[DayView, ...]
    on_now: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody is ever on duty."""
        return not any(day.bars for day in self.days)


def duties() -> list[DutyView]:
    """Return all duties of those who still moderate, by name; those for an edition that isn't there are left out."""
    people = {one.scope.reader_id: one for one in everybody()}
    known = {one.id: one for one in editions()}
    rows = [row for row in Duty.objects.order_by("begins", "pk") if row.moderator_id in people]
    found = [
        _duty(row, people[row.moderator_id], known)
        for row in rows
        if known and (row.edition_id is None or row.edition_id in known)
    ]
    return sorted(found, key=lambda one: one.who.name)


def duty_of(number: int) -> DutyView | None:
    """Return one duty, None where there is none."""
    return next((one for one in duties() if one.id == number), None)


def roster(rows: list[DutyView], now: datetime, *, own: int) -> list[RosterView]:
    """Return the present week of each edition by its own clock; `own` is whose bars stand out."""
    return [_roster(edition, rows, now, own) for edition in editions()]


def _roster(edition: EditionView, rows: list[DutyView], now: datetime, own: int) -> RosterView:
    local = now.astimezone(edition.zone)
    monday: date = local.date() - timedelta(days=local.weekday())
    here = [row for row in rows if row.edition is None or row.edition.id == edition.id]
    bars = [
        Bar(day, begins, ends, row.who.name, row.who.scope.reader_id == own, edition in row.covered, row.id)
        for row in here
        for day, begins, ends in spans_of(row.on_duty, edition.zone, monday)
    ]
    left = gaps([(bar.day, bar.begins, bar.ends) for bar in bars if bar.counts])
    on_now = {row.who.name for row in here if row.week.holds(now.astimezone(row.zone)) and edition in row.covered}
    days = [_day(day, lanes([bar for bar in bars if bar.day == day]), left) for day in range(7)]
    return RosterView(edition, tuple(days), tuple(sorted(on_now)))


def _day(day: int, rows: tuple[tuple[Bar, ...], ...], left: Sequence[Span]) -> DayView:
    bars = [
        _drawn(bar.begins, bar.ends, y=LANE * number, name=bar.name, own=bar.own, counts=bar.counts)
        for number, lane in enumerate(rows)
        for bar in lane
    ]
    open_ = [_drawn(begins, ends, y=0, name="") for at, begins, ends in left if at == day]
    return DayView(day_name(day), tuple(bars), tuple(open_), LANE * max(1, len(rows)))


def _drawn(begins: int, ends: int, *, y: int, name: str, own: bool = False, counts: bool = True) -> Drawn:
    """Return the stretch; where one reads from the right, the day begins there, too."""
    x = 1440 - ends if get_language_bidi() else begins
    times = f"{minute(begins)}–{minute(ends)}"
    return Drawn(f"{x / 14.4:.3f}%", y, f"{(ends - begins) / 14.4:.3f}%", name, times, own, counts)


def _duty(row: Duty, who: ModeratorView, known: dict[int, EditionView]) -> DutyView:
    edition = known.get(row.edition_id or 0)
    wanted = [edition] if edition is not None else list(known.values())
    zone = (edition or next(iter(known.values()))).zone
    covered = tuple(one for one in wanted if who.scope.covers(one.id, None))
    return DutyView(row.pk, who, edition, Weekly(tuple(row.weekdays), row.begins, row.ends), zone, row.note, covered)
