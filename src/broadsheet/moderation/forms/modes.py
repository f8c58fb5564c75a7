"""What is filled in for a rule about modes, and for one discussion (DIS-06)."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from broadsheet.discussion.conf import Mode, Scope
from broadsheet.discussion.queries.prospects import Own, RuleView
from broadsheet.kernel import clock
from broadsheet.newsroom.queries.editions import editions
from broadsheet.newsroom.queries.terms import some_tags, tags_by_id, tags_called

UNITS = ((1, gettext_lazy("seconds")), (60, gettext_lazy("minutes")))
PROPOSED = 300  # tags that the field proposes
BETWEEN = " – "
MINUTE = "%Y-%m-%dT%H:%M"


def moment_field(label: Any, help_text: Any = "") -> forms.DateTimeField:
    """Return a field for a moment by the clock of whoever fills it in."""
    widget = forms.DateTimeInput(format=MINUTE, attrs={"type": "datetime-local"})
    return forms.DateTimeField(
        label=label, required=False, widget=widget, input_formats=[MINUTE, f"{MINUTE}:%S"], help_text=help_text
    )


def time_field(label: Any, *, required: bool = False) -> forms.TimeField:
    """Return a field for a time of day."""
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, required=required, widget=widget)


def days_field(*, required: bool = False) -> forms.TypedMultipleChoiceField:
    """Return a field for days of the week."""
    return forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days"), coerce=int, required=required, widget=forms.CheckboxSelectMultiple,
        choices=lambda: list(WEEKDAYS.items()),
    )  # fmt: skip


class PaceForm(forms.Form):
    """Who may comment, and how fast: what a rule and a discussion have in common."""

    mode = forms.ChoiceField(label=gettext_lazy("Who may comment"), required=False)
    slow = forms.IntegerField(
        label=gettext_lazy("Slow mode: time between two comments of a reader"), required=False, min_value=0, max_value=86_400,
        help_text=gettext_lazy("Empty says nothing about it; 0 switches it off."),
    )  # fmt: skip
    unit = forms.TypedChoiceField(
        label=gettext_lazy("Unit"), required=False, coerce=int, choices=UNITS, empty_value=None
    )
    shield_hours = forms.IntegerField(
        label=gettext_lazy("Shield: hours for which an account is new"), required=False, min_value=0, max_value=8760,
        help_text=gettext_lazy("What newer accounts write waits for a moderator. Empty says nothing about it; 0 switches it off."),
    )  # fmt: skip

    def __init__(self, *args: Any, unsaid: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mode: Any = self.fields["mode"]
        mode.choices = [("", unsaid), *Mode.choices]

    @property
    def slow_seconds(self) -> int | None:
        """Return the seconds of the slow mode, None where nothing is said."""
        slow = self.cleaned_data.get("slow")
        return slow * (self.cleaned_data.get("unit") or 1) if slow is not None else None


class RuleForm(PaceForm):
    """A rule about modes."""

    about = forms.ChoiceField(label=gettext_lazy("What it is about"))
    tag = forms.CharField(
        label=gettext_lazy("Name of the tag"), required=False, max_length=300,
        help_text=gettext_lazy("Only for a rule about a tag. With the edition before it where several have such a tag."),
    )  # fmt: skip
    close_after_days = forms.IntegerField(
        label=gettext_lazy("Discussions close after so many days"), required=False, min_value=1, max_value=3650
    )
    weekdays = days_field()
    begins = time_field(pgettext_lazy("a time of day", "From"))
    ends = time_field(pgettext_lazy("a time of day", "To"))
    unstaffed = forms.BooleanField(
        label=gettext_lazy("Only while nobody is on duty"), required=False,
        help_text=gettext_lazy("As the roster says. Where nobody is on it, that is always."),
    )  # fmt: skip
    expires_at = moment_field(gettext_lazy("Ends on"), gettext_lazy("The rule then goes by itself."))
    note = forms.CharField(label=gettext_lazy("Note for colleagues"), required=False, max_length=200)

    def __init__(self, *args: Any, rule: RuleView | None = None, **kwargs: Any) -> None:
        super().__init__(*args, unsaid=gettext_lazy("As more general rules say"), initial=_initial(rule), **kwargs)
        about: Any = self.fields["about"]
        about.choices = _abouts()
        names = {one.id: one.name for one in editions()}
        self.tags = [f"{names.get(number, '')}{BETWEEN}{name}" for name, number in some_tags(PROPOSED)]
        self.fields["tag"].widget.attrs["list"] = "mod-tags"

    def clean_expires_at(self) -> datetime | None:
        """Refuse an end that has been."""
        at: datetime | None = self.cleaned_data["expires_at"]
        if at is not None and at <= clock.now():
            raise ValidationError(_("This end is in the past. Choose a later one, or remove the rule."))
        return at

    def clean_tag(self) -> int | None:
        """Return the number of the tag that is meant, None where the rule is about something else."""
        if self.cleaned_data.get("about") != Scope.TAG:
            return None
        found = _tags(self.cleaned_data["tag"].strip())
        if not found:
            raise ValidationError(_("There is no such tag. Choose one that is proposed, or look it up under “Tags”."))
        if len(found) > 1:
            raise ValidationError(_("Several editions have a tag of this name. Write the edition before it."))
        return found[0]

    def clean(self) -> dict[str, Any]:
        """Refuse half a schedule and a rule that says nothing, beside the fields that are meant."""
        values: dict[str, Any] = super().clean() or {}
        if (values.get("begins") is None) != (values.get("ends") is None) and not self.errors:
            self.add_error("ends", _("Give both times, or neither."))
        parts = (
            values.get("mode") or None,
            values.get("slow"),
            values.get("shield_hours"),
            values.get("close_after_days"),
        )
        if not self.errors and all(part is None for part in parts):
            self.add_error("mode", _("The rule says nothing: choose a mode, or fill in a number."))
        return values

    def values(self) -> dict[str, Any]:
        """Return the parts of the rule as the action takes them."""
        found = self.cleaned_data
        scope, _colon, number = found["about"].partition(":")
        ref = found["tag"] if scope == Scope.TAG else int(number) if number else None
        days = found["weekdays"] if len(found["weekdays"]) < 7 else []
        names = ("mode", "shield_hours", "close_after_days", "begins", "ends", "unstaffed", "expires_at", "note")
        return {
            **{name: found[name] for name in names}, "scope": scope, "ref": ref, "weekdays": days,
            "slow_seconds": self.slow_seconds,
        }  # fmt: skip


class DiscussionForm(PaceForm):
    """What is set for one discussion."""

    closes_at = moment_field(gettext_lazy("Closes at"), gettext_lazy("From then on nobody can comment."))

    def __init__(self, *args: Any, own: Own, **kwargs: Any) -> None:
        initial = {
            "mode": own.mode,
            **_pace(own.slow_seconds),
            "shield_hours": own.shield_hours,
            "closes_at": own.closes_at,
        }
        super().__init__(*args, unsaid=gettext_lazy("As the rules say"), initial=initial, **kwargs)

    def values(self) -> dict[str, Any]:
        """Return what is set as the action takes it."""
        names = ("mode", "shield_hours", "closes_at")
        return {**{name: self.cleaned_data[name] for name in names}, "slow_seconds": self.slow_seconds}


def _initial(found: RuleView | None) -> dict[str, Any]:
    if found is None:
        return {"about": str(Scope.SITE), "weekdays": [], "unit": 60}
    rule, tags = found.rule, {}
    if rule.scope == Scope.TAG and found.ref is not None:
        names = {one.id: one.name for one in editions()}
        name, edition = tags_by_id([found.ref]).get(found.ref, ("", 0))
        tags = {"tag": f"{names.get(edition, '')}{BETWEEN}{name}"}
    about = rule.scope if rule.scope in {Scope.SITE, Scope.TAG} else f"{rule.scope}:{found.ref}"
    names_of = ("mode", "shield_hours", "close_after_days", "weekdays", "begins", "ends", "unstaffed", "expires_at")
    parts = {name: getattr(rule, name) for name in names_of}
    return {**parts, **tags, **_pace(rule.slow_seconds), "about": about, "note": found.note}


def _pace(seconds: int | None) -> dict[str, Any]:
    if seconds is None:
        return {"slow": None, "unit": 60}
    unit = 60 if seconds % 60 == 0 else 1
    return {"slow": seconds // unit, "unit": unit}


def _abouts() -> list[Any]:
    places = [
        (
            one.name,
            [
                (f"edition:{one.id}", one.name),
                *((f"section:{part.id}", f"{one.name}{BETWEEN}{part.name}") for part in one.sections),
            ],
        )
        for one in editions()
    ]
    return [(str(Scope.SITE), Scope.SITE.label), *places, (str(Scope.TAG), Scope.TAG.label)]


def _tags(text: str) -> list[int]:
    """Return the tags that are meant by a name, or by an edition and a name."""
    found = list(tags_called(text)) if text else []
    if found:
        return found
    for edition in editions():
        if text.startswith(f"{edition.name}{BETWEEN}"):
            name = text.removeprefix(f"{edition.name}{BETWEEN}")
            found += [number for number, place in tags_called(name).items() if place == edition.id]
    return found
