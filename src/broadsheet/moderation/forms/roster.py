"""What is filled in for a duty."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from broadsheet.moderation.forms.modes import days_field, time_field
from broadsheet.moderation.queries.roles import everybody
from broadsheet.moderation.queries.roster import DutyView
from broadsheet.newsroom.queries.editions import editions


class DutyForm(forms.Form):
    """Who is on duty for what, and when."""

    moderator = forms.TypedChoiceField(label=_("Who"), coerce=int)
    edition = forms.TypedChoiceField(label=_("For"), coerce=int, required=False, empty_value=None)
    weekdays = days_field(required=True)
    begins = time_field(pgettext_lazy("a time of day", "From"), required=True)
    ends = time_field(pgettext_lazy("a time of day", "To"), required=True)
    note = forms.CharField(label=_("Note for colleagues"), required=False, max_length=200)

    def __init__(self, *args: Any, duty: DutyView | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"weekdays": list(range(5))}
        if duty is not None:
            initial = {
                "moderator": duty.who.scope.reader_id, "edition": duty.edition.id if duty.edition is not None else "",
                "weekdays": list(duty.week.weekdays), "begins": duty.week.begins, "ends": duty.week.ends,
                "note": duty.note,
            }  # fmt: skip
        super().__init__(*args, **{**kwargs, "initial": initial})
        self._choose("moderator", [(one.scope.reader_id, one.name) for one in everybody()])
        self._choose("edition", [("", _("All editions")), *((one.id, one.name) for one in editions())])

    def values(self) -> dict[str, Any]:
        """Return the parts of the duty as the action takes them."""
        found = self.cleaned_data
        names = ("weekdays", "begins", "ends", "note")
        return {
            **{name: found[name] for name in names}, "moderator_id": found["moderator"], "edition_id": found["edition"],
        }  # fmt: skip

    def _choose(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
