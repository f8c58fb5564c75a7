"""Choosing and proving passwords, and changing the address: allauth's forms in our words."""

from typing import Any

from allauth.account import forms as allauth
from allauth.core import context
from django import forms
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from broadsheet.kernel import clock
from broadsheet.kernel.rates import forgive, note_failure, wait_for
from broadsheet.readers.actions.login_attempts import BY_ACCOUNT
from broadsheet.readers.actions.set_password import set_password
from broadsheet.readers.forms.fields import in_our_words
from broadsheet.readers.queries.addresses import code_of


class NewPasswordForm(allauth.ResetPasswordKeyForm):
    """The new password of who came by a link: all sessions end, the owner is told."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]
        in_our_words(self)

    def save(self) -> None:
        """Store it."""
        set_password(
            reader_id=self.user.pk,
            password_hash=make_password(self.cleaned_data["password1"]),
            edition=code_of(context.request),
            now=clock.now(),
            by_mail=True,
        )


class ChangePasswordForm(allauth.ChangePasswordForm):
    """The password of now, and the new one once."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]
        self.fields["oldpassword"].help_text = ""
        in_our_words(self)


class SetPasswordForm(allauth.SetPasswordForm):
    """A first password for an account without one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]
        in_our_words(self)


class ReauthenticateForm(allauth.ReauthenticateForm):
    """The password again, with the delays of the log-in: of this account alone, wherever it is asked for."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password"].help_text = ""
        in_our_words(self)

    def clean_password(self) -> str:
        """Return the password where it is right."""
        subject = f"again {self.user.pk}"
        if wait := wait_for(BY_ACCOUNT, subject, clock.now()):
            raise forms.ValidationError(
                _("There were too many attempts. Wait %(seconds)s seconds.")
                % {"seconds": round(wait.total_seconds()) or 1}
            )
        try:
            password = super().clean_password()
        except forms.ValidationError:
            note_failure(BY_ACCOUNT, subject, clock.now())
            raise
        forgive(BY_ACCOUNT, subject, clock.now())
        return str(password)


class ChangeEmailForm(allauth.AddEmailForm):
    """The address to change to."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        in_our_words(self)
        self.fields["email"].label = _lazy("New e-mail")
