"""What of the queue somebody wants to see, as its address says."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from broadsheet.moderation.conf import CaseKind
from broadsheet.moderation.queries.cases import Wanted
from broadsheet.moderation.queries.grounds import clauses_to_choose, title_of
from broadsheet.moderation.queries.roles import Scope
from broadsheet.newsroom.queries.editions import editions

NAMES = ("edition", "section", "thread", "clause", "language", "kind", "mine")


class FilterForm(forms.Form):
    """The filters of the queue; what is empty or makes no sense filters nothing."""

    edition = forms.TypedChoiceField(label=_("Edition"), coerce=int, empty_value=None, required=False)
    section = forms.TypedChoiceField(label=_("Section"), coerce=int, empty_value=None, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *CaseKind.choices])
    clause = forms.ChoiceField(label=_("Clause"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    thread = forms.IntegerField(label=_("Number of the story"), required=False, min_value=1, max_value=2**62)
    mine = forms.BooleanField(label=_("Only what colleagues asked me"), required=False)

    def __init__(self, data: QueryDict, *, scope: Scope) -> None:
        super().__init__(data)
        known = [one for one in editions() if scope.everywhere or one.id in scope.edition_ids or
                 any(section.id in scope.section_ids for section in one.sections)]  # fmt: skip
        anything = [("", _("All"))]
        self._choose("edition", [*anything, *((one.id, one.name) for one in known)])
        sections = [
            (
                f"{one.name}",
                [(section.id, section.name) for section in one.sections if scope.covers(one.id, section.id)],
            )
            for one in known
        ]
        self._choose("section", [*anything, *sections])
        titles = {
            clause.code: title_of(one.id, clause.code, get_language() or one.language)
            for one in reversed(known)
            for clause in clauses_to_choose(one.id)
        }
        self._choose("clause", [*anything, *titles.items()])
        self._choose(
            "language",
            [*anything, *{one.language: get_language_info(one.language)["name_local"] for one in known}.items()],
        )

    def wanted(self) -> Wanted:
        """Return what is wanted."""
        self.is_valid()
        values = self.cleaned_data
        edition, section, kind = values.get("edition"), values.get("section"), values.get("kind")
        return Wanted(
            edition_ids=(edition,) if edition else (),
            section_ids=(section,) if section else (),
            thread_id=values.get("thread") or None,
            clause=values.get("clause") or "",
            language=values.get("language") or "",
            kinds=(kind,) if kind else (),
            mine=bool(values.get("mine")),
        )

    def query(self) -> str:
        """Return the filters as the part of an address, empty without any."""
        kept = QueryDict(mutable=True)
        for name in NAMES:
            if value := self.data.get(name, ""):
                kept[name] = value[:100]
        return kept.urlencode()

    def _choose(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices


def key_after(text: str) -> tuple[float, int] | None:
    """Return the queue's key that an address names, None where it names none."""
    priority, _colon, number = text.partition("~")
    try:
        found = (float(priority), int(number))
    except ValueError:
        return None
    return found if 0 <= found[0] < 1e12 and 0 <= found[1] < 2**62 else None
