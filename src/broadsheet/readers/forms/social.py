"""The forms of an identity that nobody is linked to: one for each answer."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from broadsheet.readers.actions.login_attempts import Attempt
from broadsheet.readers.forms.entrance import LoginForm, wait_first
from broadsheet.readers.forms.fields import DisplayNameField, ShownPolicyField, clean_address


class HaveAccountForm(LoginForm):
    """The log-in to which the identity is linked: no captcha, so nothing stands in for the wait (ACC-04)."""

    def _prove_instead(self, attempt: Attempt, wait: timedelta) -> None:
        raise forms.ValidationError(
            " ".join([gettext("There were too many attempts to log in."), wait_first(wait), gettext(
                "Or log in without this identity, and link it in your account afterwards."
            )])
        )  # fmt: skip


class NewAccountForm(forms.Form):
    """Display name and address, both as the network told them until changed; no captcha (ACC-04)."""

    display_name = DisplayNameField()
    email = forms.EmailField(label=_("E-mail"), max_length=254)

    def __init__(self, *args: Any, edition: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["privacy_shown"] = ShownPolicyField(edition)
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean_email(self) -> str:
        """Return the address in its one form."""
        return clean_address(self.cleaned_data["email"])
