"""Tells chiefs that a clause was overturned too often (MOD-10)."""

from django.db import transaction

from broadsheet.moderation.facts import ClauseLowered
from broadsheet.moderation.queries.grounds import title_of
from broadsheet.moderation.queries.roles import everybody
from broadsheet.newsroom.queries.editions import edition_by_code
from broadsheet.notifications.actions.ring import ring


@transaction.atomic
def tell_chiefs(*, told: ClauseLowered) -> int:
    """Ring the bell of every chief, each once; return whose bell it was new to."""
    edition = edition_by_code(told.edition)
    if edition is None:
        return 0
    values = {
        "clause": title_of(edition.id, told.clause, edition.language), "edition": edition.name,
        "decisions": told.decisions, "overturned": told.overturned, "holds": told.holds,
    }  # fmt: skip
    key = f"clause-lowered:{told.lowering_id}"
    chiefs = [one.scope.reader_id for one in everybody() if one.scope.is_chief]
    return sum(
        ring(reader_id=number, kind="clause_lowered", key=key, values=values, path="/editor/moderation/standards/")
        for number in chiefs
    )
