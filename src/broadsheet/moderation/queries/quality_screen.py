"""What was overturned and how often two agreed, as chiefs read it (MOD-10)."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import get_language

from broadsheet.moderation.queries.grounds import title_of
from broadsheet.moderation.queries.quality import (
    Agreement,
    Overturned,
    agreement,
    overturned_by_clause,
    overturned_by_detector,
    overturned_by_moderator,
)
from broadsheet.newsroom.queries.editions import EditionView, editions
from broadsheet.readers.queries.faces import faces


@dataclass(frozen=True, slots=True)
class EditionQuality:
    """One edition; clauses and moderators bear their names."""

    edition: EditionView
    agreement: Agreement
    clauses: tuple[Overturned, ...]
    detectors: tuple[Overturned, ...]
    moderators: tuple[Overturned, ...]


def quality_screen(since: datetime, until: datetime) -> list[EditionQuality]:
    """Return how well it was decided in each edition, from the one moment to the other."""
    return [_of(edition, since, until) for edition in editions()]


def _of(edition: EditionView, since: datetime, until: datetime) -> EditionQuality:
    language, span = get_language() or "", (edition.code, since, until)
    clauses = tuple(replace(one, name=title_of(edition.id, one.name, language)) for one in overturned_by_clause(*span))
    rows = overturned_by_moderator(*span)
    people = faces({int(one.name) for one in rows})
    moderators = tuple(replace(one, name=people[int(one.name)].name) for one in rows if int(one.name) in people)
    return EditionQuality(edition, agreement(*span), clauses, tuple(overturned_by_detector(*span)), moderators)
