"""The panel of checks before publication."""

from typing import Any

from wagtail.admin.panels import Panel

from broadsheet.newsroom.queries.checks import checks_of


class ChecksPanel(Panel):
    """Shows what is to be seen to before publication, anew after each autosave."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "desk/checks_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the findings of the article as the form shows it."""
            context = super().get_context_data(parent_context)
            stored = bool(self.instance.pk)
            return {**context, "article": self.instance, "findings": checks_of(self.instance) if stored else []}


class WordsPanel(Panel):
    """Shows the fields for a recording's words in each language of the paper."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "desk/words_panel.html"
