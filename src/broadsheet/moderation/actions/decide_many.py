"""Decides of many comments as one: each gets its decision and its statement, in portions that survive a kill (MOD-01)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.discussion.queries.comment_facts import CommentRow, comment_rows, history_of
from broadsheet.discussion.queries.mobs import comments_of_mob
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.actions.answer_reports import answer_reports
from broadsheet.moderation.actions.close_case import close_with
from broadsheet.moderation.actions.decide import decide
from broadsheet.moderation.actions.decide_case import held_case
from broadsheet.moderation.actions.keep_case import keep_case
from broadsheet.moderation.actions.open_many import LIVE, put_into
from broadsheet.moderation.actions.settle import TURN
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.conf import CaseKind, CaseState
from broadsheet.moderation.models import Case, CaseComment, DecisionRow
from broadsheet.moderation.queries.case_decisions import approval_for, decision_for, ground_of
from broadsheet.moderation.queries.roles import scope_of
from broadsheet.moderation.queries.sanctions import values_of
from broadsheet.moderation.rules.basis import Basis, Block
from broadsheet.moderation.rules.decisions import Actor, Measure
from broadsheet.moderation.rules.orders import Order, can_be_of_many, order_from, outcome_of
from broadsheet.moderation.rules.sanctions import refuse_end

PORTION = 20  # decisions in one transaction: a few tenths of a second in which nobody else writes on SQLite
AT_ONCE = 2.0  # seconds that whoever orders waits; the clock's work does the rest
MOST_OF_FLOOD = 500


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an order is: comments done, and left."""

    done: int
    left: int


def decide_mob(
    *, case_id: int, by: Actor, basis: Basis | None, warn: bool = False, key: UUID, now: datetime
) -> Progress:
    """Order that all comments of the mob are deleted, or approved without a basis, and begin to do so.

    Comments that their authors changed or deleted meanwhile, and those of whoever orders, are left out; they have cases
    of their own again where they need one. Called again, or by the clock, it goes on until none is left.
    """
    measures = (Measure.REMOVE, Measure.WARN) if warn else (Measure.REMOVE,)
    order = Order(by, key, basis, measures if basis is not None else ())
    with transaction.atomic():
        take_turn(TURN)
        row = held_case(case_id, by, now)
        _of_kind(row, CaseKind.MOB)
        rows = comment_rows(comments_of_mob(row.subject_id))
        put_into(row.pk, [one for one in rows if one.state in LIVE and one.text], now)
        _give_order(row, order, now)
    return carry_on(case_id=case_id, now=now, seconds=AT_ONCE)


def stop_flood(
    *, case_id: int, by: Actor, basis: Basis, since: timedelta, block: Block, key: UUID, now: datetime
) -> Progress:
    """Order that what the account posted in the thread in that time is deleted and the account blocked, and begin so.

    All of it is one incident. What was posted earlier stays.
    """
    order = Order(by, key, basis, (Measure.REMOVE,), block)
    with transaction.atomic():
        take_turn(TURN)
        row = held_case(case_id, by, now)
        _of_kind(row, CaseKind.FLOOD)
        before = values_of(row.reader_id) if row.reader_id is not None else []
        if block.everywhere and (refusal := refuse_end(before, None, block.ends)):
            raise Refused(refusal)
        wanted = _posted_since(row, now - since)
        kept = CaseComment.objects.filter(case=row, done_at=None)
        kept.exclude(comment_id__in=[one.id for one in wanted]).delete()
        put_into(row.pk, wanted, now)
        if not wanted:
            why = _("The account posted nothing in this time that is still there.")
            raise Refused(Refusal("no-flood", _("Nothing was decided."), why, _("Choose a longer time.")))
        _give_order(row, order, now)
    return carry_on(case_id=case_id, now=now, seconds=AT_ONCE)


def undo_many(*, case_id: int, by: Actor, key: UUID, now: datetime) -> Progress:
    """Order that all decisions of the case are undone, within 30 days, and begin to; the case is open again in the end."""
    with transaction.atomic():
        take_turn(TURN)
        row = Case.objects.select_for_update(of=("self",)).filter(pk=case_id, state=CaseState.DECIDED).first()
        scope = scope_of(by.reader_id)
        if row is None or scope is None or not scope.covers(row.edition_id, row.section_id):
            why = _("Nothing was decided in this case, or you don't moderate there.")
            raise Refused(Refusal("nothing-to-undo", _("Nothing was undone."), why, _("Look at the case again.")))
        _give_order(row, Order(by, key, undo=True), now)
    return carry_on(case_id=case_id, now=now, seconds=AT_ONCE)


def carry_on(*, case_id: int, now: datetime, seconds: float = AT_ONCE) -> Progress:
    """Go on with what was ordered of the case, portion by portion, for about so many seconds; return how far it is."""
    until = monotonic() + seconds
    left = _portion(case_id, now)
    while left and monotonic() < until:
        left = _portion(case_id, now)
    done = CaseComment.objects.filter(case_id=case_id, done_at__isnull=False).count()
    return Progress(done, left)


def carry_on_all(*, now: datetime, seconds: float = 20.0) -> int:
    """Go on with all orders that were given and are not carried out, the oldest first; return how many that were."""
    until = monotonic() + seconds
    waiting = list(
        Case.objects.filter(ordered_at__isnull=False).order_by("ordered_at").values_list("pk", flat=True)[:50]
    )
    for number in waiting:
        if monotonic() < until:
            carry_on(case_id=number, now=now, seconds=until - monotonic())
    return len(waiting)


def _give_order(row: Case, order: Order, now: datetime) -> None:
    if row.ordered_at is not None:
        why = _("Something was ordered of it already, and is being carried out.")
        raise Refused(Refusal("ordered", _("Nothing was decided."), why, _("Wait a moment.")))
    if order.basis is not None:
        if not can_be_of_many(order.measures):
            raise Refused(Refusal("not-of-many", _("Nothing was decided."), _("That can't be done to many at once.")))
        ground = ground_of(row.edition_id, None, row.reader_id)  # refused now rather than in the middle
        decision_for(
            replace(ground, reader_id=ground.reader_id or -1),
            order.basis,
            (Measure.WARN,),
            by=order.by,
            version=None,
            now=now,
        )
    row.plan, row.ordered_at = order.as_json(), now
    row.save(update_fields=["plan", "ordered_at"])


@transaction.atomic
def _portion(case_id: int, now: datetime) -> int:
    """Carry out a portion of the order; return how many comments are left."""
    take_turn(TURN)
    row = Case.objects.select_for_update(of=("self",)).filter(pk=case_id, ordered_at__isnull=False).first()
    if row is None:
        return 0
    order = order_from(row.plan)
    own = CaseComment.objects.filter(case=row)
    rest = own.filter(decision__isnull=False) if order.undo else own.filter(done_at=None)
    for member in rest.order_by("id")[:PORTION]:
        order = _take_back(member, order, now) if order.undo else _decide_one(row, member, order, now)
    left = rest.count()
    if left:
        row.plan = order.as_json()
        row.save(update_fields=["plan"])
    elif order.undo:
        _open_again(row)
    else:
        first = own.filter(decision__isnull=False).order_by("id").values_list("decision_id", flat=True).first()
        close_with(case_id=row.pk, by=order.by, outcome=outcome_of(order), decision_id=first, now=now)
    return left


def _decide_one(row: Case, member: CaseComment, order: Order, now: datetime) -> Order:
    """Decide of one comment, or leave it out where it can't be; return the order as it goes on."""
    try:
        with transaction.atomic():
            ground = ground_of(row.edition_id, member.comment_id, None)
            _refuse_gone(ground.comment)
            block = order.block if order.incident is None else None
            if order.basis is None:
                made = decide(
                    decision=approval_for(ground, by=order.by, version=member.version), now=now,
                    key=order.key_of(member.comment_id), waiting_since=row.opened_at,
                )  # fmt: skip
            else:
                measures = (*order.measures, Measure.BLOCK) if block is not None else order.measures
                decision = decision_for(
                    ground, order.basis, measures, by=order.by, version=member.version, now=now, block=block
                )
                made = decide(
                    decision=decision, now=now, incident_id=order.incident if order.block is not None else None,
                    key=order.key_of(member.comment_id), waiting_since=row.opened_at,
                )  # fmt: skip
            answer_reports(comment_id=member.comment_id, upheld=order.basis is not None, now=now)
    except Refused:
        member.done_at = now
        member.save(update_fields=["done_at"])
        keep_case(comment_id=member.comment_id, now=now)
        return order
    member.decision_id, member.done_at = made.decision_id, now
    member.save(update_fields=["decision", "done_at"])
    if order.block is not None and order.incident is None:
        incident = DecisionRow.objects.values_list("incident_id", flat=True).get(pk=made.decision_id)
        return replace(order, incident=incident)
    return order


def _take_back(member: CaseComment, order: Order, now: datetime) -> Order:
    if member.decision_id is not None:
        try:
            with transaction.atomic():
                undo(decision_id=member.decision_id, by=order.by, now=now)
        except Refused:
            member.decision_id = None  # it stands, and stays done
        else:
            member.decision_id, member.done_at = None, None
    member.save(update_fields=["decision", "done_at"])
    return order


def _open_again(row: Case) -> None:
    row.plan, row.ordered_at = {}, None
    others = Case.objects.filter(kind=row.kind, subject_id=row.subject_id, state=CaseState.OPEN)
    if not others.exists():
        row.state, row.outcome, row.closed_at, row.closed_by_id, row.decision_id = CaseState.OPEN, "", None, None, None
    row.save()


def _refuse_gone(comment: CommentRow | None) -> None:
    if comment is None or comment.state not in LIVE or not comment.text:
        raise Refused(Refusal("gone", _("Nothing was decided."), _("The comment is gone.")))


def _posted_since(row: Case, since: datetime) -> list[CommentRow]:
    """Return what the account posted in the case's thread since then and that is still there, oldest first."""
    found: list[CommentRow] = []
    before: int | None = None
    while row.reader_id is not None and len(found) < MOST_OF_FLOOD:
        rows = history_of(row.reader_id, before=before, limit=100)
        found += [one for one in rows if one.created_at > since]
        if not rows or rows[-1].created_at <= since:
            break
        before = rows[-1].id
    return [one for one in reversed(found) if one.thread_id == row.thread_id and one.state in LIVE and one.text]


def _of_kind(row: Case, kind: str) -> None:
    if row.kind != kind:
        why = _("The case is about a single comment or something else.")
        raise Refused(Refusal("not-many", _("Nothing was decided."), why, _("Decide about it by itself.")))
