"""The form of where somebody moderates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from broadsheet.moderation.queries.staffing import Staffed
from broadsheet.newsroom.queries.editions import editions


class BoundsForm(forms.Form):
    """Editions and sections; nothing chosen is everything."""

    editions = forms.TypedMultipleChoiceField(
        label=_("Editions"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    sections = forms.TypedMultipleChoiceField(
        label=_("Sections"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, person: Staffed, **kwargs: Any) -> None:
        initial = {"editions": sorted(person.edition_ids), "sections": sorted(person.section_ids)}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self._choose("editions", [(one.id, one.name) for one in editions()])
        self._choose("sections", [(one.name, [(row.id, row.name) for row in one.sections]) for one in editions()])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
