"""The queue in the desk: what could not be sent, and sending it again."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from broadsheet.newsroom.queries.roles import may_give_roles
from broadsheet.notifications.actions.send_again import send_again
from broadsheet.notifications.models import State
from broadsheet.notifications.queries.queue import queue_state, sends_mail, stuck


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """Show how the queue stands and what needs a person; send one message, or all dead ones, again."""
    if not may_give_roles(request.user):
        raise PermissionDenied
    if request.method == "POST":
        which = request.POST.get("message", "")
        chosen = int(which) if which.isascii() and which.isdigit() and len(which) < 19 else None
        count = send_again(message_id=chosen) if chosen is not None or which == "all" else 0
        messages.success(
            request,
            ngettext("%(count)s mail is due again.", "%(count)s mails are due again.", count) % {"count": count},
        )
        return redirect("notifications_queue")
    values = {"state": queue_state(), "dead": stuck(State.DEAD), "unanswered": stuck(State.UNANSWERED)}
    return render(request, "desk/mail.html", {**values, "sends": sends_mail()})
