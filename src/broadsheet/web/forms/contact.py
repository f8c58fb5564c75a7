"""What readers write to the paper (ACC-11)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from broadsheet.kernel import clock
from broadsheet.kernel.email import canonical
from broadsheet.kernel.rates import Limit, take
from broadsheet.readers.forms.captcha import Captcha
from broadsheet.web.queries.contact import Addressee

LONGEST_TEXT = 6000
LETTERS = Limit("contact", times=10, per=timedelta(hours=1))  # from one network


class ContactForm(forms.Form):
    """To whom, from whom, and what."""

    to = forms.ChoiceField(label=_lazy("To"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_lazy("Your name"), max_length=60, required=False, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_lazy("Your e-mail address"),
        max_length=254,
        help_text=_lazy("The answer goes there."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    text = forms.CharField(label=_lazy("Message"), max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 8}))

    def __init__(
        self, data: Mapping[str, Any] | None, *, addressees: tuple[Addressee, ...], network: str, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.addressees = {one.word: one for one in addressees}
        self.fields["to"].choices = [(one.word, one.title) for one in addressees]  # type: ignore[attr-defined]
        self.captcha = Captcha("contact", data, network)

    def clean_name(self) -> str:
        """Return the name in one line."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_email(self) -> str:
        """Return the address in its one form, by which an account's letters are found."""
        return canonical(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        """Judge the captcha last, so that a mistake doesn't cost a solution, then count."""
        data = dict(super().clean() or {})
        if not self.errors and not self.captcha.trapped:
            self.captcha.pass_or_raise()
            if take(LETTERS, self.captcha.network, clock.now()):
                raise forms.ValidationError(
                    _("Too many messages came from your network lately. Try again in an hour, or write by mail.")
                )
        return data

    @property
    def addressee(self) -> Addressee:
        """Return whom the valid form is for."""
        return self.addressees[self.cleaned_data["to"]]
