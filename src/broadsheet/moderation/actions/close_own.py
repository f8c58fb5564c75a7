"""Closes a case in which nothing is to be done (MOD-01)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.actions.close_case import close_case
from broadsheet.moderation.actions.decide_case import held_case
from broadsheet.moderation.actions.settle import TURN
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.conf import CaseKind
from broadsheet.moderation.rules.decisions import Actor


@transaction.atomic
def close_own(*, case_id: int, by: Actor, now: datetime) -> None:
    """Let a case about an account, or one that a moderator opened, be closed without a decision.

    `Refused` for all others: a comment that is held or was reported is approved or not, and a letter is answered.
    """
    take_turn(TURN)
    row = held_case(case_id, by, now)
    if row.kind not in {CaseKind.ACCOUNT, CaseKind.ASK}:
        why = _("Somebody waits for a decision.")
        raise Refused(Refusal("decision-due", _("Nothing was decided."), why, _("Approve it, or decide otherwise.")))
    close_case(case_id=case_id, by=by, outcome="nothing", now=now)
    write_audit(
        actor=f"reader:{by.reader_id}", action="close", subject=f"case:{case_id}", payload={"role": str(by.role)},
        now=now, reader_id=row.reader_id,
    )  # fmt: skip
