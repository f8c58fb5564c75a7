"""To a provider and back: leaving for it, its answer, and the page of linked identities."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.apple.apple_session import APPLE_SESSION_COOKIE_NAME, get_apple_session
from allauth.socialaccount.providers.apple.views import apple_post_callback
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.telegram.views import CallbackView as TelegramCallbackView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods
from requests import RequestException

from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.queries.editions import edition_by_code
from broadsheet.readers.actions.unlink_identity import unlink_identity
from broadsheet.readers.adapters.openid import OpenID, OpenIDAdapter
from broadsheet.readers.adapters.other_providers import AppleAdapter, FacebookAdapter
from broadsheet.readers.adapters.social import CONFIRM, DOWN, LINK, LOGIN, STALE, WRONG, failed, refused
from broadsheet.readers.queries.addresses import code_of
from broadsheet.readers.queries.identities import identities_of, offered_providers, ways_in
from broadsheet.readers.rules.ways_in import why_not_unlink
from broadsheet.readers.views.identity import own_id

_log = logging.getLogger("broadsheet.readers.social")
# What a provider's answer can do to those who read it.
_FAULTS = (
    OAuth2Error, RequestException, ProviderException, ImproperlyConfigured, AttributeError, LookupError, TypeError,
    ValueError,
)  # fmt: skip
# A provider is asked to let its user sign in anew, and to say when they did (OpenID Connect Core 1.0, 3.1.2.1).
_AFRESH = {"prompt": "login", "max_age": "0"}
# Google takes no `prompt=login` and tells no `auth_time`: sent there, one would come back without having been asked.
_NEVER_AFRESH = {"https://accounts.google.com"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Ask, then leave for the provider: to log in, to link, or to confirm one's identity again.

    It is left by a page, not by a redirection: policies of pages let no form end at another host.
    """
    if provider_id not in offered_providers():
        raise Http404
    provider = get_adapter().get_provider(request, provider_id)
    if request.method != "POST":
        return render(request, "social/start.html", {"provider": provider})
    process = request.POST.get("process", LOGIN)
    if process in {LINK, CONFIRM} and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if process == LINK:
        raise_if_reauthentication_required(request, app="allauth.socialaccount")
    asked: dict[str, Any] = {"reader": request.user.pk, "edition": code_of(request)}
    if process == CONFIRM:
        if not _confirms(provider):
            return redirect("social_confirm")
        asked["auth_params"] = dict(_AFRESH)
    try:
        response = provider.redirect(request, process, next_url=get_next_redirect_url(request), **asked)
    except _FAULTS as error:
        return _told(request, provider.name, error)
    if not isinstance(response, HttpResponseRedirect):
        return response
    return render(request, "social/leaving.html", {"provider": provider, "address": response.url})


def _confirms(provider: Any) -> bool:
    """Return whether the provider can show that its user signed in just now: one of OpenID Connect, but for Google."""
    return isinstance(provider, OpenID) and provider.issuer.rstrip("/") not in _NEVER_AFRESH


def _answer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the view answer in the edition where the log-in was begun, and say in words what is wrong at a provider."""

    @never_cache
    @sensitive_variables()
    @wraps(view)
    def answered(request: HttpRequest, provider_id: str, **options: Any) -> HttpResponse:
        offered = offered_providers()
        if provider_id not in offered:
            raise Http404
        if (elsewhere := _in_its_edition(request)) is not None:
            return HttpResponseRedirect(elsewhere)
        try:
            return view(request, provider_id, **options)
        except PermissionDenied:
            return failed(request, offered[provider_id], STALE)
        except _FAULTS as error:
            return _told(request, offered[provider_id], error)

    return answered


def _told(request: HttpRequest, name: str, error: Exception) -> HttpResponse:
    _log.warning("log-in by a provider failed", extra={"provider": name, "error": type(error).__name__})
    return failed(request, name, DOWN if isinstance(error, RequestException) else WRONG)


def _in_its_edition(request: HttpRequest) -> str | None:
    """Return where the answer is read instead: providers know one address, that of the edition at the root."""
    state, *_when = statekit.get_states(request).get(request.GET.get("state", ""), ({},))
    edition = edition_by_code(str(state.get("edition") or ""))
    if edition is None or edition.at_root or edition == getattr(request, "edition", None):
        return None
    return f"{edition.path.rstrip('/')}{request.path_info}?{request.META.get('QUERY_STRING', '')}"


@_answer
def openid_answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the answer of a provider of OpenID Connect."""
    return OAuth2CallbackView.adapter_view(OpenIDAdapter(request, provider_id))(request)


@_answer
def facebook_answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take Facebook's answer."""
    return OAuth2CallbackView.adapter_view(FacebookAdapter)(request)


@csrf_exempt
@_answer
def apple_answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take Apple's answer, which comes by a form of another host's, without the session: it is read a step later.

    That step may be one in another edition, so the cookie that leads to what Apple told is sent to every page.
    """
    response = apple_post_callback(request)
    if APPLE_SESSION_COOKIE_NAME in response.cookies:
        response.cookies[APPLE_SESSION_COOKIE_NAME].update({"path": "/", "httponly": True})
    return response


@_answer
def apple_finish(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Read Apple's answer; what it told is forgotten, whatever came of it."""
    try:
        response: HttpResponse = OAuth2CallbackView.adapter_view(AppleAdapter)(request)
    finally:
        get_apple_session(request).delete()
    response.delete_cookie(APPLE_SESSION_COOKIE_NAME)
    return response


@csrf_exempt
@_answer
def telegram_answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take Telegram's answer: behind the #, from where a script of ours sends it; the state protects that form."""
    return TelegramCallbackView.as_view()(request)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def connections(request: HttpRequest) -> HttpResponse:
    """List the linked identities; unlink one, after confirming one's identity again."""
    if request.method == "POST":
        raise_if_reauthentication_required(request, app="allauth.socialaccount")
        chosen = request.POST.get("unlink", "")
        try:
            done = chosen.isascii() and chosen.isdigit() and len(chosen) < 19 and unlink_identity(
                reader_id=own_id(request), identity_id=int(chosen), edition=code_of(request)
            )  # fmt: skip
        except Refused as error:
            return refused(request, error)
        messages.info(request, _("The identity is unlinked.") if done else _("There is no such identity any more."))
        return redirect("socialaccount_connections")
    identities = identities_of(own_id(request))
    last = why_not_unlink(ways_in(own_id(request), without=identities[0].id)) if len(identities) == 1 else None
    told = {"identities": identities, "refusal": last, "providers": get_adapter().list_providers(request)}
    return render(request, "social/connections.html", told)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for a fresh sign-in at one of the account's own providers; where none can, for a password set by mail."""
    linked = {identity.provider for identity in identities_of(own_id(request))}
    offered = get_adapter().list_providers(request)
    providers = [each for each in offered if each.sub_id in linked and _confirms(each)]
    told = {"providers": providers, "next": get_next_redirect_url(request) or ""}
    return render(request, "social/confirm.html", told)
