"""The letter of a reader who is locked out or contests a decision (MOD-05)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from broadsheet.kernel import clock
from broadsheet.kernel.rates import Limit, take
from broadsheet.moderation.conf import LONGEST_LETTER
from broadsheet.moderation.queries.letters import SUBJECTS, explanation_is_there, user_ids_named
from broadsheet.readers.forms.captcha import Captcha

LETTERS = Limit("letters", times=10, per=timedelta(hours=1))  # from one network


class LetterForm(forms.Form):
    """Its three parts: the subject, the User ID, and what led to it. The User ID is known of whoever is logged in."""

    asks = forms.ChoiceField(
        label=_lazy("Subject"),
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("The subject is missing: choose what your letter asks for.")},
    )
    user_id = forms.CharField(
        label=_lazy("User ID"),
        max_length=60,
        help_text=_lazy("Ten letters and digits. They are in each mail about your account, and where you log in."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _lazy("The User ID is missing.")},
    )
    text = forms.CharField(
        label=_lazy("What led to it"),
        max_length=LONGEST_LETTER,
        help_text=_lazy(
            "Tell in your own words what happened. You may also say why you hold the decision to be wrong."
        ),
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _lazy("The explanation is missing: what led to it?")},
    )
    decision = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None, *, network: str, user_id: str = "", subjects: Mapping[str, Any] = SUBJECTS,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, **options)
        self.known = user_id
        self.fields["asks"].choices = list(subjects.items())  # type: ignore[attr-defined]
        if user_id:
            del self.fields["user_id"]
        self.captcha = Captcha("letter", data, network)

    def clean_user_id(self) -> str:
        """Return the User ID in its one form; whether it is an account's is never said."""
        found = user_ids_named(f"User ID: {self.cleaned_data['user_id']}")
        if not found:
            raise forms.ValidationError(
                _("That is no User ID: it has ten letters and digits, none of them 0, 1, I, L or O.")
            )
        return found[0]

    def clean_text(self) -> str:
        """Return the explanation; one of less than three words explains nothing."""
        text = str(self.cleaned_data["text"])
        if not explanation_is_there(text):
            raise forms.ValidationError(_("The explanation is missing: say in some words what led to it."))
        return text

    def clean(self) -> dict[str, Any]:
        """Judge the captcha of visitors last, so that a mistake doesn't cost a solution, then count."""
        data = dict(super().clean() or {})
        if not self.errors and not self.captcha.trapped:
            if not self.known:
                self.captcha.pass_or_raise()
            if take(LETTERS, self.known or self.captcha.network, clock.now()):
                raise forms.ValidationError(_("Too many letters came lately. Try again in an hour, or write by mail."))
        return data
