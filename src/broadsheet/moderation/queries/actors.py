"""Who may decide at all: a person of the newsroom, and never about themselves (STD-01)."""

from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal
from broadsheet.moderation.rules.decisions import Actor
from broadsheet.readers.queries.conduct import conducted


def refuse_actor(by: Actor, reader_id: int | None, what: str) -> Refusal | None:
    """Say why this person can't decide about that reader; `what` says what was not done."""
    if by.reader_id == reader_id:
        return Refusal("own-case", what, _("Nobody decides about themselves."), _("Leave it to a colleague."))
    account = conducted(by.reader_id)
    if account is None or not account.of_newsroom or not account.active:
        why = _("Only a person of the newsroom decides.")
        return Refusal("not-of-newsroom", what, why, _("Log in with an account of the newsroom."))
    return None
