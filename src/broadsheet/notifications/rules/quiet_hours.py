"""When a browser may be spoken to."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY = 24 * 60


def after_quiet(now: datetime, *, zone: str, quiet_from: int | None, quiet_to: int | None) -> datetime:
    """Return `now`, or the end of the quiet hours that it falls into, by the clock of that zone.

    The hours are minutes of the day and may reach over midnight; from a time to the same time there are none.
    """
    if quiet_from is None or quiet_to is None or quiet_from == quiet_to:
        return now
    there = zone_named(zone)
    local = now.astimezone(there)
    minute = local.hour * 60 + local.minute
    over_midnight = quiet_from > quiet_to
    quiet = minute >= quiet_from or minute < quiet_to if over_midnight else quiet_from <= minute < quiet_to
    if not quiet:
        return now
    day = local.date() + timedelta(days=over_midnight and minute >= quiet_from)
    end = datetime.combine(day, time(*divmod(quiet_to, 60)), tzinfo=there).astimezone(UTC)
    return max(now, end)


def zone_named(name: str) -> ZoneInfo:
    """Return the zone, that of Greenwich where there is none of the name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("Etc/GMT")


def minute_of(clock: str) -> int | None:
    """Return the minute of the day of `22:30`, None where that is no time."""
    hours, colon, minutes = clock.partition(":")
    if not (colon and hours.isascii() and hours.isdigit() and minutes.isascii() and minutes.isdigit()):
        return None
    at = int(hours[:3]) * 60 + int(minutes[:3])
    return at if len(minutes) == 2 and int(minutes) < 60 and at < DAY else None


def clock_of(minute: int) -> str:
    """Return `22:30` for a minute of the day."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
