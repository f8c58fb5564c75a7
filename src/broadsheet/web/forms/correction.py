"""What a reader holds to be wrong in an article (DIS-09)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from broadsheet.kernel import clock
from broadsheet.kernel.email import canonical
from broadsheet.kernel.rates import Limit, take
from broadsheet.newsroom.conf import LONGEST_SENTENCE, LONGEST_WRONG
from broadsheet.readers.forms.captcha import Captcha

WRITTEN = Limit("notes-of-visitors", times=6, per=timedelta(hours=1))  # without account, from one network


class CorrectionForm(forms.Form):
    """The sentence, and what is wrong with it; of visitors where to tell them of the outcome."""

    sentence = forms.CharField(
        label=_lazy("The sentence"),
        help_text=_lazy("Copy it from the article."),
        max_length=LONGEST_SENTENCE,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    wrong = forms.CharField(
        label=_lazy("What is wrong, and what is right?"),
        max_length=LONGEST_WRONG,
        widget=forms.Textarea({"rows": 5}),
    )
    email = forms.EmailField(
        label=_lazy("Your e-mail address"),
        help_text=_lazy("To tell you what comes of it; then it is forgotten."),
        max_length=254,
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, captcha: Captcha | None, **options: Any) -> None:
        super().__init__(data, **options)
        self.captcha = captcha
        if captcha is None:
            del self.fields["email"]

    def clean_email(self) -> str:
        """Return the address in its one form."""
        return canonical(self.cleaned_data["email"]) if self.cleaned_data["email"] else ""

    def clean(self) -> dict[str, Any]:
        """Judge the captcha last, so that a mistake doesn't cost a solution, then count."""
        data = dict(super().clean() or {})
        if self.captcha is not None and not self.errors and not self.captcha.trapped:
            self.captcha.pass_or_raise()
            if take(WRITTEN, self.captcha.network, clock.now()):
                raise forms.ValidationError(_("Too many notes came from your network lately. Try again in an hour."))
        return data
