"""The development mailbox: what the demo paper would have sent. On any other paper it does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from broadsheet.notifications.queries.mailbox import KeptMail, kept_mail, kept_mails

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def on_the_demo(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the view exist on the demo paper, and there for this machine alone: its mails hold links that log in."""

    @wraps(view)
    def guarded(request: HttpRequest, **words: Any) -> HttpResponse:
        local = request.META.get("REMOTE_ADDR", "") in LOOPBACK
        here = urlsplit(settings.PUBLIC_URL).hostname in LOOPBACK
        if not (local and here and (settings.DATA / "demo").exists()):
            raise Http404
        return view(request, **words)

    return guarded


@never_cache
@require_safe
@on_the_demo
def mails(request: HttpRequest) -> HttpResponse:
    """List the mails, newest first."""
    return render(request, "account/mailbox.html", {"mails": kept_mails()})


@never_cache
@require_safe
@on_the_demo
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """Show one mail: its links, its text, and its HTML in a frame without rights."""
    return render(request, "account/mailbox_mail.html", {"mail": _found(name)})


@never_cache
@require_safe
@on_the_demo
def as_page(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with the HTML of one mail, as a mail program shows it: without scripts and pictures from elsewhere."""
    response = HttpResponse(_found(name).html)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups"
    return response


def _found(name: str) -> KeptMail:
    found = kept_mail(name)
    if found is None:
        raise Http404
    return found
