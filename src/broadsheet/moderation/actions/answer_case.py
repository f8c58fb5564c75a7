"""Answers the letter of a case and closes the case, in one transaction (MOD-05)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.actions.answer_letter import answer_letter
from broadsheet.moderation.actions.close_case import close_case
from broadsheet.moderation.actions.decide_case import held_case
from broadsheet.moderation.actions.settle import TURN
from broadsheet.moderation.conf import CaseKind
from broadsheet.moderation.rules.decisions import Actor


@transaction.atomic
def answer_case(*, case_id: int, by: Actor, granted: bool, reason: str, as_wrong: bool = False, now: datetime) -> None:
    """Answer the letter that the case is about; what is granted is done. `Refused` as by `answer_letter`."""
    take_turn(TURN)
    row = held_case(case_id, by, now)
    if row.kind != CaseKind.LETTER:
        why = _("The case is about no letter.")
        raise Refused(Refusal("no-letter", _("Nothing was answered."), why, _("Look at the case again.")))
    answer_letter(letter_id=row.subject_id, by=by, granted=granted, reason=reason, as_wrong=as_wrong, now=now)
    close_case(case_id=case_id, by=by, outcome="granted" if granted else "refused", now=now)
