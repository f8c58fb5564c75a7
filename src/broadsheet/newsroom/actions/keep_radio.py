"""Writes an edition's radio with its whole programme."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models import EditionPage, Show, SpecialShow, Station
from broadsheet.newsroom.rules.wording import sentences

Row = Mapping[str, Any]


@transaction.atomic
def keep_radio(
    *, edition: EditionPage, name: str, address: str, shows: Sequence[Row] = (), exceptions: Sequence[Row] = ()
) -> Station:
    """Store the edition's radio, made anew or changed, with these shows and exceptions instead of those it had.

    A show has days ("0123456", Monday first), begins, ends, title, host and description; an exception has a day, `on`.
    """
    station = Station.objects.filter(edition=edition).first() or Station(edition=edition)
    station.name, station.address = name, address
    try:
        station.full_clean()
        station.save()
        station.shows.all().delete()
        station.specials.all().delete()
        for row in [
            *(Show(station=station, **row) for row in shows),
            *(SpecialShow(station=station, **row) for row in exceptions),
        ]:
            row.full_clean()
            row.save()
    except ValidationError as error:
        raise refuse(
            "invalid-radio", _("The radio was not stored."), sentences(error), _("Correct the value.")
        ) from error
    return Station.objects.get(pk=station.pk)
