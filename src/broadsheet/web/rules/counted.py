"""Numbers in words, in the language in force; figures are grouped by narrow spaces."""

from django.utils.translation import gettext, ngettext

from broadsheet.kernel.figures import grouped


def counted_views(count: int) -> str:
    """Return how often an article was read."""
    return ngettext("%(count)s view", "%(count)s views", count) % {"count": grouped(count)}


def counted_comments(count: int) -> str:
    """Return how many comments are seen."""
    return ngettext("%(count)s comment", "%(count)s comments", count) % {"count": grouped(count)}


def counted_replies(count: int) -> str:
    """Return how many replies are seen."""
    return ngettext("%(count)s reply", "%(count)s replies", count) % {"count": grouped(count)}


def counted_more_replies(count: int) -> str:
    """Return how many replies follow; without their number where all that follow are tombstones."""
    if not count:
        return gettext("More replies")
    return ngettext("%(count)s more reply", "%(count)s more replies", count) % {"count": grouped(count)}
