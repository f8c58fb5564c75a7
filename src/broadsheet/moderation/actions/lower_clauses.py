"""Lowers clauses that are overturned too often from holding to flagging, until a chief has looked (MOD-10)."""

from datetime import datetime

from django.db import transaction

from broadsheet.kernel.facts import announce
from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.conf import LOWERED_BY
from broadsheet.moderation.facts import ClauseLookedAt, ClauseLowered
from broadsheet.moderation.models import Lowering
from broadsheet.moderation.queries.quality import Overturned, overturned_by_clause
from broadsheet.newsroom.actions.lower_clause import lower_clause, raise_clause
from broadsheet.newsroom.queries.editions import EditionView, editions
from broadsheet.newsroom.queries.rulebooks import rulebook_now
from broadsheet.standards.learning.trial import holds
from broadsheet.standards.rulebook import Priority


def lower_overturned(*, now: datetime) -> int:
    """Lower in each edition the clauses whose decisions of the last month were overturned too often; return how many.

    What was decided before a chief last looked counts no more, so that another twenty decisions are needed.
    """
    return sum(_lower_in(edition, now) for edition in editions())


@transaction.atomic
def look_at_lowered(*, lowering_id: int, by_id: int, now: datetime) -> bool:
    """Let the clause do again what its rulebook says, since a chief has looked; return whether it was lowered."""
    take_turn("lowering")
    row = Lowering.objects.select_for_update(of=("self",)).filter(pk=lowering_id, looked_at=None).first()
    if row is None:
        return False
    row.looked_at, row.looked_by_id = now, by_id
    row.save(update_fields=["looked_at", "looked_by"])
    raise_clause(edition_id=row.edition_id, code=row.clause, now=now)
    edition = next((one.code for one in editions() if one.id == row.edition_id), "")
    announce(ClauseLookedAt(lowering_id=row.pk, edition=edition, clause=row.clause))
    write_audit(
        actor=f"reader:{by_id}", action="clause-looked-at", subject=f"edition:{row.edition_id}",
        payload={"clause": row.clause}, now=now, reader_id=by_id,
    )  # fmt: skip
    return True


def _lower_in(edition: EditionView, now: datetime) -> int:
    since = now - LOWERED_BY
    often = [one.name for one in overturned_by_clause(edition.code, since, now) if one.is_too_often]
    return sum(_lower(edition, code, now) for code in often)


@transaction.atomic
def _lower(edition: EditionView, code: str, now: datetime) -> int:
    take_turn("lowering")
    kept = rulebook_now(edition.id)
    rows = Lowering.objects.filter(edition_id=edition.id, clause=code)
    if not holds(kept.judged, code) or rows.filter(looked_at=None).exists():
        return 0
    looked = rows.order_by("-looked_at").values_list("looked_at", flat=True).first()
    since = max(now - LOWERED_BY, looked) if looked else now - LOWERED_BY
    found = _of(code, overturned_by_clause(edition.code, since, now))
    if found is None or not found.is_too_often:
        return 0
    urgent = kept.rulebook.clauses[code].priority == Priority.TOP
    row = Lowering.objects.create(
        edition_id=edition.id, clause=code, since=now, decisions=found.decisions, overturned=found.overturned,
        holds=urgent,
    )  # fmt: skip
    if not urgent:
        lower_clause(edition_id=edition.id, code=code, now=now)
    announce(
        ClauseLowered(
            lowering_id=row.pk, edition=edition.code, clause=code, decisions=found.decisions,
            overturned=found.overturned, holds=urgent,
        )
    )  # fmt: skip
    return 1


def _of(code: str, rows: list[Overturned]) -> Overturned | None:
    return next((one for one in rows if one.name == code), None)
