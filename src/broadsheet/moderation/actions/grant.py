"""Restores a reader by a granted letter (MOD-06)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.discussion.actions.bar_reader import lift_bar
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.facts import announce
from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.actions.settle import TURN, settle
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.facts import SanctionRestored
from broadsheet.moderation.models import Sanction
from broadsheet.moderation.queries.actors import refuse_actor
from broadsheet.moderation.queries.sanctions import as_value, values_of
from broadsheet.moderation.rules.decisions import Actor
from broadsheet.moderation.rules.sanctions import State, refuse_bringing_back, refuse_restoring
from broadsheet.readers.queries.conduct import conducted


@transaction.atomic
def grant(*, sanction_id: int, by: Actor, now: datetime) -> None:
    """End the sanction before its time: the reader takes part again, and it still counts.

    `Refused` where it doesn't run, where a second one counts, and to whoever decided first (MOD-05). Copies of it in
    the person's other accounts end with it.
    """
    take_turn(TURN)
    sanction = Sanction.objects.select_related("incident").filter(pk=sanction_id).first()
    if sanction is None:
        what, why = _("Nothing was restored."), _("There is no such sanction.")
        raise Refused(Refusal("nothing-to-restore", what, why, _("Look at the reader's sanctions.")))
    if refusal := refuse_actor(by, sanction.reader_id, _("Nothing was restored.")):
        raise Refused(refusal)
    family = Sanction.objects.filter(incident__origin=sanction.incident.origin)
    if family.filter(decision__actor_id=by.reader_id).exists():
        why = _("A letter is decided by somebody other than the one who decided first.")
        raise Refused(Refusal("first-decider", _("Nothing was restored."), why, _("Leave it to a colleague.")))
    account = conducted(sanction.reader_id)
    if refusal := refuse_bringing_back(account.closed_until if account is not None else None, now):
        raise Refused(refusal)
    if refusal := refuse_restoring(as_value(sanction), values_of(sanction.reader_id), now):
        raise Refused(refusal)
    _restore(sanction, now)
    copies = family.filter(thread_id=None).exclude(incident=sanction.incident)
    for copy in copies if sanction.thread_id is None else ():
        if not refuse_restoring(as_value(copy), values_of(copy.reader_id), now):
            _restore(copy, now)
    payload = {"role": str(by.role), "kind": sanction.kind}
    write_audit(actor=f"reader:{by.reader_id}", action="grant", subject=f"sanction:{sanction.pk}", payload=payload,
                now=now, reader_id=sanction.reader_id)  # fmt: skip


def _restore(sanction: Sanction, now: datetime) -> None:
    sanction.state, sanction.ended_at = State.RESTORED, now
    sanction.save(update_fields=["state", "ended_at"])
    if sanction.thread_id is not None:
        lift_bar(sanction_id=sanction.pk)
    announce(SanctionRestored(sanction_id=sanction.pk, reader_id=sanction.reader_id))
    settle(reader_id=sanction.reader_id, now=now)
