"""When a deleted account can still come back, in time and in words."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from broadsheet.kernel.days import day_said
from broadsheet.kernel.errors import Refusal
from broadsheet.readers.conf import GRACE, LONGEST_RESIDUE, QUIET_HOURS, SMALL_FILE


def deadline_of(began_at: datetime) -> datetime:
    """Return the moment from which on a deleted account can't be restored any more: 30×24 hours later (ACC-07)."""
    return began_at + GRACE


def refuse_restoring(*, deadline: datetime | None, now: datetime) -> Refusal | None:
    """Say why a link to restore does nothing; None while the account can come back: now < deadline."""
    if deadline is not None and now < deadline:
        return None
    return Refusal(
        "restore-link-dead",
        _("No account was restored."),
        _("A link works once and for 30 days, and one that was used ends all others."),
        _("Log in, if the account is back already. To have the link sent again, log in with the old password."),
    )


def may_overwrite(*, size: int, hour: int, waited: timedelta, since_tried: timedelta) -> bool:
    """Return whether a database's file of so many bytes may be written anew now, so that nothing erased is left in it.

    A small one at any time; a larger one, for which others must wait to write, in the small hours or after a day, and
    once a night.
    """
    if size <= SMALL_FILE:
        return True
    return (hour in QUIET_HOURS or waited >= LONGEST_RESIDUE) and since_tried >= LONGEST_RESIDUE / 2


def in_words(moment: datetime, zone: ZoneInfo, label: str) -> str:
    """Return date, time and zone, in the language that is active: as a person in that zone reads a clock."""
    local = moment.astimezone(zone)
    name = label or local.tzname() or zone.key
    return _("%(date)s, %(time)s (%(zone)s)") % {
        "date": day_said(local),
        "time": f"{local:%H:%M}",
        "zone": name if name == zone.key else f"{name}, {zone.key}",
    }
