"""Push notifications for readers: what the dialog needs, what browsers tell, and the page where it all can be ended."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from broadsheet.kernel.errors import Refused
from broadsheet.notifications.actions.refuse_push import refuse_push
from broadsheet.notifications.actions.renew_push import renew_push
from broadsheet.notifications.actions.subscribe_push import subscribe_push
from broadsheet.notifications.actions.withdraw_push import withdraw_push, withdraw_reader_push
from broadsheet.notifications.forms.push import browser_of, text_of, told, way_of, wishes_of
from broadsheet.notifications.queries.push_browsers import by_endpoint
from broadsheet.notifications.queries.push_dialog import (
    QUIET,
    browser_state,
    browsers_of,
    choosable,
    offer,
    page_words,
    title_of,
    wording_of,
)
from broadsheet.notifications.queries.push_topics import first_topics
from broadsheet.readers.queries.addresses import edition_of

STATUS = {"push-foreign": 403, "push-too-often": 429}
View = Callable[[HttpRequest, dict[str, Any]], HttpResponse]


def for_browsers(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """Let the view hear what a page of ours sends, and answer in words what can't be done."""

    @csrf_exempt  # `forms.push.told` asks where the request comes from
    @never_cache
    @require_POST
    @wraps(view)
    @sensitive_variables("found")
    def heard(request: HttpRequest) -> HttpResponse:
        try:
            found = told(request)
            return view(request, found)
        except Refused as refused:
            return JsonResponse(refused.refusal.as_json(), status=STATUS.get(refused.refusal.code, 400))

    return heard


def _reader(request: HttpRequest) -> int | None:
    return request.user.pk if request.user.is_authenticated else None


@never_cache
@require_safe
def dialog(request: HttpRequest) -> JsonResponse:
    """Return what the dialog shows and needs; an empty object where it isn't to be shown."""
    edition = edition_of(request)
    return JsonResponse((offer(edition, _reader(request)) if edition is not None else None) or {})


@for_browsers
def subscribe(request: HttpRequest, found: dict[str, Any]) -> HttpResponse:
    """Subscribe the browser, or change what it gets."""
    edition = edition_of(request)
    if edition is None:
        return JsonResponse({}, status=404)
    row = subscribe_push(
        browser=browser_of(found.get("subscription")),
        wishes=wishes_of(found),
        known_by=text_of(found, "key"),
        edition=edition,
        reader_id=_reader(request),
        wording=wording_of(edition),
        way=way_of(found),
    )
    return JsonResponse(browser_state(row))


@for_browsers
def state(_request: HttpRequest, found: dict[str, Any]) -> HttpResponse:
    """Return what the browser gets."""
    return JsonResponse(browser_state(by_endpoint(text_of(found, "endpoint"))))


@for_browsers
def change(_request: HttpRequest, found: dict[str, Any]) -> HttpResponse:
    """Follow the browser to a new endpoint; the answer is the same whether or not the old one was known."""
    renew_push(old=text_of(found, "old"), browser=browser_of(found.get("subscription")), known_by=text_of(found, "key"))
    return JsonResponse({})


@for_browsers
def withdraw(_request: HttpRequest, found: dict[str, Any]) -> HttpResponse:
    """Forget the browser; the answer is the same whether or not it was known."""
    withdraw_push(endpoint=text_of(found, "endpoint"))
    return JsonResponse({"subscribed": False})


@for_browsers
def refuse(request: HttpRequest, _found: dict[str, Any]) -> HttpResponse:
    """Remember a refusal in the account of whoever is logged in; other browsers remember it themselves."""
    edition, reader = edition_of(request), _reader(request)
    if reader is not None and edition is not None:
        refuse_push(reader_id=reader, edition=edition.code)
    return JsonResponse({})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show topics, quiet hours and how to withdraw; on POST, forget all browsers of whoever is logged in."""
    edition, reader = edition_of(request), _reader(request)
    if request.method == "POST":
        if reader is not None:
            withdraw_reader_push(reader_id=reader)
        return redirect("push")
    if edition is None:
        return render(request, "account/push.html", {})
    wanted = request.GET.getlist("topic")[:20]
    chosen = wanted or first_topics(edition)
    values = {
        "edition": edition,
        "title": title_of(edition),
        "offer": page_words(edition),
        "words": json.dumps(page_words(edition)),
        "wanted": json.dumps(wanted),
        "topics": choosable(edition, wanted),
        "chosen": chosen,
        "quiet": QUIET,
        "browsers": browsers_of(reader),
    }
    return render(request, "account/push.html", values)
