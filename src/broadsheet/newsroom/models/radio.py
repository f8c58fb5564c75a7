"""An edition's radio: where its sound comes from, and the programme of a week with its exceptions."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from broadsheet.newsroom.models.edition import EditionPage
from broadsheet.newsroom.models.whole import WholeModel

SOUND = RegexValidator(
    r"^(https://[A-Za-z0-9]|/(?!/))[^\s\"<>\\;,]*$",
    _("Write an address that begins with https://, or with / where the paper itself serves the sound."),
)


class TickedDays(forms.MultipleChoiceField):
    """Days of the week to tick; at least one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple(attrs={"class": "desk-days"}), **kwargs)

    def clean(self, value: Any) -> str:
        """Return the days as digits."""
        return "".join(sorted(super().clean(value)))


class WeekdaysField(models.CharField):
    """Days of the week as digits, Monday 0."""

    def formfield(self, **_kwargs: Any) -> Any:
        """Return the days to tick."""
        return TickedDays(
            label=capfirst(self.verbose_name),
            choices=[(str(day), name) for day, name in WEEKDAYS.items()],
            required=True,
        )

    def value_from_object(self, obj: models.Model) -> Any:
        """Return the days that are ticked."""
        return list(getattr(obj, self.attname))


class Station(WholeModel, ClusterableModel):
    """The radio of one edition."""

    edition = models.OneToOneField(EditionPage, models.CASCADE, related_name="+", verbose_name=_("edition"))
    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(
        _("address of the stream"),
        max_length=500,
        validators=[SOUND],
        help_text=_("HLS where it ends in .m3u8, otherwise a continuous stream as Icecast sends it."),
    )

    class Meta:
        verbose_name = _("radio")
        verbose_name_plural = _("radios")
        ordering = ["edition__path"]

    def __str__(self) -> str:
        """Return the station's name."""
        return self.name

    def unique_error_message(self, model_class: Any, unique_check: Iterable[str]) -> ValidationError:
        """Say that there is one station an edition."""
        return ValidationError(_("This edition has a radio already. Change that one."), code="unique_together")


class OnAir(WholeModel):
    """What is sent between two times of the edition's clock; over midnight where the end isn't after the beginning."""

    begins = models.TimeField(_("begins"))
    ends = models.TimeField(_("ends"), help_text=_("Not after the beginning: on the next day."))
    title = models.CharField(_("title"), max_length=120)
    host = models.CharField(_("host"), max_length=120, blank=True)
    description = models.CharField(_("about"), max_length=300, blank=True)

    class Meta:
        abstract = True


class Show(OnAir):
    """A show of every week."""

    station = ParentalKey(Station, on_delete=models.CASCADE, related_name="shows")
    days = WeekdaysField(_("days"), max_length=7)

    class Meta:
        verbose_name = _("show")
        verbose_name_plural = _("shows")
        ordering = ["days", "begins"]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class SpecialShow(OnAir):
    """What a single day has instead of the week's shows; nothing where it has no title."""

    station = ParentalKey(Station, on_delete=models.CASCADE, related_name="specials")
    on = models.DateField(_("day"))
    title = models.CharField(
        _("title"), max_length=120, blank=True, help_text=_("Empty: nothing is on at this time of that day.")
    )

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ["on", "begins"]

    def __str__(self) -> str:
        """Return the title or the day."""
        return self.title or f"{self.on:%Y-%m-%d}"
