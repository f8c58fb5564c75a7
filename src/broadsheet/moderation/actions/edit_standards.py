"""Stores what a chief changed in the draft of an edition's rulebook (STD-06)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.newsroom.actions.draft_rulebook import update_rulebook_draft
from broadsheet.newsroom.conf import RulebookState
from broadsheet.newsroom.queries.rulebook_versions import least_changes, rulebook_in, seal_of
from broadsheet.standards.rulebook import RulebookError


@transaction.atomic
def edit_standards(
    *, edition_id: int, seen: str, tables: dict[str, dict[str, Any]] | None = None, why: str | None = None,
    without_head: str = "",
) -> None:  # fmt: skip
    """Let the draft's files be these, of which only the differences from the shipped ones are stored; and its reason.

    `seen` is the seal of the draft that the form was made from: what somebody else changed meanwhile is not lost.
    `Refused` with file and field where the files make no rulebook. Heads of clauses that are gone go, too.
    """
    draft = rulebook_in(edition_id, RulebookState.DRAFT)
    if draft is None or seal_of(draft) != seen:
        raise Refused(
            Refusal(
                "rulebook-edited", _("The draft was not stored."), _("Somebody else changed it meanwhile."),
                _("Look at it as it is now, and make your change again."),
            )
        )  # fmt: skip
    changes, heads = draft.changes, dict(draft.heads)
    if tables is not None:
        try:
            changes = least_changes(tables)
        except RulebookError as error:
            what = _("The rulebook can't be read; nothing was changed.")
            raise Refused(Refusal("bad-rulebook", what, str(error), _("Mend this."))) from error
        heads = {code: text for code, text in heads.items() if f"clauses/{code}.toml" in tables}
    heads.pop(without_head, None)
    update_rulebook_draft(draft=draft, changes=changes, heads=heads, why=draft.why if why is None else why)
