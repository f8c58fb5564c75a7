"""What an account is to the paper, as a chief fills it in (DIS-10)."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from broadsheet.discussion.conf import LONGEST_SUBJECT, Badge
from broadsheet.discussion.queries.badges import GivenBadge
from broadsheet.newsroom.queries.signing import signers


class BadgeForm(forms.Form):
    """Nothing, an expert with a subject, or an author with a name."""

    badge = forms.ChoiceField(
        label=gettext_lazy("What the account is to the paper"), required=False, widget=forms.RadioSelect,
        choices=[("", gettext_lazy("A reader like others")), (Badge.EXPERT, Badge.EXPERT.label), (Badge.AUTHOR, gettext_lazy("Author"))],
    )  # fmt: skip
    subject = forms.CharField(
        label=gettext_lazy("Subject of the expert"), required=False, max_length=LONGEST_SUBJECT,
        help_text=gettext_lazy("For example hydrology. It stands beside each comment."),
    )  # fmt: skip
    author = forms.TypedChoiceField(
        label=gettext_lazy("Name of the author"), required=False, coerce=UUID, empty_value=None,
        help_text=gettext_lazy("The badge stands below articles that this author signs."),
    )  # fmt: skip

    def __init__(self, *args: Any, given: GivenBadge | None, **kwargs: Any) -> None:
        initial = (
            {"badge": given.badge, "subject": given.subject, "author": given.author_key} if given else {"badge": ""}
        )
        super().__init__(*args, **{**kwargs, "initial": initial})
        author: Any = self.fields["author"]
        author.choices = [("", gettext_lazy("Choose one")), *signers()]

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen badge needs."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("badge") == Badge.EXPERT and not values.get("subject", "").strip():
            raise ValidationError(_("Name the subject of the expert."))
        if values.get("badge") == Badge.AUTHOR and not values.get("author"):
            raise ValidationError(_("Choose whose account it is."))
        return values

    def values(self) -> dict[str, Any]:
        """Return the badge as the action takes it."""
        found = self.cleaned_data
        return {
            "subject": found["subject"] if found["badge"] == Badge.EXPERT else "",
            "author_key": found["author"] if found["badge"] == Badge.AUTHOR else None,
        }
