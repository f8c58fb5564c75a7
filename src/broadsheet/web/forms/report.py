"""What is said of a comment that is reported: for a clause, or as illegal content (DIS-05; DSA art. 16(2))."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from broadsheet.discussion.actions.report_comment import LONGEST_NOTICE, LONGEST_REPORT, Notice
from broadsheet.kernel import clock
from broadsheet.kernel.email import canonical
from broadsheet.kernel.rates import Limit, take
from broadsheet.readers.forms.captcha import Captcha
from broadsheet.web.queries.reportable import ClauseChoice

FILED = Limit("reports-of-visitors", times=10, per=timedelta(hours=1))  # without account, from one network


class _Filed(forms.Form):
    """What both ways ask of a visitor: that it is a person, and not too often."""

    captcha: Captcha | None

    def clean(self) -> dict[str, Any]:
        """Judge the captcha last, so that a mistake doesn't cost a solution, then count."""
        data = dict(super().clean() or {})
        if self.captcha is not None and not self.errors and not self.captcha.trapped:
            self.captcha.pass_or_raise()
            if take(FILED, self.captcha.network, clock.now()):
                raise forms.ValidationError(_("Too many reports came from your network lately. Try again in an hour."))
        return data

    @property
    def trapped(self) -> bool:
        """Whether a program sent it."""
        return self.captcha is not None and self.captcha.trapped


class ReportForm(_Filed):
    """Which clause, and what there is to say."""

    clause = forms.ChoiceField(
        label=_lazy("Which rule does it break?"),
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("Choose one of the rules.")},
    )
    facts = forms.CharField(
        label=_lazy("What should the moderators know?"),
        max_length=LONGEST_REPORT,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, clauses: Sequence[ClauseChoice], captcha: Captcha | None
    ) -> None:
        super().__init__(data)
        self.clauses, self.captcha = clauses, captcha
        self.fields["clause"].choices = [(one.code, one.title) for one in clauses]  # type: ignore[attr-defined]


class NoticeForm(_Filed):
    """The elements of a notice of illegal content, beside the address of the comment.

    Name and address are asked for, but where it is about children (DSA art. 16(2)(c)); which is known once it is sent.
    """

    use_required_attribute = False

    facts = forms.CharField(
        label=_lazy("Why is it illegal?"),
        help_text=_lazy("Say which words are meant and why they are against the law; name the law if you can."),
        max_length=LONGEST_NOTICE,
        widget=forms.Textarea({"rows": 6}),
    )
    minors = forms.BooleanField(
        label=_lazy("It is about the sexual abuse or exploitation of children"),
        help_text=_lazy("You may then leave out your name and your address."),
        required=False,
    )
    name = forms.CharField(label=_lazy("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label=_lazy("Your e-mail address"),
        help_text=_lazy("The receipt and the answer go there. The author of the comment isn’t told who you are."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    good_faith = forms.BooleanField(
        label=_lazy("I believe in good faith that what I write here is accurate and complete."),
        error_messages={"required": _lazy("Without this confirmation it is no notice.")},
    )

    def __init__(self, data: Mapping[str, Any] | None, *, captcha: Captcha | None, **options: Any) -> None:
        super().__init__(data, **options)
        self.captcha = captcha
        if data is not None and data.get("minors"):
            self.fields["name"].required = self.fields["email"].required = False

    def clean_name(self) -> str:
        """Return the name in one line."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_email(self) -> str:
        """Return the address in its one form."""
        return canonical(self.cleaned_data["email"]) if self.cleaned_data["email"] else ""

    @property
    def notice(self) -> Notice:
        """Return what the valid form says, beside its words."""
        said = self.cleaned_data
        return Notice(said["name"], said["email"], said["good_faith"], said["minors"])
