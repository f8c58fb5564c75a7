"""Takes a case out of the queue: somebody decided, or nobody is needed any more."""

from datetime import datetime

from django.db import transaction

from broadsheet.moderation.conf import CaseState
from broadsheet.moderation.models import Case
from broadsheet.moderation.rules.decisions import Actor


@transaction.atomic
def close_case(*, case_id: int, by: Actor, outcome: str, now: datetime) -> bool:
    """Let the case be decided, with what came of it; return whether it was open until now."""
    return close_with(case_id=case_id, by=by, outcome=outcome, decision_id=None, now=now)


def close_with(*, case_id: int, by: Actor, outcome: str, decision_id: int | None, now: datetime) -> bool:
    """Let the case be decided by this decision; return whether it was open until now."""
    return _close(case_id, CaseState.DECIDED, outcome, now, by=by.reader_id, decision_id=decision_id)


@transaction.atomic
def drop_case(*, case_id: int, outcome: str, now: datetime) -> bool:
    """Let the case need nobody any more, such as when its comment was deleted; return whether it was open until now."""
    return _close(case_id, CaseState.DROPPED, outcome, now)


def _close(
    case_id: int, state: str, outcome: str, now: datetime, *, by: int | None = None, decision_id: int | None = None
) -> bool:
    open_now = Case.objects.filter(pk=case_id, state=CaseState.OPEN)
    return bool(
        open_now.update(
            state=state, outcome=outcome, closed_at=now, closed_by_id=by, decision_id=decision_id, claimed_by_id=None,
            claimed_until=None, plan={}, ordered_at=None,
        )
    )  # fmt: skip
