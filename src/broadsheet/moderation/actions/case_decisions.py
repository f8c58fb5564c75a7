"""What somebody who moderates can do with a case; each is one transaction and one statement of reasons (MOD-02)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.actions.answer_reports import answer_reports
from broadsheet.moderation.actions.claim_case import let_go, skip
from broadsheet.moderation.actions.close_case import close_with
from broadsheet.moderation.actions.decide_case import decide_case, held_case
from broadsheet.moderation.actions.settle import TURN
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.conf import CaseState
from broadsheet.moderation.models import Case, CaseLook, CaseNote
from broadsheet.moderation.queries.case_decisions import (
    Ground,
    approval_for,
    decision_for,
)
from broadsheet.moderation.queries.decisions import standing_removal
from broadsheet.moderation.queries.roles import scope_of
from broadsheet.moderation.rules.basis import Basis, Block
from broadsheet.moderation.rules.decisions import Actor, Decision, Measure, Role

LONGEST_NOTE = 4000


def approve_case(*, case_id: int, by: Actor, version: int, key: UUID | None = None, now: datetime) -> int:
    """Let everybody see the comment: it breaks no clause. Return the decision.

    Where it was removed by a decision that stands, that one is undone instead, and returned: its reader is told that it
    was wrong. `Refused` where the text isn't the `version` that was looked at.
    """
    with transaction.atomic():
        take_turn(TURN)
        row = Case.objects.filter(pk=case_id, state=CaseState.OPEN).first()
        wrong = standing_removal(row.comment_id) if row is not None and row.comment_id is not None else None
        if row is not None and row.comment_id is not None and wrong is not None:
            held_case(case_id, by, now)
            undo(decision_id=wrong, by=by, now=now)
            answer_reports(comment_id=row.comment_id, upheld=False, now=now)
            close_with(case_id=case_id, by=by, outcome="undone", decision_id=wrong, now=now)
            return wrong
        return decide_case(
            case_id=case_id, by=by, make=lambda ground: approval_for(ground, by=by, version=version),
            outcome="approved", key=key, now=now,
        )  # fmt: skip


def remove_case(
    *, case_id: int, by: Actor, basis: Basis, version: int, warn: bool = False, key: UUID | None = None, now: datetime
) -> int:
    """Delete the comment, its author warned where asked; return the decision."""
    measures = (Measure.REMOVE, Measure.WARN) if warn else (Measure.REMOVE,)
    return _restrict(measures, "removed", case_id=case_id, by=by, basis=basis, version=version, key=key, now=now)


def redact_case(
    *, case_id: int, by: Actor, basis: Basis, version: int, spans: Sequence[tuple[int, int]], key: UUID | None = None,
    now: datetime,
) -> int:  # fmt: skip
    """Black these parts of the comment out, visibly; nothing is reworded. Return the decision."""
    return decide_case(
        case_id=case_id, by=by, outcome="redacted", key=key, now=now,
        make=lambda ground: decision_for(
            ground, basis, (Measure.REDACT,), by=by, version=version, now=now, redactions=spans
        ),
    )  # fmt: skip


def warn_case(
    *, case_id: int, by: Actor, basis: Basis, version: int | None, key: UUID | None = None, now: datetime
) -> int:
    """Warn the reader, whose comment stays as it is; return the decision."""
    return _restrict((Measure.WARN,), "warned", case_id=case_id, by=by, basis=basis, version=version, key=key, now=now)


def hold_case(*, case_id: int, by: Actor, basis: Basis, version: int, key: UUID | None = None, now: datetime) -> int:
    """Let nobody but its author and moderators see the comment until a person has decided; the case stays open."""
    return _restrict(
        (Measure.HOLD,), "held", case_id=case_id, by=by, basis=basis, version=version, key=key, now=now, closes=False
    )


def block_case(
    *, case_id: int, by: Actor, basis: Basis, version: int | None, block: Block, remove: bool = True,
    key: UUID | None = None, now: datetime,
) -> int:  # fmt: skip
    """Block the reader as ordered, and delete the comment unless it is to stay; return the decision.

    The second block for all discussions can have no end, and none can lift it: ask `queries.case_decisions.would_be`
    before and say so.
    """

    def make(ground: Ground) -> Decision:
        measures = (Measure.REMOVE, Measure.BLOCK) if remove and ground.comment is not None else (Measure.BLOCK,)
        return decision_for(ground, basis, measures, by=by, version=version, now=now, block=block)

    return decide_case(case_id=case_id, by=by, make=make, outcome="blocked", key=key, now=now)


def delete_account_case(
    *, case_id: int, by: Actor, basis: Basis, version: int | None, remove: bool = True, key: UUID | None = None,
    now: datetime,
) -> int:  # fmt: skip
    """Delete the reader's account, and the comment unless it is to stay; chiefs alone can. Return the decision."""
    if by.role != Role.CHIEF:
        why = _("Only chiefs delete accounts.")
        raise Refused(Refusal("no-chief", _("Nothing was decided."), why, _("Block the reader, or ask a chief.")))

    def make(ground: Ground) -> Decision:
        measures = [Measure.REMOVE] if remove and ground.comment is not None else []
        return decision_for(ground, basis, [*measures, Measure.DELETE_ACCOUNT], by=by, version=version, now=now)

    return decide_case(case_id=case_id, by=by, make=make, outcome="account-deleted", key=key, now=now)


@transaction.atomic
def note_case(*, case_id: int, by: Actor, text: str, now: datetime) -> int:
    """Add a note for colleagues, which no reader sees; return its number. `Refused` to who doesn't moderate there."""
    row = Case.objects.filter(pk=case_id).first()
    scope = scope_of(by.reader_id)
    what = _("The note was not added.")
    if row is None or scope is None or not scope.covers(row.edition_id, row.section_id):
        raise Refused(Refusal("out-of-bounds", what, _("You don't moderate there."), _("Take the next one.")))
    if not 0 < len(text.strip()) <= LONGEST_NOTE:
        raise Refused(Refusal("no-note", what, _("It is empty or too long."), _("Write some sentences.")))
    number: int = CaseNote.objects.create(case=row, by_id=by.reader_id, at=now, text=text.strip()).pk
    return number


@transaction.atomic
def ask_case(*, case_id: int, by: Actor, colleague_id: int | None, text: str, now: datetime) -> None:
    """Ask a colleague, or whoever comes next, to decide instead; the case is theirs to take, with the question as a note.

    `Refused` where the colleague can't decide of it, or is the one who asks.
    """
    row = held_case(case_id, by, now)
    if colleague_id is not None:
        other = scope_of(colleague_id)
        fit = other is not None and other.covers(row.edition_id, row.section_id) and colleague_id != by.reader_id
        fit = fit and (not row.chiefs_only or (other is not None and other.is_chief))
        if not fit or colleague_id in {row.reader_id, row.first_decider_id}:
            why = _("This colleague can't decide about it.")
            raise Refused(Refusal("wrong-colleague", _("Nobody was asked."), why, _("Choose another one.")))
    note_case(case_id=case_id, by=by, text=text, now=now)
    row.asked_id, row.claimed_by_id, row.claimed_until = colleague_id, None, None
    row.reasons = [*(one for one in row.reasons if one["code"] != "asked"), {"code": "asked"}]
    row.save(update_fields=["asked", "claimed_by", "claimed_until", "reasons"])
    skip(case_id=case_id, moderator_id=by.reader_id, now=now)
    CaseLook.objects.filter(case_id=case_id, moderator_id=colleague_id, skipped=True).update(skipped=False)


@transaction.atomic
def undo_case(*, case_id: int, by: Actor, now: datetime) -> None:
    """Take the decision back that closed the case, within 30 days; the case is open again, unless there is another one."""
    row = Case.objects.filter(pk=case_id).first()
    scope = scope_of(by.reader_id)
    if row is None or row.decision_id is None or scope is None or not scope.covers(row.edition_id, row.section_id):
        why = _("Nothing was decided in this case, or you don't moderate there.")
        raise Refused(Refusal("nothing-to-undo", _("Nothing was undone."), why, _("Look at the case again.")))
    undo(decision_id=row.decision_id, by=by, now=now)
    others = Case.objects.filter(state=CaseState.OPEN)
    same = others.filter(comment_id=row.comment_id) if row.comment_id is not None else others.none()
    if not same.exists() and not others.filter(kind=row.kind, subject_id=row.subject_id).exists():
        row.state, row.outcome, row.closed_at, row.closed_by_id, row.decision_id = CaseState.OPEN, "", None, None, None
        row.save(update_fields=["state", "outcome", "closed_at", "closed_by", "decision"])


def leave_desk(*, moderator_id: int) -> None:
    """Give back whatever the person has on the screen."""
    let_go(moderator_id=moderator_id)


def _restrict(  # noqa: PLR0913 - what every measure asks for
    measures: Sequence[Measure], outcome: str, *, case_id: int, by: Actor, basis: Basis, version: int | None,
    key: UUID | None, now: datetime, closes: bool = True,
) -> int:  # fmt: skip
    return decide_case(
        case_id=case_id, by=by, outcome=outcome, key=key, now=now, closes=closes,
        make=lambda ground: decision_for(ground, basis, measures, by=by, version=version, now=now),
    )  # fmt: skip
