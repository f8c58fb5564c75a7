"""Tells chiefs of clauses that were lowered (MOD-10)."""

from broadsheet.kernel.facts import handles
from broadsheet.moderation.facts import ClauseLowered
from broadsheet.notifications.actions.tell_of_clause import tell_chiefs


@handles(ClauseLowered)
def tell_of_a_clause(happened: ClauseLowered) -> None:
    """Ring the chiefs' bells."""
    tell_chiefs(told=happened)
