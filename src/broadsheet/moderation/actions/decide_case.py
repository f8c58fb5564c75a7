"""Decides of a case in one transaction: the decision, its reports, the case (MOD-02)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from broadsheet.discussion.queries.comment_facts import comment_row
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.actions.answer_reports import answer_reports
from broadsheet.moderation.actions.close_case import close_with
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.settle import TURN
from broadsheet.moderation.models import Case, DecisionRow
from broadsheet.moderation.queries.case_decisions import Ground, ground_of, refuse_case
from broadsheet.moderation.rules.decisions import Actor, Approval, Decision


@transaction.atomic
def decide_case(
    *, case_id: int, by: Actor, make: Callable[[Ground], Decision | Approval], outcome: str, key: UUID | None,
    now: datetime, closes: bool = True,
) -> int:  # fmt: skip
    """Let what `make` returns take effect, reports be answered and the case be closed; return the decision's number.

    A case whose comment is still held stays open. Sent twice with one `key` it is one decision. `Refused` where this person can't decide of the case, where a
    colleague has it or decided meanwhile, and where the decision can't be made.
    """
    take_turn(TURN)
    if key is not None and (number := DecisionRow.objects.filter(key=key).values_list("pk", flat=True).first()):
        return int(number)
    row = held_case(case_id, by, now)
    decision = make(ground_of(row.edition_id, row.comment_id, row.reader_id))
    made = decide(decision=decision, now=now, key=key, waiting_since=row.opened_at)
    if closes and not _still_waits(row.comment_id):
        if row.comment_id is not None:
            answer_reports(comment_id=row.comment_id, upheld=isinstance(decision, Decision), now=now)
        close_with(case_id=case_id, by=by, outcome=outcome, decision_id=made.decision_id, now=now)
    return made.decision_id


def _still_waits(comment_id: int | None) -> bool:
    """Return whether the comment is held after all, as after a warning alone: then somebody has to say what becomes of it."""
    comment = comment_row(comment_id) if comment_id is not None else None
    return comment is not None and comment.state == "held"


def held_case(case_id: int, by: Actor, now: datetime) -> Case:
    """Return the case, held until the transaction ends; `Refused` where this person can't decide of it now."""
    row = Case.objects.select_for_update(of=("self",)).filter(pk=case_id).first()
    if refusal := refuse_case(row, by, now):
        raise Refused(refusal)
    assert row is not None  # noqa: S101 - refused above
    return row
