"""Puts the sanctions of a decision on its reader."""

from datetime import datetime

from broadsheet.discussion.actions.bar_reader import bar_reader
from broadsheet.moderation.actions.settle import settle
from broadsheet.moderation.models import DecisionRow, Incident, Sanction
from broadsheet.moderation.rules.decisions import Decision, Measure
from broadsheet.moderation.rules.sanctions import Kind


def impose(decision: Decision, row: DecisionRow, incident: Incident, now: datetime) -> list[Sanction]:
    """Make the decision's sanctions in the caller's transaction, let the account be as they say, and return them."""
    made: list[Sanction] = []
    if Measure.BLOCK in decision.measures:
        made.append(_make(row, incident, Kind.BLOCK, thread_id=decision.scope, ends=decision.duration.ends))
    if Measure.DELETE_ACCOUNT in decision.measures:
        made.append(_make(row, incident, Kind.DELETION))
    if not made:
        return []
    for one in made:
        if one.thread_id is not None:
            bar_reader(reader_id=one.reader_id, thread_id=one.thread_id, until=one.ends, sanction_id=one.pk)
    settle(reader_id=incident.reader_id, now=now)
    for one in made:
        one.refresh_from_db()
    return made


def _make(
    row: DecisionRow, incident: Incident, kind: Kind, *, thread_id: int | None = None, ends: datetime | None = None
) -> Sanction:
    sanction: Sanction = Sanction.objects.create(
        reader_id=incident.reader_id, incident=incident, decision=row, kind=kind, thread_id=thread_id, starts=row.at,
        ends=ends, counts=thread_id is None,
    )  # fmt: skip
    return sanction
