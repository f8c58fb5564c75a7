"""Parts of a line, joined as the language that is active joins them: Arabic has a comma of its own."""

from collections.abc import Iterable

from django.utils.translation import pgettext


def comma() -> str:
    """Return what stands between two parts of a line."""
    return pgettext("between two parts of a line", ", ")


def colon() -> str:
    """Return what stands between a label and what it names: French has a space before it."""
    return pgettext("between a label and what it names", ": ")


def listed(parts: Iterable[str]) -> str:
    """Return the parts in one line."""
    return comma().join(parts)
