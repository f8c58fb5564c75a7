"""Two persons find a sanction wrong: it never was, and counts no more (MOD-06)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.facts import announce
from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.actions.settle import TURN, settle
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.facts import AnnulmentAsked, SanctionAnnulled
from broadsheet.moderation.models import Annulment, Sanction
from broadsheet.moderation.queries.actors import refuse_actor
from broadsheet.moderation.queries.months import month_of
from broadsheet.moderation.queries.sanctions import as_value
from broadsheet.moderation.rules.decisions import Actor, Role
from broadsheet.moderation.rules.sanctions import State, refuse_annulling, refuse_confirming


@transaction.atomic
def ask_annulment(*, sanction_id: int, by: Actor, reason: str, now: datetime) -> int:
    """Say that the sanction is wrong, and why; return the annulment, which somebody else has to confirm.

    `Refused` where it doesn't count, where no reason is given, and where it was asked before.
    """
    take_turn(TURN)
    sanction = Sanction.objects.filter(pk=sanction_id).first()
    what = _("Nothing was annulled.")
    if sanction is None:
        raise Refused(_gone())
    if refusal := refuse_annulling(as_value(sanction)) or refuse_actor(by, sanction.reader_id, what):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused(
            Refusal("no-reason", what, _("An annulment needs a reason."), _("Say why the sanction was wrong."))
        )
    if Annulment.objects.filter(sanction=sanction, confirmed_at=None).exists():
        why = _("It was asked before, and waits for a second person.")
        raise Refused(Refusal("annulment-asked", what, why, _("Confirm that one.")))
    asked = Annulment.objects.create(
        sanction=sanction, reason=reason.strip(), asked_by=by.reader_id, asked_role=by.role, asked_at=now
    )
    announce(AnnulmentAsked(annulment_id=asked.pk, sanction_id=sanction.pk, reader_id=sanction.reader_id))
    _log("ask-annulment", asked, by, now)
    number: int = asked.pk
    return number


@transaction.atomic
def confirm_annulment(*, annulment_id: int, by: Actor, now: datetime) -> None:
    """Annul what counts for the incident, in all accounts of the person: blocks and deletions, the second ones included.

    `Refused` to whoever asked, and where neither of the two is a chief.
    """
    take_turn(TURN)
    asked = Annulment.objects.select_related("sanction__incident").filter(pk=annulment_id, confirmed_at=None).first()
    if asked is None:
        raise Refused(_gone())
    sanction = asked.sanction
    first = Actor(asked.asked_by, Role(asked.asked_role))
    if refusal := (
        refuse_annulling(as_value(sanction))
        or refuse_actor(by, sanction.reader_id, _("Nothing was annulled."))
        or refuse_confirming(first, by)
    ):
        raise Refused(refusal)
    asked.confirmed_by, asked.confirmed_at = by.reader_id, now
    asked.save(update_fields=["confirmed_by", "confirmed_at"])
    rows = list(
        Sanction.objects.filter(incident__origin=sanction.incident.origin, counts=True)
        .select_related("decision")
        .order_by("pk")
    )
    edition = next((row.decision.edition for row in rows if row.decision is not None), "")
    month = month_of(edition, now) if edition else ""
    for row in rows:
        row.state, row.ended_at, row.counts, row.ordinal, row.final = State.ANNULLED, now, False, None, False
        row.annulled_by_first, row.annulled_by_second = asked.asked_by, by.reader_id
        row.save()
        announce(SanctionAnnulled(sanction_id=row.pk, reader_id=row.reader_id, edition=edition, month=month))
    for reader_id in sorted({row.reader_id for row in rows}):
        settle(reader_id=reader_id, now=now)
    _log("annul", asked, by, now)


def _log(action: str, asked: Annulment, by: Actor, now: datetime) -> None:
    payload = {"role": str(by.role), "reason": asked.reason, "annulment": asked.pk}
    write_audit(actor=f"reader:{by.reader_id}", action=action, subject=f"sanction:{asked.sanction_id}", payload=payload,
                now=now, reader_id=asked.sanction.reader_id)  # fmt: skip


def _gone() -> Refusal:
    why = _("There is no such sanction or annulment, or it was annulled already.")
    return Refusal("nothing-to-annul", _("Nothing was annulled."), why, _("Look at the reader's sanctions."))
