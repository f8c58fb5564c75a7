"""Reverses a decision exactly (MOD-07)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.discussion.actions.bar_reader import lift_bar
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.facts import announce
from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.actions.on_comments import take_back
from broadsheet.moderation.actions.settle import TURN, settle
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.facts import DecisionUndone
from broadsheet.moderation.models import DecisionRow, Sanction
from broadsheet.moderation.queries.actors import refuse_actor
from broadsheet.moderation.queries.months import month_of
from broadsheet.moderation.queries.sanctions import as_value, readers_of, values_of
from broadsheet.moderation.rules.decisions import Actor
from broadsheet.moderation.rules.sanctions import GONE, State, refuse_bringing_back, refuse_undoing
from broadsheet.readers.queries.conduct import conducted


@transaction.atomic
def undo(*, decision_id: int, by: Actor, now: datetime, letter_came: datetime | None = None) -> None:
    """Let all that the decision did be as it was before; `Refused` where it is too late or a second block counts.

    Text, replies, counters, account and the count of sanctions are as if it had never been made, in the reader's other
    accounts, too; the reader is told that it was wrong. `letter_came` is when the letter came in by which it was
    granted, by somebody other than the one who decided.
    """
    take_turn(TURN)
    row = DecisionRow.objects.select_for_update(of=("self",)).filter(pk=decision_id).first()
    sanctions = list(row.sanctions.order_by("pk")) if row is not None else []
    if refusal := _refuse(row, sanctions, by, now, letter_came):
        raise Refused(refusal)
    assert row is not None  # noqa: S101 - refused above
    if row.inverse.get("comments"):
        take_back(row.inverse["comments"])
    _lift(sanctions, now)
    row.undone_at, row.undone_by_id = now, by.reader_id
    row.undone_for = "undone" if letter_came is None else "granted"
    row.inverse = {}
    row.save(update_fields=["undone_at", "undone_by", "undone_for", "inverse"])
    announce(
        DecisionUndone(
            decision_id=row.pk, reader_id=row.reader_id or 0, comment_id=row.comment_id or 0, edition=row.edition,
            reason=row.undone_for, month=month_of(row.edition, row.at),
        )
    )  # fmt: skip
    payload = {"role": str(by.role), "for": row.undone_for}
    write_audit(actor=f"reader:{by.reader_id}", action="undo", subject=f"decision:{row.pk}", payload=payload, now=now,
                reader_id=row.reader_id)  # fmt: skip


def _lift(sanctions: list[Sanction], now: datetime) -> None:
    """Let the sanctions never have been, and their copies in the person's other accounts."""
    origins = {one.incident.origin for one in sanctions if one.counts}
    for one in sanctions:
        if one.state in GONE:
            continue
        if one.thread_id is not None:
            lift_bar(sanction_id=one.pk)
        _end(one, now)
    for origin in origins:
        still = Sanction.objects.filter(incident__origin=origin, counts=True, decision__isnull=False)
        if still.exists():
            continue
        for copy in Sanction.objects.filter(incident__origin=origin, counts=True):
            _end(copy, now)
    for reader_id in readers_of(one.incident.origin for one in sanctions):
        settle(reader_id=reader_id, now=now)


def _end(one: Sanction, now: datetime) -> None:
    one.state, one.ended_at, one.counts, one.ordinal = State.UNDONE, now, False, None
    one.save(update_fields=["state", "ended_at", "counts", "ordinal"])


def _refuse(
    row: DecisionRow | None, sanctions: list[Sanction], by: Actor, now: datetime, letter_came: datetime | None
) -> Refusal | None:
    what = _("Nothing was undone.")
    if row is None or row.undone_at is not None or row.erased:
        why = _("There is no such decision, it was undone before, or its reader was erased.")
        return Refusal("nothing-to-undo", what, why, _("Look at the decision again."))
    if refusal := refuse_actor(by, row.reader_id, what):
        return refusal
    if letter_came is not None and row.actor_id == by.reader_id:
        why = _("A letter is decided by somebody other than the one who decided first.")
        return Refusal("first-decider", what, why, _("Leave it to a colleague."))
    if _is_built_upon(row):
        why = _("A later decision about the comment stands upon it.")
        return Refusal("later-decision", what, why, _("Undo the later one first."))
    account = conducted(row.reader_id) if row.reader_id is not None and sanctions else None
    if refusal := refuse_bringing_back(account.closed_until if account is not None else None, now):
        return refusal
    values = [as_value(one) for one in sanctions]
    for reader_id in readers_of(one.incident.origin for one in sanctions) or [0]:
        refusal = refuse_undoing(
            values, values_of(reader_id), decided_at=row.at, contested_until=row.contested_until,
            by_letter=letter_came is not None, now=letter_came or now,
        )  # fmt: skip
        if refusal is not None:
            return refusal
    return None


def _is_built_upon(row: DecisionRow) -> bool:
    """Return whether a later decision that stands changed the comment after this one did."""
    if row.comment_id is None or not row.inverse.get("comments"):
        return False
    later = DecisionRow.objects.filter(comment_id=row.comment_id, pk__gt=row.pk, undone_at=None)
    return any(inverse.get("comments") for inverse in later.values_list("inverse", flat=True))
