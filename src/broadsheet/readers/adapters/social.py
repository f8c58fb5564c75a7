"""What allauth asks of us about networks: whose identity has come, and what becomes of it."""

from typing import Any, cast

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from requests import RequestException

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.readers.actions.confirm_again import ask_confirmation, has_said_no
from broadsheet.readers.actions.link_identity import claim_identity, link_identity
from broadsheet.readers.engines.pending import keep
from broadsheet.readers.models import Reader
from broadsheet.readers.queries.addresses import code_of
from broadsheet.readers.queries.identities import owner_of
from broadsheet.readers.rules.profiles import Profile, read_profile

LOGIN, LINK, CONFIRM = "login", "link", "confirm"  # what an identity is asked for
CANCELLED, STALE, DOWN, WRONG = "cancelled", "stale", "down", "wrong"  # how that can fail
FRESH_SECONDS = 600  # as long as a log-in may take on its way to the provider and back
_STATUS = {CANCELLED: 200, STALE: 400, DOWN: 502, WRONG: 502}


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Identities as this paper has them: (issuer, sub) alone says whose they are, never an address."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Return the providers that the environment names; the database is not asked."""
        apps = [
            SocialApp(**{"provider": kind, "provider_id": "", "settings": {}, **app})
            for kind, entry in settings.SOCIALACCOUNT_PROVIDERS.items()
            for app in entry.get("APPS", ())
        ]
        return [
            app
            for app in apps
            if provider in {None, app.provider_id, app.provider} and client_id in {None, app.client_id}
        ]

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Reader:
        """Read the profile; of all that the network told, only what tells its identities apart is kept for good."""
        account = sociallogin.account
        told = {"picture": _picture_in(account.extra_data), **{key: value for key, value in data.items() if value}}
        if "email_verified" in data:
            vouched = data["email_verified"]
        else:
            vouched = any(
                row.email == data.get("email") and row.verified is True for row in sociallogin.email_addresses
            )
        sociallogin.profile = read_profile(account.provider, account.uid, told, vouched=vouched)
        account.extra_data = {"shown": sociallogin.profile.shown}
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Decide what becomes of the identity; allauth's own ways of linking and registering are never taken."""
        raise ImmediateHttpResponse(_arrive(request, sociallogin))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """Say what went wrong at the provider; nothing was changed here."""
        if error == AuthError.CANCELLED:
            reason = CANCELLED
        elif isinstance(exception, RequestException):
            reason = DOWN
        elif exception is None and "state_id" in (extra_context or {}):
            reason = STALE
        else:
            reason = WRONG
        raise ImmediateHttpResponse(failed(request, provider.name, reason))


def failed(request: HttpRequest, provider: str, reason: str) -> HttpResponse:
    """Return the page that says why a log-in by the provider came to nothing, and how to go on."""
    told = {"provider": provider, "reason": reason}
    return render(request, "social/failed.html", told, status=_STATUS[reason])


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Return the page that says why something was not done with an identity."""
    return render(request, "social/refused.html", {"refusal": error.refusal}, status=409)


def log_in(request: HttpRequest, reader: Reader, profile: Profile, next_path: str) -> HttpResponse:
    """Log the reader in by the identity, as far as a second factor lets; who departed is told so with the User ID."""
    record_authentication(request, reader, "socialaccount", provider=profile.provider, uid=profile.uid)
    login = Login(user=reader, redirect_url=next_path or None, signal_kwargs={"way": "social"})
    return perform_login(request, login)


def _arrive(request: HttpRequest, arrived: SocialLogin) -> HttpResponse:
    profile, state = arrived.profile, arrived.state
    owner = owner_of(profile.provider, profile.uid) or claim_identity(provider=profile.provider, uid=profile.uid)
    process, next_path = state.get("process"), state.get("next") or ""
    if process in {LINK, CONFIRM}:
        if not request.user.is_authenticated or request.user.pk != state.get("reader"):
            return failed(request, arrived.provider.name, STALE)  # somebody logged out or in, in another tab
        if process == LINK:
            return _link(request, profile)
        if owner is None or owner.pk != request.user.pk or not _is_fresh(arrived):
            told = {"next": next_path, "stale": owner is not None and owner.pk == request.user.pk}
            return render(request, "social/another.html", told, status=403)
        return _confirmed(request, profile, next_path)
    if owner is not None:
        return log_in(request, owner, profile, next_path)
    now = clock.now()
    if has_said_no(identity=profile.digest, now=now):
        ask_confirmation(provider=profile.provider, uid=profile.uid, edition=code_of(request), now=now)
    return redirect("social_registration", keep(request.session, profile, next_path, now))


def _link(request: HttpRequest, profile: Profile) -> HttpResponse:
    try:
        new = link_identity(reader_id=cast("int", request.user.pk), profile=profile, edition=code_of(request))
    except Refused as error:
        return refused(request, error)
    messages.success(request, _("The identity is linked to your account.") if new else _("It is linked already."))
    return redirect("socialaccount_connections")


def _confirmed(request: HttpRequest, profile: Profile, next_path: str) -> HttpResponse:
    """Count as identity confirmed again, and go on with what asked for it."""
    told = {"provider": profile.provider, "uid": profile.uid}
    record_authentication(request, request.user, "socialaccount", reauthenticated=True, **told)
    request.GET = QueryDict(urlencode({"next": next_path}))
    return resume_request(request) or redirect("socialaccount_connections")


def _is_fresh(arrived: SocialLogin) -> bool:
    """Return whether the provider says, signed, that the sign-in there was just now; silence proves nothing."""
    at = getattr(arrived, "signed_in_at", None)
    return isinstance(at, int | float) and clock.now().timestamp() - at < FRESH_SECONDS


def _picture_in(told: dict[str, Any]) -> object:
    """Return the address of the picture that Telegram or Facebook sends, if any."""
    picture = told.get("picture")
    inner = picture.get("data") if isinstance(picture, dict) else None
    if isinstance(inner, dict):
        return None if inner.get("is_silhouette") else inner.get("url")
    return told.get("photo_url")
