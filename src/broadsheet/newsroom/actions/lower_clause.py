"""Lets a clause flag in an edition where its rulebook lets it hold, and hold again (MOD-10)."""

from datetime import datetime

from django.db import transaction

from broadsheet.kernel.facts import announce
from broadsheet.newsroom.conf import RulebookState
from broadsheet.newsroom.facts import RulebookChanged
from broadsheet.newsroom.models import LoweredClause
from broadsheet.newsroom.queries.rulebooks import forget_rulebooks, live_version


@transaction.atomic
def lower_clause(*, edition_id: int, code: str, now: datetime) -> bool:
    """Let the clause flag in the edition from now on, in every process; return whether it didn't before."""
    _row, made = LoweredClause.objects.get_or_create(edition_id=edition_id, code=code, defaults={"since": now})
    if made:
        _tell(edition_id, now)
    return made


@transaction.atomic
def raise_clause(*, edition_id: int, code: str, now: datetime) -> bool:
    """Let the clause do again what the rulebook says; return whether it was lowered."""
    gone, _by_kind = LoweredClause.objects.filter(edition_id=edition_id, code=code).delete()
    if gone:
        _tell(edition_id, now)
    return bool(gone)


def _tell(edition_id: int, now: datetime) -> None:
    live = live_version(edition_id)
    number = live.number if live is not None else 0
    announce(RulebookChanged(edition_id=edition_id, number=number, state=RulebookState.LIVE.value, at=now))
    transaction.on_commit(forget_rulebooks, robust=True)  # in this process before any tailer starts
