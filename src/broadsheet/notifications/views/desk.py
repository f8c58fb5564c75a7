"""The queue in the desk: what could not be sent, sending it again, and what came back."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from broadsheet.kernel import clock
from broadsheet.newsroom.queries.roles import may_give_roles
from broadsheet.notifications.actions.resume_mail import resume_all, resume_mail
from broadsheet.notifications.actions.send_again import send_again
from broadsheet.notifications.models import State
from broadsheet.notifications.queries.queue import queue_state, sends_mail, stuck
from broadsheet.notifications.queries.returned_mail import (
    Stopped,
    returned_lately,
    standing_of_address,
    stopped_counts,
    stopped_lately,
)

LATELY = timedelta(days=7)


@sensitive_post_parameters("address")
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """Show how the queue stands and what needs a person; send one message, or all dead ones, again.

    Show what came back, and let an address, or all that were stopped lately, get optional mail again.
    """
    if not may_give_roles(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request)
    lift = request.POST.get("lift", "")
    if lift in {"look", "address"}:
        return _about_address(request, lifting=lift == "address")
    if lift == "lately":
        _say_lifted(request, resume_all(since=clock.now() - LATELY, now=clock.now()))
        return redirect("notifications_queue")
    which = request.POST.get("message", "")
    chosen = int(which) if which.isascii() and which.isdigit() and len(which) < 19 else None
    count = send_again(message_id=chosen) if chosen is not None or which == "all" else 0
    messages.success(
        request,
        ngettext("%(count)s mail is due again.", "%(count)s mails are due again.", count) % {"count": count},
    )
    return redirect("notifications_queue")


def _about_address(request: HttpRequest, *, lifting: bool) -> HttpResponse:
    address = request.POST.get("address", "").strip()[:254]
    if "@" not in address:
        messages.error(request, _("That is no address. Write it as name@example.org."))
        return redirect("notifications_queue")
    asked = standing_of_address(address, clock.now())
    if lifting:
        _say_lifted(request, int(resume_mail(recipient=asked.recipient, now=clock.now())))
        return redirect("notifications_queue")
    return _page(request, asked)


def _say_lifted(request: HttpRequest, count: int) -> None:
    text = ngettext(
        "%(count)s address gets the mail again that was chosen.",
        "%(count)s addresses get the mail again that was chosen.",
        count,
    )
    messages.success(request, text % {"count": count})


def _page(request: HttpRequest, asked: Stopped | None = None) -> HttpResponse:
    now = clock.now()
    values: dict[str, Any] = {
        "state": queue_state(),
        "dead": stuck(State.DEAD),
        "unanswered": stuck(State.UNANSWERED),
        "sends": sends_mail(),
        "hears": bool(settings.MAIL_BOUNCES),
        "returned": returned_lately(now),
        "stopped": stopped_counts(now),
        "lately": stopped_lately(now, LATELY),
        "asked": asked,
    }
    return render(request, "desk/mail.html", values)
