"""Wires the newsroom into Django."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """Editions, sections, articles, pictures, notices and their desk."""

    name = "broadsheet.newsroom"
    label = "newsroom"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        """Let pages know their addresses, wrap Wagtail's ways of publishing, and start listening."""
        from broadsheet.newsroom import personal_data, tasks  # noqa: F401 - app ready
        from broadsheet.newsroom.adapters import desk_answers, desk_setup, publishing, rows
        from broadsheet.newsroom.admin import desk
        from broadsheet.newsroom.handlers import caches  # noqa: F401 - app ready
        from broadsheet.newsroom.models.addressed import AddressedPage
        from broadsheet.newsroom.queries.addresses import path_of

        AddressedPage.find_path = staticmethod(path_of)
        publishing.wire()
        rows.wire()
        desk.wire()
        desk_answers.wire()
        desk_setup.wire(self)
