"""Lets a package above say where pictures are to be had: push notifications show one, and know nothing of renditions."""

from collections.abc import Callable

from broadsheet.newsroom.queries.cards import ArticleCard
from broadsheet.notifications.conf import pictures


def show_pictures(address_of: Callable[[ArticleCard], str]) -> None:
    """Declare, while apps load, what returns the address of an article's picture."""
    pictures["of"] = address_of
