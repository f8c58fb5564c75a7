"""Wires web into Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Web."""

    name = "broadsheet.web"
    label = "web"
    verbose_name = "Web"

    def ready(self) -> None:
        """Start listening, and say how comments and pictures look to those who send them."""
        from broadsheet.delivery.engines.comment_events import RENDER  # app ready
        from broadsheet.notifications.actions.show_pictures import show_mail_pictures, show_pictures  # app ready
        from broadsheet.web.handlers import memory  # noqa: F401 - app ready
        from broadsheet.web.queries.live_comments import told_of  # app ready
        from broadsheet.web.queries.mail_picture import mail_picture_of  # app ready
        from broadsheet.web.queries.share_url import share_url  # app ready

        RENDER.render = told_of
        show_pictures(share_url)
        show_mail_pictures(mail_picture_of)
