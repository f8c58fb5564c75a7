"""What allauth asks of us about accounts."""

import hmac
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.utils import user_email
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from broadsheet.kernel import clock
from broadsheet.kernel.rates import network_of
from broadsheet.readers.actions.accept_policy import accept_at_entrance
from broadsheet.readers.actions.announce_mail import announce_mail
from broadsheet.readers.actions.confirm_address import confirm_address
from broadsheet.readers.actions.confirm_again import mail_confirmation
from broadsheet.readers.actions.set_password import set_password
from broadsheet.readers.actions.tell_departed import tell_departed
from broadsheet.readers.adapters.confirming import ConfirmsAtProvider
from broadsheet.readers.forms.fields import clean_address
from broadsheet.readers.queries.addresses import code_of, edition_of
from broadsheet.readers.queries.departures import restorable
from broadsheet.readers.rules.deadlines import in_words

# What allauth tells by mail of itself, and the purpose of ours.
_TOLD = {
    "account/email/password_": "",  # told where the password is stored
    "account/email/email_": "",  # told where the address is confirmed
    "mfa/email/": "changed-factor",
}


class AccountAdapter(ConfirmsAtProvider, DefaultAccountAdapter):
    """Accounts as this paper has them: mail goes through the queue, answers don't tell who has an account."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail or the password is wrong. Check both."),
        "incorrect_password": _("This is not the account's password."),
        "enter_current_password": _("This is not the account's password."),
        "duplicate_email": _("This is the account's address already."),
        "invalid_password_reset": _("This link no longer works: it works once, for four hours. Ask for another."),
    }

    def clean_email(self, email: str) -> str:
        """Return the address in its one form, for registering and for changing to it."""
        return clean_address(str(super().clean_email(email)))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return True: readers register by themselves."""
        return True

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return a keyed hash of the client's network: it serves allauth's limits, and no address is stored."""
        network = network_of(request.META.get("REMOTE_ADDR", ""))
        return hmac.new(settings.SECRET_KEY.encode(), network.encode(), "sha256").hexdigest()[:24]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the desk's address for staff, the edition's front for readers."""
        return settings.LOGIN_REDIRECT_URL if getattr(request.user, "is_staff", False) else _front(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Return the edition's front."""
        return _front(request)

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Return nothing: the page itself says that the address is confirmed."""
        return ""

    def is_safe_url(self, url: str) -> bool:
        """Return whether the address is on the very host that was asked (ASVS 3.7.2)."""
        host = self.request.get_host()
        return url_has_allowed_host_and_scheme(url, allowed_hosts={host}, require_https=self.request.is_secure())

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Log in; `request.entered_before` says whether anybody did before, whatever sessions are left (ASVS 6.3.5)."""
        request.entered_before = user.last_login is not None  # type: ignore[attr-defined]
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **options: Any) -> HttpResponse:
        """Record that the standards are accepted by logging in (ACC-09); other sites' log-ins record it themselves."""
        response = super().post_login(request, user, **options)
        if all(record.get("method") != "socialaccount" for record in get_authentication_records(request, user)):
            accept_at_entrance(reader_id=user.pk, edition=code_of(request), way="login", now=clock.now())
        return response

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Say why the log-in is refused, with the User ID (ACC-06); a departed owner gets the link once more."""
        departure = restorable(user.pk, clock.now()).first()
        sent = tell_departed(reader_id=user.pk, edition=code_of(request), now=clock.now())
        edition = edition_of(request)
        until = in_words(departure.deadline, edition.zone, edition.zone_label) if departure and edition else None
        told = {"reader": user, "until": until, "sent": sent, "edition": edition}
        return render(request, "account/refused.html", told, status=403)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirm the address."""
        return confirm_address(address_id=email_address.pk, edition=code_of(request), now=clock.now())

    def set_password(self, user: Any, password: str) -> None:
        """Store the password and end the other sessions."""
        user.password = make_password(password)
        key = self.request.session.session_key or ""
        set_password(
            reader_id=user.pk, password_hash=user.password, edition=code_of(self.request), now=clock.now(), keep=key
        )

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """Announce that a mail to confirm the address is due; a few in a quarter of an hour are enough."""
        address = emailconfirmation.email_address
        mail_confirmation(address_id=address.pk, edition=code_of(request), now=clock.now())

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Announce that the owner is to be told of a change (ASVS 6.3.7)."""
        purpose = next((told for begin, told in _TOLD.items() if template_prefix.startswith(begin)), "")
        if purpose and user_email(user):
            with transaction.atomic():
                announce_mail(purpose, reader_id=user.pk, edition=code_of(self.request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: mails of accounts are announced, and made when they are sent."""


def _front(request: HttpRequest) -> str:
    edition = edition_of(request)
    return edition.path if edition is not None else "/"
