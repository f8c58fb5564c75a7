"""A reader's sanctions: what runs, what counts, and which the next one would be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from broadsheet.moderation.models import Sanction
from broadsheet.moderation.rules.sanctions import Kind, Sanctioned, State, has_final, next_ordinal, ordinals


@dataclass(frozen=True, slots=True)
class SanctionView:
    """A sanction as the desk and its reader see it; `ordinal` is which it is of those that count, 0 for the others."""

    id: int
    decision_id: int | None
    incident_id: int
    kind: str
    thread_id: int | None
    starts: datetime
    ends: datetime | None
    state: str
    ended_at: datetime | None
    ordinal: int
    final: bool
    annulment_asked: bool


def sanctions_of(reader_id: int) -> list[SanctionView]:
    """Return all sanctions of the reader, the newest first, those that were found wrong included."""
    rows = list(Sanction.objects.filter(reader_id=reader_id).order_by("id").prefetch_related("annulments"))
    numbers = ordinals(map(as_value, rows))
    return [
        SanctionView(
            row.pk, row.decision_id, row.incident_id, row.kind, row.thread_id, row.starts, row.ends, row.state,
            row.ended_at, numbers.get(row.incident_id, 0) if row.counts else 0, row.final,
            any(one.confirmed_at is None for one in row.annulments.all()),
        )
        for row in reversed(rows)
    ]  # fmt: skip


def sanction(sanction_id: int) -> SanctionView | None:
    """Return the sanction; None where there is none."""
    reader_id = Sanction.objects.filter(pk=sanction_id).values_list("reader_id", flat=True).first()
    found = sanctions_of(reader_id) if reader_id is not None else []
    return next((one for one in found if one.id == sanction_id), None)


def values_of(reader_id: int) -> list[Sanctioned]:
    """Return the reader's sanctions as the rules count them."""
    return [as_value(row) for row in Sanction.objects.filter(reader_id=reader_id).order_by("id")]


def next_that_counts(reader_id: int, incident_id: int | None = None) -> int:
    """Return which the reader's next sanction that counts would be: the desk says before it is confirmed what 2 means."""
    return next_ordinal(values_of(reader_id), incident_id)


def is_out_for_good(reader_id: int) -> bool:
    """Return whether a second sanction counts, so that nobody can restore the reader (MOD-06)."""
    return has_final(values_of(reader_id))


def as_value(row: Sanction) -> Sanctioned:
    """Return the row as the rules see it."""
    return Sanctioned(row.pk, row.incident_id, Kind(row.kind), row.thread_id, row.ends, State(row.state))


def readers_of(origins: Iterable[object]) -> list[int]:
    """Return the readers to whose accounts the incidents of these origins were carried."""
    rows = Sanction.objects.filter(incident__origin__in=list(origins))
    return sorted(set(rows.values_list("reader_id", flat=True)))
