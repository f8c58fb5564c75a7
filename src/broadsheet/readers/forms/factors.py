"""Codes of the second factor, with delays that grow with each wrong one."""

import hmac
from datetime import timedelta
from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as allauth
from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from broadsheet.kernel import clock
from broadsheet.kernel.rates import forgive, note_failure, wait_for
from broadsheet.readers.actions.login_attempts import BY_FACTOR
from broadsheet.readers.actions.spend_challenge import spend_challenge
from broadsheet.readers.engines.challenges import Spendable

_SPENT_FOR = timedelta(minutes=10)  # longer than any code of an app is right


class _Slowed(forms.Form):
    """Mixed into allauth's forms; keyed by the account, which only who knows the password reaches."""

    user: Any

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].label = _lazy("Code from the app, or a recovery code")
        self.fields["code"].widget.attrs.pop("placeholder", None)
        self.fields["code"].validators.append(MaxLengthValidator(40))

    def clean_code(self) -> str:
        """Return the code where it is right."""
        subject = str(self.user.pk)
        if wait := wait_for(BY_FACTOR, subject, clock.now()):
            seconds = max(1, round(wait.total_seconds()))
            raise forms.ValidationError(
                _("There were too many wrong codes. Wait %(seconds)s seconds.") % {"seconds": seconds}
            )
        try:
            code = str(super().clean_code())  # type: ignore[misc]
            if not spend_challenge(solved=_spendable(subject, code)):
                raise get_adapter().validation_error("incorrect_code")
        except forms.ValidationError:
            note_failure(BY_FACTOR, subject, clock.now())
            raise
        forgive(BY_FACTOR, subject, clock.now())
        return code


def _spendable(subject: str, code: str) -> Spendable:
    """Return what a right code spends: once for all processes, which allauth's memory is not (ASVS 6.5.1)."""
    told = f"code {subject} {normalize_user_code(code)}".encode()
    return Spendable(hmac.new(settings.SECRET_KEY.encode(), told, "sha256").hexdigest(), clock.now() + _SPENT_FOR)


class AuthenticateForm(_Slowed, allauth.AuthenticateForm):
    """The second factor at the log-in."""


class ReauthenticateCodeForm(_Slowed, allauth.ReauthenticateForm):
    """The second factor before something that matters."""
