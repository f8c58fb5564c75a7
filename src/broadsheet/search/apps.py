"""Wires search into Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Index, query and suggestions."""

    name = "broadsheet.search"
    label = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        """Start listening."""
        from broadsheet.search import handlers  # noqa: F401 - app ready
