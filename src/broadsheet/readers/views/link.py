"""Logging in by a one-use link: the page asks first, so that a link checker doesn't use it up."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from broadsheet.kernel import clock
from broadsheet.readers.actions.staff import redeem_login_link
from broadsheet.readers.conf import DESK_SESSION_KEY


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
def login_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then log in; a used or expired link says so and what to do."""
    if request.method != "POST":
        return render(request, "account/login_link.html", {"token": token})
    link = redeem_login_link(token=token, now=clock.now())
    if link is None:
        return render(request, "account/login_link.html", {"expired": True}, status=410)
    record_authentication(request, link.reader, method="link")
    response = perform_login(request, Login(user=link.reader, redirect_url="/editor/" if link.reader.is_staff else "/"))
    if link.opens_desk:
        request.session[DESK_SESSION_KEY] = True
    return response
