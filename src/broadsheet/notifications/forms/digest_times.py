"""When a reader wants the digest."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from broadsheet.notifications.actions.time_digest import Times
from broadsheet.notifications.models import Rhythm
from broadsheet.notifications.queries.mail_subscriptions import SubscriptionView

_REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@lru_cache(maxsize=1)
def _zones() -> list[tuple[str, list[tuple[str, str]]] | tuple[str, str]]:
    """Return the zones by region, as people look for their town."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in sorted(available_timezones()):
        region, slash, place = name.partition("/")
        if slash and region in _REGIONS:
            found[region].append((name, place.replace("_", " ").replace("/", ", ")))
    return [*sorted(found.items()), ("Etc/GMT", "GMT"), ("UTC", "UTC")]


class DigestTimesForm(forms.Form):
    """Every day or once a week, on which day, at which hour, by which clock."""

    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices, widget=forms.RadioSelect)
    weekday = forms.TypedChoiceField(
        label=_("On which day, if once a week"), coerce=int, choices=list(WEEKDAYS.items())
    )
    hour = forms.TypedChoiceField(
        label=_("At what hour"), coerce=int, choices=[(hour, f"{hour:02d}:00") for hour in range(24)]
    )
    zone = forms.ChoiceField(label=_("By the clock of"), choices=_zones)

    def __init__(self, data: Mapping[str, Any] | None, *, of: SubscriptionView) -> None:
        first = {"rhythm": of.rhythm, "weekday": of.weekday, "hour": of.hour, "zone": of.zone}
        super().__init__(data, initial=first, auto_id=f"digest-{of.id}-%s")

    def times(self) -> Times:
        """Return what was chosen; call where the form is valid."""
        found = self.cleaned_data
        return Times(found["rhythm"], found["hour"], found["weekday"], found["zone"])
