"""Wires web into Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Web."""

    name = "broadsheet.web"
    label = "web"
    verbose_name = "Web"

    def ready(self) -> None:
        """Start listening, and say how comments look to those who send them to open pages."""
        from broadsheet.delivery.engines.comment_events import RENDER  # app ready
        from broadsheet.web.handlers import memory  # noqa: F401 - app ready
        from broadsheet.web.queries.live_comments import told_of  # app ready

        RENDER.render = told_of
