"""Registering, logging in, recovering: allauth's forms with the captcha and the rules of this house."""

import math
from datetime import timedelta
from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.kernel import clock
from broadsheet.kernel.email import canonical
from broadsheet.kernel.rates import Limit, network_of, take
from broadsheet.readers.actions.ask_recovery import ask_recovery
from broadsheet.readers.actions.login_attempts import (
    Attempt,
    attempt_of,
    is_closed,
    note_right,
    note_wrong,
    take_proven,
    wait_of,
    work_of,
)
from broadsheet.readers.actions.register import register
from broadsheet.readers.forms.captcha import Captcha
from broadsheet.readers.forms.fields import DisplayNameField, ShownPolicyField, in_our_words
from broadsheet.readers.forms.known_device import known_device
from broadsheet.readers.models import Reader
from broadsheet.readers.queries.addresses import code_of

REGISTRATIONS = Limit("registrations", times=20, per=timedelta(hours=1))  # from one network
RECOVERIES = Limit("recoveries", times=20, per=timedelta(hours=1))


def network(request: HttpRequest) -> str:
    """Return the network of who asks."""
    return network_of(request.META.get("REMOTE_ADDR", ""))


class RegisterForm(allauth.SignupForm):
    """E-mail, display name, password, captcha (ACC-01)."""

    display_name = DisplayNameField()
    field_order = ["email", "display_name", "password1"]

    def __init__(self, *args: Any, request: HttpRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.request = request
        self.fields["privacy_shown"] = ShownPolicyField(code_of(request))
        self.captcha = Captcha("register", self.data if self.is_bound else None, network(request))
        in_our_words(self)

    def clean(self) -> dict[str, Any]:
        """Judge the password beside name and address; the captcha last, so that a mistake doesn't cost a solution."""
        data = dict(super().clean())
        password = data.get("password1")
        if password and data.get("display_name"):
            person = Reader(email=data.get("email", ""), display_name=data["display_name"])
            try:
                get_adapter().clean_password(password, user=person)
            except forms.ValidationError as error:
                if "password1" not in self.errors:
                    self.add_error("password1", error)
        if not self.errors and not self.captcha.trapped:
            self.captcha.pass_or_raise()
            if take(REGISTRATIONS, self.captcha.network, clock.now()):
                raise forms.ValidationError(
                    _("Too many accounts were begun from your network lately. Try again in an hour.")
                )
        return data

    def try_save(self, request: HttpRequest) -> tuple[None, HttpResponse]:
        """Register, and answer the same whether or not the address has an account."""
        if not self.captcha.trapped:
            register(
                email=self.cleaned_data["email"],
                display_name=self.cleaned_data["display_name"],
                password_hash=make_password(self.cleaned_data["password1"]),
                edition=code_of(request),
                language=getattr(request, "LANGUAGE_CODE", ""),
                now=clock.now(),
                privacy_shown=self.cleaned_data["privacy_shown"],
            )
        return None, get_adapter(request).respond_email_verification_sent(request, None)


class LoginForm(allauth.LoginForm):
    """E-mail and password; the captcha only once too many attempts failed (ACC-02)."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.captcha = Captcha("login", self.data if self.is_bound else None, network(self.request))
        self.wants_captcha = self.captcha.tried
        self.fields["password"].help_text = ""
        in_our_words(self)

    def clean_login(self) -> str:
        """Return the address in its one form."""
        return canonical(super().clean_login())

    def _clean_with_password(self, credentials: dict[str, Any]) -> dict[str, Any]:
        email, now = credentials["email"], clock.now()
        attempt = attempt_of(email, self.captcha.network, known_device(self.request, email, now), now)
        if is_closed(attempt, now):
            self.wants_captcha = False
            raise forms.ValidationError(_closed())
        if wait := wait_of(attempt, now):
            self._prove_instead(attempt, wait)
        try:
            data = super()._clean_with_password(credentials)
        except forms.ValidationError:
            note_wrong(attempt, clock.now())
            self._ask_for_work(attempt)
            raise
        note_right(attempt, clock.now())
        return data

    def _ask_for_work(self, attempt: Attempt) -> None:
        """Show the captcha where the next attempt has to wait, and let it ask for as much work as failures demand."""
        self.wants_captcha = bool(wait_of(attempt, clock.now()))
        self.captcha.work = work_of(attempt, clock.now())

    def _prove_instead(self, attempt: Attempt, wait: timedelta) -> None:
        """Take a solved captcha for the wait, a few times an hour; a ValidationError names the wait otherwise."""
        self._ask_for_work(attempt)
        if not self.captcha.tried:
            raise forms.ValidationError(_too_soon(wait))
        self.captcha.pass_or_raise()
        if longer := take_proven(attempt, clock.now()):
            self.wants_captcha = False
            raise forms.ValidationError(f"{_many()} {wait_first(min(wait, longer))}")


def wait_first(wait: timedelta) -> str:
    """Return the sentence that names a wait for which nothing stands in, in seconds or whole minutes."""
    seconds = math.ceil(wait.total_seconds())
    if seconds < 120:
        told = ngettext("Wait a second, then try again.", "Wait %(count)s seconds, then try again.", seconds)
        return told % {"count": seconds}
    minutes = math.ceil(seconds / 60)
    return ngettext("Wait a minute, then try again.", "Wait %(count)s minutes, then try again.", minutes) % {
        "count": minutes
    }


def _many() -> str:
    return _("There were too many attempts to log in.")


def _closed() -> str:
    return _(
        "A hundred wrong passwords in a row were given for this address. Its password therefore logs in only from a"
        " browser in which the account was open before. Choose a new one by “Forgot your password?”, or log in another"
        " way."
    )


def _too_soon(wait: timedelta) -> str:
    seconds = max(1, round(wait.total_seconds()))
    then = ngettext(
        "Wait a second, or answer the question below and try again.",
        "Wait %(seconds)s seconds, or answer the question below and try again.",
        seconds,
    ) % {"seconds": seconds}
    return f"{_many()} {then}"


class RecoverForm(allauth.ResetPasswordForm):
    """The address, and a captcha (ACC-03)."""

    def __init__(self, *args: Any, request: HttpRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.captcha = Captcha("recover", self.data if self.is_bound else None, network(request))
        in_our_words(self)

    def clean_email(self) -> str:
        """Return the address; whether it has an account is asked later, out of sight."""
        return canonical(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        """Judge the captcha."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not self.captcha.trapped:
            self.captcha.pass_or_raise()
            if take(RECOVERIES, self.captcha.network, clock.now()):
                raise forms.ValidationError(_("Too many links were asked for from your network. Try again in an hour."))
        return data

    def save(self, request: HttpRequest, **_more: Any) -> str:
        """Ask for the link."""
        if not self.captcha.trapped:
            ask_recovery(email=self.cleaned_data["email"], edition=code_of(request), now=clock.now())
        return str(self.cleaned_data["email"])
