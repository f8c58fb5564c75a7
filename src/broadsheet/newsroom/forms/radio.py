"""The form of an edition's radio with its programme."""

from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from broadsheet.newsroom.models import Station
from broadsheet.newsroom.rules.radio import (
    Exceptional,
    OnAir,
    WeeklyShow,
    overlapping_exceptions,
    overlapping_shows,
)


class StationForm(WagtailAdminModelForm):
    """A radio; no two shows may be on at the same time."""

    class Meta:
        model = Station
        fields = ("edition", "name", "address")

    def clean(self) -> dict[str, Any]:
        """Return the values where the programme can be kept: one show after the other."""
        values = dict(super().clean() or {})
        shows = [WeeklyShow(OnAir(row["title"]), _days(row), row["begins"], row["ends"]) for row in self._rows("shows")]
        if found := overlapping_shows(shows):
            before, after, day = found
            self.add_error(
                None,
                _("“%(one)s” and “%(other)s” are on at the same time on %(day)s: %(one_time)s and %(other_time)s.")
                % {
                    "one": before.about.title, "other": after.about.title, "day": WEEKDAYS[day],
                    "one_time": _span(before), "other_time": _span(after),
                },
            )  # fmt: skip
        exceptions = [
            Exceptional(OnAir(row.get("title", "")), row["on"], row["begins"], row["ends"])
            for row in self._rows("specials")
        ]
        if twice := overlapping_exceptions(exceptions):
            one, other = twice
            self.add_error(
                None,
                _("Two exceptions are for the same time: %(one)s and %(other)s.")
                % {"one": _named(one), "other": _named(other)},
            )
        return values

    def _rows(self, name: str) -> list[dict[str, Any]]:
        """Return what was written in the rows that stay, those that are whole; of the others their own errors tell."""
        formset = self.formsets.get(name)
        if formset is None:
            return []
        formset.is_valid()
        rows = [getattr(form, "cleaned_data", {}) for form in formset.forms]
        return [row for row in rows if {"begins", "ends"} <= set(row) and not row.get("DELETE") and _placed(row)]


def _placed(row: dict[str, Any]) -> bool:
    return bool(row.get("days") and row.get("title")) or "on" in row


def _days(row: dict[str, Any]) -> tuple[int, ...]:
    return tuple(int(day) for day in row["days"])


def _span(one: WeeklyShow | Exceptional) -> str:
    return f"{one.begins:%H:%M}–{one.ends:%H:%M}"


def _named(one: Exceptional) -> str:
    title = f"“{one.about.title}” " if one.about.title else ""
    return f"{title}{date_format(one.on)}, {_span(one)}"
