"""Sanctions bind the person: they hold in an account made anew (MOD-08)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from broadsheet.kernel.facts import announce
from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.actions.settle import TURN, settle
from broadsheet.moderation.facts import SamePersonSeen
from broadsheet.moderation.models import Incident, Sanction
from broadsheet.moderation.queries.sanctions import values_of
from broadsheet.moderation.rules.sanctions import Kind, State, next_ordinal
from broadsheet.readers.queries.retention import marks_of


@transaction.atomic
def carry_over(*, reader_id: int, now: datetime) -> int:
    """Let what counts in other accounts of the same person count in this one, too; return how many incidents that are.

    The person is recognised by an address or identity of an account under sanctions. What was carried over once isn't
    again, whatever became of it here: a sanction that was lifted or annulled stays so. Nothing becomes a second one by
    this alone (STD-01): where two firsts of one person meet, both stay so, and `SamePersonSeen` tells the newsroom.
    """
    take_turn(TURN)
    marks = marks_of(reader_id)
    if not marks:
        return 0
    alive = Q(marks__ends_at=None) | Q(marks__ends_at__gt=now)
    others = Incident.objects.filter(alive, marks__digest__in=marks).exclude(reader_id=reader_id).distinct()
    known = set(Incident.objects.filter(reader_id=reader_id).values_list("origin", flat=True))
    carried = 0
    for incident in others.order_by("pk"):
        rows = list(incident.sanctions.filter(counts=True).order_by("pk"))
        if incident.origin in known or not rows:
            continue
        final = any(row.final for row in rows)
        if not final and next_ordinal(values_of(reader_id), None) >= 2:
            announce(SamePersonSeen(reader_id=reader_id, other_id=incident.reader_id))
            continue
        known.add(incident.origin)
        _copy(incident, rows, reader_id, now)
        carried += 1
    if carried:
        settle(reader_id=reader_id, now=now)
    return carried


def _copy(incident: Incident, rows: list[Sanction], reader_id: int, now: datetime) -> None:
    """Make one sanction of those of the incident: a block, since the account is another."""
    final = any(row.final for row in rows)
    running = [row for row in rows if row.state == State.RUNNING and (row.ends is None or row.ends > now)]
    ends = [row.ends for row in running]
    until = None if final or None in ends else max((end for end in ends if end is not None), default=None)
    own = Incident.objects.create(reader_id=reader_id, origin=incident.origin, opened_at=incident.opened_at)
    last = rows[-1]
    over: dict[str, Any] = (
        {} if final or running else {"state": last.state, "ended_at": last.ended_at or now, "ends": last.ends}
    )
    if over and last.state == State.RUNNING:  # its time is over, and nobody has looked yet
        over["state"] = State.EXPIRED
    Sanction.objects.create(
        **{"ends": until, **over}, reader_id=reader_id, incident=own, kind=Kind.BLOCK, starts=rows[0].starts,
        counts=True,
    )  # fmt: skip
