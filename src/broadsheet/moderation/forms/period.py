"""Of which edition and months chiefs want the figures."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from broadsheet.newsroom.queries.editions import editions

LONGEST = 24  # months at once


class MonthField(forms.RegexField):
    """A month, as browsers send it: 2026-11."""

    def __init__(self, **kwargs: Any) -> None:
        message = _("Write the month as 2026-11.")
        super().__init__(
            regex=r"^[12][0-9]{3}-(?:0[1-9]|1[0-2])$", error_messages={"invalid": message, "required": message},
            widget=forms.TextInput(attrs={"type": "month", "pattern": "[0-9]{4}-[0-9]{2}"}), **kwargs,
        )  # fmt: skip

    def clean(self, value: Any) -> date:
        """Return the month's first day."""
        year, month = super().clean(value).split("-")
        return date(int(year), int(month), 1)

    def prepare_value(self, value: Any) -> Any:
        """Return the month as its field shows it."""
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class PeriodForm(forms.Form):
    """An edition, and the first and last month."""

    edition = forms.ChoiceField(label=_("Edition"))
    first = MonthField(label=_("First month"))
    last = MonthField(label=pgettext_lazy("of a time", "Last month"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["edition"]
        field.choices = [(one.code, one.name) for one in editions()]

    def clean(self) -> dict[str, Any]:
        """Refuse a time that ends before it begins, or is too long to be counted while somebody waits."""
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first is not None and last is not None:
            months = (last.year - first.year) * 12 + last.month - first.month + 1
            if months < 1:
                self.add_error("last", _("The last month is before the first. Choose a later one."))
            elif months > LONGEST:
                self.add_error("last", _("That is more than two years. Choose a shorter time."))
        return values
