"""What readers may search for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from broadsheet.newsroom.conf import Kind
from broadsheet.newsroom.queries.editions import EditionView, editions

QUERY_LENGTH = 200


class SearchForm(forms.Form):
    """The search with its filters. Whatever a reader or a robot sends, it can be asked: wrong values count as none."""

    q = forms.CharField(label=_("Search for"), max_length=QUERY_LENGTH, required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    time = forms.ChoiceField(
        label=_("Time"),
        required=False,
        choices=[
            ("", _("Any time")),
            ("day", _("Last 24 hours")),
            ("week", _("Last 7 days")),
            ("month", _("Last month")),
            ("year", _("Last year")),
        ],
    )
    author = forms.ChoiceField(label=_("Author"), required=False)

    def __init__(self, data: Any, *, edition: EditionView, authors: list[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["in"] = forms.ChoiceField(
            label=_("Edition"),
            required=False,
            choices=[("", edition.name), *_others(edition), ("all", _("All editions"))],
        )
        self.fields["section"].choices = [("", _("All sections")), *((s.slug, s.name) for s in edition.sections)]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("All kinds")), *Kind.choices]  # type: ignore[attr-defined]
        self.fields["author"].choices = [("", _("All authors")), *((str(pk), name) for pk, name in authors)]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """Return every field's value, empty where nothing or nonsense was given."""
        self.is_valid()
        asked = {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
        asked["q"] = asked["q"] or str(self.data.get("q", ""))[:QUERY_LENGTH].replace("\x00", "").strip()
        number = str(self.data.get("page", "1"))
        asked["page"] = number if number.isascii() and number.isdigit() and 0 < int(number[:4]) < 1000 else "1"
        return asked

    @property
    def filters(self) -> list[forms.BoundField]:
        """Return the fields beside the words themselves."""
        return [self[name] for name in ("in", "section", "kind", "time", "author")]


def _others(edition: EditionView) -> list[tuple[str, str]]:
    return [(other.code, other.name) for other in editions() if other.id != edition.id]
