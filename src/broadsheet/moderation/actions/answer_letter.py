"""Answers a letter: what is granted is done in the same transaction (MOD-05, MOD-06, MOD-07)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.facts import announce
from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.actions.grant import grant
from broadsheet.moderation.actions.open_letter import TURN as LETTERS
from broadsheet.moderation.actions.settle import TURN as SANCTIONS
from broadsheet.moderation.actions.undo import undo
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.conf import CONTESTED_FOR
from broadsheet.moderation.facts import LetterAnswered
from broadsheet.moderation.models import Letter
from broadsheet.moderation.queries.actors import refuse_actor
from broadsheet.moderation.queries.letters import deciders_of
from broadsheet.moderation.queries.months import month_of
from broadsheet.moderation.queries.sanctions import is_out_for_good
from broadsheet.moderation.rules.decisions import Actor
from broadsheet.moderation.rules.letters import Asks, Standing, refuse_answering


@transaction.atomic
def answer_letter(
    *, letter_id: int, by: Actor, granted: bool, reason: str, now: datetime, as_wrong: bool = False
) -> None:
    """Answer the letter; `Refused` to whoever decided first, without a reason, and where what is granted can't be done.

    Granted, a letter about a comment reverses the decision exactly. One about an account ends the sanction before its
    time, which still counts; with `as_wrong` the decision was wrong, and is reversed, too. After the second block the
    core refuses both: the letter is then answered as refused, which says why, and a wrong block is annulled by two.
    """
    take_turn(SANCTIONS)
    take_turn(LETTERS)
    row = Letter.objects.select_for_update(of=("self",)).filter(pk=letter_id).first()
    standing = Standing(row.state, row.reader_id, deciders_of(row)) if row is not None else None
    if refusal := refuse_answering(standing, by, reason):
        raise Refused(refusal)
    assert row is not None  # noqa: S101 - refused above
    if refusal := refuse_actor(by, row.reader_id, _("The letter wasn't answered.")):
        raise Refused(refusal)
    if granted:
        _do(row, by, as_wrong, now)
    row.state, row.answered_at, row.answered_by_id, row.granted = "answered", now, by.reader_id, granted
    row.reason, row.ends_at = reason.strip(), now + CONTESTED_FOR
    row.final = not granted and row.kind != Asks.COMMENT and is_out_for_good(row.reader_id or 0)
    row.save()
    month = month_of(row.edition, row.verified_at or row.at)
    announce(
        LetterAnswered(
            letter_id=row.pk, reader_id=row.reader_id or 0, edition=row.edition, month=month, granted=granted
        )
    )  # fmt: skip
    payload = {"role": str(by.role), "granted": granted, "as_wrong": as_wrong, "final": row.final}
    write_audit(actor=f"reader:{by.reader_id}", action="answer-letter", subject=f"letter:{row.pk}", payload=payload,
                now=now, reader_id=row.reader_id)  # fmt: skip


def _do(row: Letter, by: Actor, as_wrong: bool, now: datetime) -> None:
    """Do what the letter asks for, by the actions that can."""
    if row.sanction_id is not None and row.kind != Asks.COMMENT and not as_wrong:
        grant(sanction_id=row.sanction_id, by=by, now=now)
    elif row.decision_id is not None:
        undo(decision_id=row.decision_id, by=by, now=now, letter_came=row.at)
    else:
        raise Refused(
            Refusal(
                "nothing-to-grant",
                _("The letter wasn't answered."),
                _("Nothing runs against the account that it could be about."),
                _("Tell the reader so, as a letter that isn’t granted."),
            )
        )
