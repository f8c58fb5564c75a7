"""What of the standards asks for a chief's eyes: alarms, and clauses that were lowered (STD-06, MOD-10)."""

import threading
import time
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from broadsheet.discussion.queries.alarms import alarms_of
from broadsheet.moderation.models import Lowering
from broadsheet.moderation.queries.grounds import title_of
from broadsheet.moderation.rules.standards_words import alarm_words
from broadsheet.newsroom.queries.editions import EditionView, editions
from broadsheet.standards.learning.alarm import Alarm

FRESH = 300.0  # seconds for which alarms are remembered: they tell of 24 hours, and pages of the queue wait for nothing
_lock = threading.Lock()
_held: dict[int, tuple[float, list[Alarm]]] = {}


@dataclass(frozen=True, slots=True)
class LoweringView:
    """A clause that flags since it was overturned too often, or that `holds` on and is to be looked at all the more."""

    id: int
    edition_id: int
    clause: str
    title: str
    since: datetime
    decisions: int
    overturned: int
    holds: bool


@dataclass(frozen=True, slots=True)
class StandardsMarks:
    """Of one edition: what jumped, as sentences, and its lowered clauses."""

    edition: EditionView
    alarms: tuple[str, ...]
    lowered: tuple[LoweringView, ...]


def standards_marks(now: datetime, *, fresh: bool = False) -> list[StandardsMarks]:
    """Return the editions of which there is something to tell; alarms are some minutes old unless `fresh`."""
    found = [StandardsMarks(one, *_of(one, now, fresh)) for one in editions()]
    return [one for one in found if one.alarms or one.lowered]


def count_of_marks(now: datetime) -> int:
    """Return how many alarms and lowered clauses there are."""
    alarms = sum(len(_alarms(one.id, now, fresh=False)) for one in editions())
    return alarms + Lowering.objects.filter(looked_at=None).count()


def lowered_in(edition_id: int) -> tuple[LoweringView, ...]:
    """Return the edition's clauses that wait for a chief to look."""
    rows = Lowering.objects.filter(edition_id=edition_id, looked_at=None).order_by("since")
    language = get_language() or ""
    return tuple(
        LoweringView(
            row.pk, edition_id, row.clause, title_of(edition_id, row.clause, language), row.since, row.decisions,
            row.overturned, row.holds,
        )
        for row in rows
    )  # fmt: skip


def alarm_sentences(edition_id: int, now: datetime, *, fresh: bool = False) -> tuple[str, ...]:
    """Return what jumped in the edition in the last 24 hours, in words."""
    language = get_language() or ""
    found = _alarms(edition_id, now, fresh=fresh)
    return tuple(alarm_words(one, title_of(edition_id, one.what, language)) for one in found)


def forget_alarms() -> None:
    """Count afresh at the next question."""
    with _lock:
        _held.clear()


def _of(edition: EditionView, now: datetime, fresh: bool) -> tuple[tuple[str, ...], tuple[LoweringView, ...]]:
    return alarm_sentences(edition.id, now, fresh=fresh), lowered_in(edition.id)


def _alarms(edition_id: int, now: datetime, *, fresh: bool) -> list[Alarm]:
    with _lock:
        at, found = _held.get(edition_id, (0.0, []))
    if not fresh and at and time.monotonic() - at < FRESH:
        return found
    counted = alarms_of(edition_id, now)
    with _lock:
        _held[edition_id] = time.monotonic(), counted
    return counted
