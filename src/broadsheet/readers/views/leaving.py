"""Deleting the account, and restoring it (ACC-07)."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.readers.actions.delete_account import delete_account
from broadsheet.readers.actions.restore_deleted import restore_deleted
from broadsheet.readers.conf import DEPARTED_SESSION_KEY, TOLD_FOR
from broadsheet.readers.queries.departures import DepartedView, departed, departed_by_link
from broadsheet.readers.rules.deadlines import in_words, refuse_restoring
from broadsheet.readers.views.identity import ask_to_confirm, has_confirmed, own_id

_CALLBACK = "broadsheet.readers.views.leaving.go_on_deleting"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Ask whether the account is to be deleted; after Yes have the identity confirmed, then delete it."""
    if request.method != "POST":
        return render(request, "account/delete.html")
    if not has_confirmed(request):
        return ask_to_confirm(request, then=reverse("account_delete"), callback=_CALLBACK)
    return _delete(request)


def go_on_deleting(request: HttpRequest, state: dict[str, Any]) -> HttpResponse:
    """Delete the account after its owner has confirmed who they are for just that; else lead to where they wanted."""
    wanted = get_next_redirect_url(request)
    if wanted != reverse("account_delete") or not has_confirmed(request):
        return HttpResponseRedirect(wanted or reverse("account_delete"))
    return _delete(request)


@never_cache
@require_http_methods(["GET", "HEAD"])
def deleted(request: HttpRequest) -> HttpResponse:
    """Tell that the account is deleted and where the link went, to the browser that did it."""
    gone = _departed_here(request)
    if gone is None:
        return HttpResponseRedirect(reverse("account_login"))
    return render(request, "account/deleted.html", {"gone": gone, "deadline": _deadline(request, gone)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
def restore(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then restore: what merely opens the link, as mail scanners do, doesn't use it up (ASVS 3.5.3)."""
    now = clock.now()
    gone = departed_by_link(token, now)
    if request.method != "POST":
        refusal = refuse_restoring(deadline=gone.deadline if gone else None, now=now)
        values = {"gone": gone, "refusal": refusal, "deadline": _deadline(request, gone) if gone else ""}
        return render(request, "account/restore.html", values, status=410 if refusal else 200)
    try:
        restore_deleted(token=token, now=now)
    except Refused as refused:
        return render(request, "account/restore.html", {"refusal": refused.refusal}, status=410)
    request.session.pop(DEPARTED_SESSION_KEY, None)
    return render(request, "account/restored.html")


def _delete(request: HttpRequest) -> HttpResponse:
    reader_id = own_id(request)
    try:
        delete_account(reader_id=reader_id, edition=request.edition.code, now=clock.now())  # type: ignore[attr-defined]
    except Refused as refused:
        return render(request, "account/delete.html", {"refusal": refused.refusal}, status=403)
    logout(request)
    request.session[DEPARTED_SESSION_KEY] = reader_id  # of a session that opens nothing
    request.session.set_expiry(int(TOLD_FOR.total_seconds()))
    response = HttpResponseRedirect(reverse("account_deleted"))
    response["Clear-Site-Data"] = '"cache"'  # ASVS 14.3.1; the cookie stays, which says where the link went
    return response


def _departed_here(request: HttpRequest) -> DepartedView | None:
    reader_id = request.session.get(DEPARTED_SESSION_KEY)
    return departed(reader_id, clock.now()) if isinstance(reader_id, int) else None


def _deadline(request: HttpRequest, gone: DepartedView) -> str:
    edition = request.edition  # type: ignore[attr-defined]
    return in_words(gone.deadline, edition.zone, edition.zone_label)
