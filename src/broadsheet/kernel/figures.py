"""Numbers and spans of time in words, in the language that is active."""

from django.utils.translation import gettext, ngettext

MINUTE, HOUR, DAY = 60, 3600, 86_400


def grouped(number: int) -> str:
    """Return the number with narrow spaces between its thousands."""
    return f"{number:,}".replace(",", "\u202f")


def span_said(seconds: int) -> str:
    """Return a span as people say it: in minutes up to two hours, in hours up to two days, then in days."""
    if seconds < MINUTE:
        return gettext("less than a minute")
    if seconds < 2 * HOUR:
        number = round(seconds / MINUTE)
        return ngettext("%(number)s minute", "%(number)s minutes", number) % {"number": number}
    if seconds < 2 * DAY:
        number = round(seconds / HOUR)
        return ngettext("%(number)s hour", "%(number)s hours", number) % {"number": number}
    number = round(seconds / DAY)
    return ngettext("%(number)s day", "%(number)s days", number) % {"number": grouped(number)}
