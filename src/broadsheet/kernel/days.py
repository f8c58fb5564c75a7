"""Days and months in words, as the language that is active writes them."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import pgettext


def day_said(day: date) -> str:
    """Return the day as 20 November 2026; of a time with a zone, the day there (Django would move it to another zone)."""
    return date_format(_plain(day), pgettext("format of a day", "j F Y"))


def month_said(day: date) -> str:
    """Return the month of the day as November 2026."""
    return date_format(_plain(day), pgettext("format of a month", "F Y"))


def _plain(day: date) -> date:
    return date(day.year, day.month, day.day)
