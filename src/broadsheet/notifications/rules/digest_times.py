"""When a digest comes, by the clock of its reader's zone."""

from datetime import UTC, date, datetime, time, timedelta

from broadsheet.notifications.rules.quiet_hours import zone_named

WEEKLY = "weekly"
_FURTHEST = 16  # days: a week, and zones that left out a day


def next_digest(after: datetime, *, rhythm: str, hour: int, weekday: int, zone: str) -> datetime:
    """Return the first moment later than `after` at which a clock of the zone shows the hour, on the weekday if weekly.

    An hour that a change of clocks leaves out is as far from midnight as it would have been, the hour after it on the
    clock; of one that comes twice, the first is meant. `weekday` 0 is Monday; all moments are of whole hours.
    """
    there = zone_named(zone)
    day = after.astimezone(there).date() - timedelta(days=1)
    for _step in range(_FURTHEST):
        if rhythm != WEEKLY or day.weekday() == weekday:
            moment = _moment(day, hour, there)
            if moment > after:
                return moment
        day += timedelta(days=1)
    raise AssertionError("A fortnight has every weekday.")


def _moment(day: date, hour: int, zone: object) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)  # type: ignore[arg-type]
