"""What the desk asks before it publishes, and how it tells of what it refused."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry, Page

from broadsheet.newsroom.actions.scheduled import REFUSED
from broadsheet.newsroom.models import ArticlePage
from broadsheet.newsroom.queries.checks import blocking_checks


@hooks.register("before_publish_page")
def ask_the_checks(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep the draft and say what blocks, before anything is published."""
    if not isinstance(page, ArticlePage):
        return None
    found = blocking_checks(page)
    if not found:
        return None
    messages.error(request, _("The article was not published; the draft is kept."))
    for finding in found:
        messages.error(request, finding.text)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Let the article's history say why a scheduled publication did not happen."""

    @actions.register_action(REFUSED)
    class Refusal(LogFormatter):
        """Says in the history why an article was not published at its time."""

        label = gettext_lazy("Scheduled publication refused")

        def format_message(self, log_entry: ModelLogEntry) -> Any:
            """Return the sentence with the reason."""
            return _("Not published at its time: %(reason)s") % {"reason": log_entry.data.get("reason", "")}
