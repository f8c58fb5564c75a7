"""Wires web into Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Web."""

    name = "broadsheet.web"
    label = "web"
    verbose_name = "Web"

    def ready(self) -> None:
        """Start listening."""
        from broadsheet.web.handlers import memory  # noqa: F401 - app ready
