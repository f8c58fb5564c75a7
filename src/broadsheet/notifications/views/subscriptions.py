"""The one place where an address's owner sees what mail comes, changes and ends it (NOT-02)."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from broadsheet.kernel import clock
from broadsheet.notifications.actions.end_mail import end_mail, take_back
from broadsheet.notifications.actions.stop_mail import start_mail
from broadsheet.notifications.actions.time_digest import time_digest
from broadsheet.notifications.forms.digest_times import DigestTimesForm
from broadsheet.notifications.models import MailSubscription
from broadsheet.notifications.queries.mail_subscriptions import (
    SubscriptionView,
    rows_by_token,
    rows_of,
    subscription_views,
)
from broadsheet.notifications.rules.quiet_hours import zone_named


@never_cache
@login_required(login_url="account_login")
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Show and change what the account, or an address that it confirmed, subscribed to."""
    return _page(request, list(rows_of(request.user.pk or 0)), reverse("subscriptions"), masked=False)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show and change the same by the link of a mail, without logging in; a link that isn't ours leads nowhere."""
    rows = rows_by_token(token)
    if rows is None:
        return render(request, "account/subscriptions.html", {"stale": True}, status=404)
    return _page(request, rows, reverse("subscriptions_by_link", args=[token]), masked=True)


def _page(request: HttpRequest, rows: list[MailSubscription], here: str, *, masked: bool) -> HttpResponse:
    told: dict[str, Any] = _do(request, rows) if request.method == "POST" else {}
    fresh = list(MailSubscription.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))
    views = subscription_views(fresh, clock.now(), masked=masked)
    wrong = told.get("form")
    shown = [
        {
            "of": view,
            "form": wrong if wrong and told["number"] == view.id else DigestTimesForm(None, of=view),
            "next": view.next_at.astimezone(zone_named(view.zone)).replace(tzinfo=None) if view.next_at else None,
        }
        for view in views
    ]
    values = {"subscriptions": shown, "here": here, "masked": masked, **told}
    return render(request, "account/subscriptions.html", values)


def _do(request: HttpRequest, rows: list[MailSubscription]) -> dict[str, Any]:
    """Do what a button of the page says; return what the page tells of it."""
    number = request.POST.get("subscription", "")
    row = next((row for row in rows if str(row.pk) == number), None)
    if row is None:
        return {"said": _("Nothing was changed: there is no such subscription any more.")}
    doing = {"end": _end, "end-all": _end, "back": _back, "start": _start, "times": _times}
    do = doing.get(request.POST.get("do", ""))
    return do(request, row) if do is not None else {"said": _("Nothing was changed.")}


def _end(request: HttpRequest, row: MailSubscription) -> dict[str, Any]:
    running = list(row.topics.filter(ended_at=None).values_list("topic", flat=True))
    wanted = request.POST.getlist("topic")
    words = running if request.POST["do"] == "end-all" else [word for word in running if word in wanted]
    lasting = list(row.topics.filter(topic__in=words, confirmed_at__isnull=False).values_list("topic", flat=True))
    end_mail(subscription_id=row.pk, topics=words)
    if request.POST["do"] == "end-all":
        return {"said": _("All of it has ended."), "undo": lasting, "number": row.pk}
    said = ngettext("It has ended.", "They have ended.", len(words)) if words else _("It had ended before.")
    return {"said": said, "undo": lasting, "number": row.pk}


def _back(request: HttpRequest, row: MailSubscription) -> dict[str, Any]:
    count = take_back(subscription_id=row.pk, topics=request.POST.getlist("topic"), now=clock.now())
    return {"said": _("Taken back: mail comes as before.") if count else _("There was nothing to take back.")}


def _start(_request: HttpRequest, row: MailSubscription) -> dict[str, Any]:
    started = start_mail(subscription_id=row.pk, now=clock.now())
    return {"said": _("Mail is sent to this address again.") if started else _("Nothing was changed.")}


def _times(request: HttpRequest, row: MailSubscription) -> dict[str, Any]:
    view: SubscriptionView | None = next(iter(subscription_views([row], clock.now(), masked=True)), None)
    if view is None:
        return {"said": _("Nothing was changed: there is no such subscription any more.")}
    form = DigestTimesForm(request.POST, of=view)
    if not form.is_valid():
        return {"form": form, "number": row.pk}
    time_digest(subscription_id=row.pk, times=form.times(), now=clock.now())
    return {"said": _("Saved.")}
