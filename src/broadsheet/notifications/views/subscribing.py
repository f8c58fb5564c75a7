"""Asking for mail, and saying yes to it by the link in a mail (NOT-02)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.rates import network_of
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.actions.confirm_mail import asked_by, confirm_mail
from broadsheet.notifications.actions.subscribe_mail import subscribe_mail
from broadsheet.notifications.forms.subscribe import SubscribeForm
from broadsheet.notifications.queries.mail_offer import named_mail_topic
from broadsheet.notifications.queries.mail_subscriptions import manage_path
from broadsheet.readers.queries.addresses import edition_of
from broadsheet.readers.queries.people import confirmed_address_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def subscribe(request: HttpRequest) -> HttpResponse:
    """Show what comes by mail, and let it be asked for; the answer says nothing of what is known of an address."""
    edition = edition_of(request)
    if edition is None:
        raise Http404
    form = SubscribeForm(
        request.POST if request.method == "POST" else None,
        edition=edition,
        wanted=[*request.GET.getlist("topic")[:20], *request.POST.getlist("articles")[:20]],
        own=_own_address(request),
        network=network_of(request.META.get("REMOTE_ADDR", "")),
    )
    if not form.is_valid():
        return render(request, "account/subscribe.html", {"form": form})
    try:
        counts = _asked(request, form, edition)
    except Refused as refused:
        form.add_error("email" if "email" in form.fields else None, f"{refused.refusal.why} {refused.refusal.remedy}")
        return render(request, "account/subscribe.html", {"form": form})
    return render(request, "account/subscribe_asked.html", {"address": form.address, "counts": counts})


def _own_address(request: HttpRequest) -> str:
    return confirmed_address_of(request.user.pk) if request.user.is_authenticated and request.user.pk else ""


def _asked(request: HttpRequest, form: SubscribeForm, edition: EditionView) -> bool:
    if not form.own and form.captcha.trapped:
        return False  # a program that filled in what nobody sees: it learns nothing
    return subscribe_mail(
        address=form.address,
        topics=form.topics,
        edition=edition,
        reader_id=request.user.pk if request.user.is_authenticated else None,
        way="account" if form.own else "page",
        now=clock.now(),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and change nothing: programs open links of mails, too. Confirm on POST."""
    edition, done = edition_of(request), request.method == "POST"
    now = clock.now()
    found = confirm_mail(token=token, now=now) if done else asked_by(token=token, now=now)
    if found is None or edition is None:
        return render(request, "account/subscribe_confirm.html", {"stale": True}, status=410)
    names = [topic.name for topic in map(named_mail_topic, found.waiting or found.running) if topic is not None]
    values = {
        "token": token,
        "names": names,
        "done": done or not found.waiting,
        "manage": manage_path(edition, found.subscription_id),
    }
    return render(request, "account/subscribe_confirm.html", values)
