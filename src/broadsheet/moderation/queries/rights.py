"""Who may change what about discussions, asked where it is done (MOD-12)."""

from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.moderation.queries.roles import Scope, scope_of


def the_chief(reader_id: int) -> Scope:
    """Return the chief of that number, `Refused` where it is none."""
    scope = scope_of(reader_id)
    if scope is None or not scope.is_chief:
        raise Refused(Refusal("no-chief", _("Nothing was changed."), _("Only chiefs change this."), _("Ask a chief.")))
    return scope


def the_moderator(reader_id: int, edition_id: int, section_id: int | None) -> Scope:
    """Return whoever moderates there, `Refused` where that person doesn't."""
    scope = scope_of(reader_id)
    if scope is None or not scope.covers(edition_id, section_id):
        why = _("You don't moderate there.")
        raise Refused(Refusal("out-of-bounds", _("Nothing was changed."), why, _("Ask a chief.")))
    return scope
