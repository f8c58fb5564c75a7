"""Parts of a line, joined as the language that is active joins them: Arabic has a comma of its own."""

from collections.abc import Iterable

from django.utils.translation import pgettext


def comma() -> str:
    """Return what stands between two parts of a line."""
    return pgettext("between two parts of a line", ", ")


def listed(parts: Iterable[str]) -> str:
    """Return the parts in one line."""
    return comma().join(parts)
