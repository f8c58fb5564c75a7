"""Editions, sessions, log-in and CSRF for the addresses that need to know who asks, and for no others.

Everything else is answered without a session or cookie, so that no stored page can depend on who asked.
Each class is the library's own middleware, stepping aside for public addresses.
"""

import re
from datetime import UTC, datetime
from typing import Any

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.locale import LocaleMiddleware
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import translation
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxMiddleware

from broadsheet.kernel import clock
from broadsheet.newsroom.queries.editions import edition_by_code, editions, root_edition
from broadsheet.readers.actions.keep_session import keep_session, tell_of_device
from broadsheet.readers.conf import DESK_SESSION_KEY, LONGEST_NOBODYS_SESSION, LONGEST_SESSION, LONGEST_STAFF_SESSION
from broadsheet.readers.forms.known_device import known_device, remember_device
from broadsheet.readers.queries.addresses import code_of
from broadsheet.readers.queries.staff import has_second_factor
from broadsheet.readers.rules.devices import device_family

_KEPT = "kept_session"  # in the session: its key when it was listed, the day it was seen last, when it began
_UNDER_EDITION = re.compile(r"/([a-z]{2,3}(?:-[a-z0-9]{2,8})*)(/(?:accounts|me)/.*)", re.DOTALL)


class EditionOfAccounts:
    """Account pages of an edition: `/fr/accounts/login/` is `/accounts/login/` in the frame and language of `fr`.

    `request.edition` is the edition, None on other addresses; addresses made while it is answered stay in it.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        """Take the edition's code off the address."""
        found = _UNDER_EDITION.fullmatch(request.path_info)
        edition = edition_by_code(found[1]) if found else None
        if found is None or edition is None or edition.at_root:
            at_accounts = request.path_info.startswith(("/accounts/", "/me/"))
            request.edition = (root_edition() or next(iter(editions()), None)) if at_accounts else None  # type: ignore[attr-defined]
            return self.get_response(request)
        request.edition = edition  # type: ignore[attr-defined]
        request.path_info = found[2]
        before = get_script_prefix()
        set_script_prefix(edition.path)
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(before)


def is_personal(request: HttpRequest) -> bool:
    """Return whether the address is one of those that know who asks."""
    return request.path_info.startswith(tuple(settings.PERSONAL_PREFIXES))


class _Personal:
    """Mixed into a middleware: public addresses pass by it untouched."""

    def __call__(self, request: HttpRequest) -> Any:
        if is_personal(request):
            return super().__call__(request)  # type: ignore[misc]
        return self.get_response(request)  # type: ignore[attr-defined]

    def process_view(self, request: HttpRequest, *args: Any) -> Any:
        parent = getattr(super(), "process_view", None)
        return parent(request, *args) if parent is not None and is_personal(request) else None


class SecureCookies:
    """Gives cookies back over https alone once they came that way, also where the paper's own address says http."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        """Mark the answer's cookies."""
        response = self.get_response(request)
        if request.is_secure():
            for cookie in response.cookies.values():
                cookie["secure"] = True
        return response


class Sessions(_Personal, SessionMiddleware):
    """Sessions of the desk and of accounts; one in which nobody is logged in ends after half an hour.

    Where one was ended while a page was made for it, from another device or tab, the browser is sent to ask again: as
    somebody who isn't logged in, which is what holds by now.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Store the session, unless it is there no longer."""
        _limit(request.session)
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            reading = request.method in {"GET", "HEAD"}
            return HttpResponseRedirect(request.get_full_path() if reading else reverse("account_login"))


def _limit(session: SessionBase) -> None:
    """Let nobody's session end soon, what a name at a provider or a link was left in; and no other for having been one."""
    limit = int(LONGEST_NOBODYS_SESSION.total_seconds())
    if SESSION_KEY not in session:
        if session.modified and not session.is_empty() and session.get_expiry_age() > limit:
            session.set_expiry(limit)
    elif session.get_expiry_age() <= limit:
        session.set_expiry(None)


class Language(_Personal, LocaleMiddleware):
    """The desk's language, by its user's choice or browser; account pages speak that of their edition.

    The thread speaks the language it spoke before when it goes on to somebody else's request.
    """

    def __call__(self, request: HttpRequest) -> Any:
        """Answer in the language, and forget it."""
        before = translation.get_language()
        try:
            return super().__call__(request)
        finally:
            translation.activate(before or settings.LANGUAGE_CODE)

    def process_request(self, request: HttpRequest) -> None:
        """Choose the language."""
        edition = getattr(request, "edition", None)
        if edition is None:
            super().process_request(request)
            return
        translation.activate(edition.language)
        request.LANGUAGE_CODE = translation.get_language()


class Csrf(_Personal, CsrfViewMiddleware):
    """Protection against forged requests."""


class Authentication(_Personal, AuthenticationMiddleware):
    """Who asks; nobody, on public addresses."""

    def __call__(self, request: HttpRequest) -> Any:
        """Set `request.user`."""
        if not is_personal(request):
            request.user = AnonymousUser()
        return super().__call__(request)


class KeptSessions:
    """Lists where an account is open, and ends what has been open too long.

    A request writes only where the session is new, has a new key, or was not seen that day yet.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        """End the session before the answer, or note it afterwards."""
        if not is_personal(request):
            return self.get_response(request)
        if request.user.is_authenticated and self._too_old(request):
            logout(request)
        response = self.get_response(request)
        if request.user.is_authenticated:
            self._keep(request, response)
        return response

    @staticmethod
    def _too_old(request: HttpRequest) -> bool:
        began = request.session.get(_KEPT, [None, None, None])[2]
        longest = LONGEST_STAFF_SESSION if request.user.is_staff else LONGEST_SESSION
        return began is not None and clock.now().timestamp() - began > longest.total_seconds()

    @staticmethod
    def _keep(request: HttpRequest, response: HttpResponse) -> None:
        now = clock.now()
        if request.session.session_key is None:
            request.session.save()
        key = request.session.session_key or ""
        former, day, began = request.session.get(_KEPT, ["", "", None])
        if (former, day) == (key, now.date().isoformat()):
            return
        entered = began is None
        request.session[_KEPT] = [key, now.date().isoformat(), began or now.timestamp()]
        browser, system = device_family(request.headers.get("User-Agent", ""))
        reader: Any = request.user
        if entered:
            _greet(request, response, reader, now)
        keep_session(
            reader_id=reader.pk,
            session_key=key,
            former_key=former,
            device=f"{browser} on {system}" if browser or system else "",
            began_at=datetime.fromtimestamp(began or now.timestamp(), UTC),
            on=now.date(),
        )


def _greet(request: HttpRequest, response: HttpResponse, reader: Any, now: datetime) -> None:
    """Let the browser be known for the account from now on, and the owner told if another was the first to open it."""
    if not reader.email:
        return
    if not known_device(request, reader.email, now) and getattr(request, "entered_before", False):
        tell_of_device(reader_id=reader.pk, edition=code_of(request), on=now.date())
    remember_device(request, response, reader.email, now)


class Messages(_Personal, MessageMiddleware):
    """Messages of the desk."""


class Frames(_Personal, XFrameOptionsMiddleware):
    """No foreign frames around the desk."""


class DeskDoor:
    """The desk's door: for members of the newsroom with a second factor; to others it does not exist."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        """Pass on; the door stands before the view."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        """Let staff in; send strangers to log in, staff without a second factor to set one."""
        if not request.path_info.startswith("/editor/"):
            return None
        user = request.user
        if not user.is_authenticated and _asks_for_data(request):
            return JsonResponse({"success": False, "error_message": _("You are no longer logged in.")}, status=401)
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        if not user.is_staff:
            raise Http404
        if not request.session.get(DESK_SESSION_KEY) and not has_second_factor(user.pk):
            messages.info(
                request,
                _("Before the desk opens, set a second factor: a passkey, or an app that shows codes."),
            )
            return HttpResponseRedirect(reverse("mfa_index"))
        return None


def _asks_for_data(request: HttpRequest) -> bool:
    """Return whether a script asks, which could do nothing with the page to log in."""
    return request.headers.get("Accept", "").startswith("application/json")


class DeskPolicy(_Personal, CSPMiddleware):
    """The desk's content security policy, with a nonce per answer."""


class Htmx(_Personal, HtmxMiddleware):
    """Whether a fragment was asked for."""
