"""The form of a member's role."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from broadsheet.newsroom.conf import Role
from broadsheet.newsroom.models import SectionPage
from broadsheet.newsroom.queries.roles import Member


class RoleForm(forms.Form):
    """A role, and for an editor of sections the sections, each under its edition."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect)
    sections = forms.TypedMultipleChoiceField(
        label=_("Sections"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        initial = {"role": member.role, "sections": [section.pk for section in member.sections]}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.rows = SectionPage.objects.select_related("edition").order_by("path").in_bulk()
        ordered = groupby(self.rows.values(), key=lambda section: section.edition.title)
        field: Any = self.fields["sections"]
        field.choices = [(name, [(row.pk, row.title) for row in rows]) for name, rows in ordered]

    def clean(self) -> dict[str, Any]:
        """Return the values; an editor of sections needs sections."""
        values = super().clean() or {}
        if values.get("role") == Role.SECTION_EDITOR and not values.get("sections"):
            self.add_error("sections", _("Choose at least one section."))
        return values

    def chosen(self) -> list[SectionPage]:
        """Return the sections chosen."""
        return [self.rows[number] for number in self.cleaned_data["sections"]]
