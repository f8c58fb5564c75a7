"""What somebody who decides fills in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from broadsheet.moderation.conf import LONGEST_FACTS, LONGEST_LAW, LONGEST_REASON
from broadsheet.moderation.rules.basis import Basis, Block

DAYS = (1, 3, 7, 14, 30, 90, 180)
SINCE = ((10, _("the last 10 minutes")), (60, _("the last hour")), (1440, _("the last 24 hours")))


def _days() -> list[tuple[str, Any]]:
    counted = ((str(days), ngettext_lazy("%(days)s day", "%(days)s days", "days") % {"days": days}) for days in DAYS)
    return [*counted, ("", _("until it is lifted"))]


class DecisionForm(forms.Form):
    """Everything that the decisions about a case ask for; each takes what it needs. The actions check what is missing."""

    version = forms.IntegerField(required=False, min_value=0, max_value=2**31, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    clauses = forms.MultipleChoiceField(required=False)
    facts = forms.CharField(label=_("What happened"), required=False, max_length=LONGEST_FACTS, widget=forms.Textarea)
    law = forms.CharField(label=_("The law that is broken"), required=False, max_length=LONGEST_LAW)
    public_facts = forms.CharField(
        label=_("The same for the public database"), required=False, max_length=LONGEST_FACTS, widget=forms.Textarea
    )
    warn = forms.BooleanField(label=_("Warn the author, too"), required=False)
    keep = forms.BooleanField(label=_("Leave the comment as it is"), required=False)
    words = forms.CharField(label=_("Words to black out"), required=False, max_length=20_000, widget=forms.Textarea)
    scope = forms.ChoiceField(required=False, choices=[("thread", _("this discussion")), ("all", _("all discussions"))])
    days = forms.ChoiceField(label=_("For"), required=False, choices=_days)
    final = forms.BooleanField(required=False)
    since = forms.TypedChoiceField(label=_("What was posted in"), required=False, coerce=int, choices=SINCE)
    text = forms.CharField(required=False, max_length=4000, widget=forms.Textarea)
    colleague = forms.TypedChoiceField(label=_("Colleague"), required=False, coerce=int, empty_value=None)
    reason = forms.CharField(label=_("Your answer"), required=False, max_length=LONGEST_REASON, widget=forms.Textarea)

    def __init__(
        self, data: Any = None, *, codes: Sequence[str], colleagues: Sequence[tuple[int, str]], initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        clauses: Any = self.fields["clauses"]
        clauses.choices = [(code, code) for code in codes]
        colleague: Any = self.fields["colleague"]
        colleague.choices = [("", _("whoever comes next")), *colleagues]

    @property
    def basis(self) -> Basis:
        """Return the clauses and the facts."""
        values = self.cleaned_data
        law, public = values.get("law", ""), values.get("public_facts", "")
        return Basis(tuple(values.get("clauses", ())), values.get("facts", ""), law, public)

    @property
    def lines(self) -> list[str]:
        """Return the words to black out, a piece a line."""
        return [line.strip() for line in self.cleaned_data.get("words", "").splitlines() if line.strip()]

    def block(self, now: datetime) -> Block:
        """Return the block that is chosen: for this discussion where nothing else is."""
        days = self.cleaned_data.get("days") or ""
        ends = now + timedelta(days=int(days)) if days else None
        return Block(self.cleaned_data.get("scope") == "all", ends)

    @property
    def since_then(self) -> timedelta:
        """Return how far back a flood reaches."""
        return timedelta(minutes=self.cleaned_data.get("since") or 60)

    @property
    def chosen(self) -> list[str]:
        """Return the codes that stand chosen, sent or to begin with."""
        value = self["clauses"].value() or []
        return [str(one) for one in value]
