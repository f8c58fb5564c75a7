"""Modes, times of the week and spans of time in words of the active language (DIS-06)."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from broadsheet.discussion.conf import Mode
from broadsheet.discussion.queries.prospects import ModeNow, Rule
from broadsheet.discussion.queries.weeks import Span, Weekly
from broadsheet.kernel.listed import listed


def mode_label(mode: str) -> str:
    """Return who may comment."""
    return str(Mode(mode).label)


def when_words(rule: Rule) -> str:
    """Return when the rule holds."""
    parts = [week_words(rule.week)] if not rule.week.always else []
    if rule.unstaffed:
        parts.append(_("while nobody is on duty"))
    if rule.expires_at is not None:
        parts.append(_("until %(moment)s") % {"moment": moment_words(rule.expires_at)})
    words = listed(parts) if parts else _("Always")
    return words[:1].upper() + words[1:]


def week_words(week: Weekly) -> str:
    """Return the days and the times."""
    parts = [days_words(week.weekdays)] if week.weekdays and len(set(week.weekdays)) < 7 else [_("every day")]
    if week.begins is not None and week.ends is not None:
        parts.append(_("from %(begins)s to %(ends)s") % {"begins": clock(week.begins), "ends": clock(week.ends)})
    return " ".join(parts)


def days_words(weekdays: Sequence[int]) -> str:
    """Return days of the week, three or more in a row as `Monday to Friday`."""
    parts = []
    for first, last in _rows(sorted(set(weekdays))):
        if last - first < 2:
            parts += [day_name(day) for day in range(first, last + 1)]
        else:
            names = {"first": day_name(first), "last": day_name(last)}
            parts.append(pgettext("days of the week", "%(first)s to %(last)s") % names)
    return listed(parts)


def says_words(rule: Rule) -> list[str]:
    """Return what the rule says, part by part."""
    found = [mode_label(rule.mode)] if rule.mode else []
    if rule.slow_seconds is not None:
        found.append(_slow(rule.slow_seconds))
    if rule.shield_hours is not None:
        found.append(_shield(rule.shield_hours))
    if rule.close_after_days is not None:
        days = rule.close_after_days
        words = ngettext("closes %(days)s day after publication", "closes %(days)s days after publication", days)
        found.append(words % {"days": days})
    return found


def now_words(now: ModeNow) -> list[str]:
    """Return what holds, part by part; what is as everywhere is left out."""
    found = [mode_label(now.mode)]
    if now.mode == Mode.CLOSED:
        return found
    if now.slow:
        found.append(_slow(int(now.slow.total_seconds())))
    if now.shield:
        found.append(_shield(int(now.shield.total_seconds() // 3600)))
    if now.closes_at is not None:
        found.append(_("closes on %(moment)s") % {"moment": moment_words(now.closes_at)})
    return found


def span_words(seconds: int) -> str:
    """Return a span of time, in minutes where it is whole ones."""
    if seconds and seconds % 60 == 0:
        return ngettext("%(count)s minute", "%(count)s minutes", seconds // 60) % {"count": seconds // 60}
    return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}


def age_words(hours: int) -> str:
    """Return the age of an account, in days where it is whole ones."""
    if hours >= 48 and hours % 24 == 0:
        return ngettext("%(count)s day", "%(count)s days", hours // 24) % {"count": hours // 24}
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}


def left_words(until: datetime, now: datetime) -> str:
    """Return how long it is until then, rounded up to a minute."""
    minutes = max(1, -(-int((until - now) / timedelta(seconds=1)) // 60))
    hours, minutes = divmod(minutes, 60)
    if hours >= 48:
        return ngettext("%(count)s day", "%(count)s days", hours // 24) % {"count": hours // 24}
    parts = [ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}] if hours else []
    parts += [ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}] if minutes else []
    return listed(parts)


def moment_words(at: datetime) -> str:
    """Return a moment by the clock of whoever looks."""
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


def gap_words(spans: Sequence[Span]) -> list[str]:
    """Return stretches of the week, a day each: `Monday 00:00–09:00`."""
    return [f"{day_name(day)} {minute(begins)}–{minute(ends)}" for day, begins, ends in spans]


def minute(number: int) -> str:
    """Return the minute of a day as a clock shows it; the last one is 24:00."""
    return "24:00" if number == 1440 else f"{number // 60:02}:{number % 60:02}"


def day_name(day: int) -> str:
    """Return the name of a day of the week; 0 is Monday."""
    return str(WEEKDAYS[day])


def clock(at: time) -> str:
    """Return a time of day."""
    return time_format(at, "H:i")


def _slow(seconds: int) -> str:
    return (
        _("slow mode: %(span)s between two comments") % {"span": span_words(seconds)} if seconds else _("no slow mode")
    )


def _shield(hours: int) -> str:
    return _("shield: accounts are new for %(age)s") % {"age": age_words(hours)} if hours else _("no shield")


def _rows(days: Sequence[int]) -> list[tuple[int, int]]:
    """Return days that follow each other as pairs of the first and the last."""
    found: list[tuple[int, int]] = []
    for day in days:
        if found and found[-1][1] == day - 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
