"""Lets a package above say where pictures are to be had: push and mail show some, and know nothing of renditions."""

from collections.abc import Callable

from broadsheet.newsroom.queries.cards import ArticleCard
from broadsheet.notifications.conf import pictures


def show_pictures(address_of: Callable[[ArticleCard], str]) -> None:
    """Declare, while apps load, what returns the address of an article's picture."""
    pictures["of"] = address_of


def show_mail_pictures(picture_of: Callable[[ArticleCard], tuple[str, int, int] | None]) -> None:
    """Declare, while apps load, what returns address, width and height of an article's picture in mails."""
    pictures["mail"] = picture_of
