"""Fields that several forms of accounts share."""

from typing import Any

from django import forms
from django.core.validators import EmailValidator, MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from broadsheet.kernel import clock
from broadsheet.kernel.email import canonical, is_mailbox
from broadsheet.newsroom.queries.policies import current_by_code
from broadsheet.readers.queries.acceptances import PRIVACY
from broadsheet.readers.queries.reserved_names import reserved_names
from broadsheet.readers.rules.names import LONGEST, refuse_name
from broadsheet.readers.rules.passwords import LONGEST as LONGEST_PASSWORD


class DisplayNameField(forms.CharField):
    """A display name as the rules of names have it."""

    def __init__(self, **options: Any) -> None:
        words = {"label": _("Display name"), "help_text": _("Others see it. Up to 40 characters.")}
        super().__init__(**{"max_length": 400, **words, **options})
        self.widget.attrs.update({"autocomplete": "nickname", "maxlength": LONGEST * 4})
        self.but: int | None = None

    def clean(self, value: Any) -> str:
        """Return the name; a ValidationError says why it isn't taken."""
        name = super().clean(value)
        refusal = refuse_name(name, reserved_names(self.but)) if name else None
        if refusal is not None:
            raise forms.ValidationError(str(refusal), code=refusal.code)
        return str(name)


class ShownPolicyField(forms.IntegerField):
    """Which version of the privacy policy the page of registration leads to; what is no number is no version."""

    widget = forms.HiddenInput

    def __init__(self, edition: str) -> None:
        policy = current_by_code(edition, PRIVACY, clock.now())
        super().__init__(required=False, initial=policy.number if policy else 0)

    def clean(self, value: Any) -> int | None:
        """Return the number; None where none is named."""
        try:
            return super().clean(value)
        except forms.ValidationError:
            return 0


def clean_address(address: str) -> str:
    """Return the address in its one form; a ValidationError says that there is none."""
    found = canonical(address)
    if not is_mailbox(found):
        raise forms.ValidationError(EmailValidator.message, code="invalid")
    return found


def in_our_words(form: forms.Form) -> None:
    """Let labels say what is wanted instead of placeholders, and let passwords have an end."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if isinstance(field.widget, forms.PasswordInput):
            field.validators.append(MaxLengthValidator(LONGEST_PASSWORD))
            field.widget.attrs["maxlength"] = str(LONGEST_PASSWORD)
        if name == "password1":
            field.help_text = _(
                "15 characters or more; none that many people use, nor the paper's name, your own or your address. "
                "Several words that don't belong together make a good one."
            )
        if name in {"email", "login"}:
            field.label = _("E-mail")
