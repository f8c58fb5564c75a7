"""Switches a version of a rulebook on at the desk: tried before, or by a chief who says why nevertheless (STD-06)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.moderation.actions.learn_head import overridden
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.queries.trials import against_switching, latest_learning
from broadsheet.newsroom.actions.draft_rulebook import update_rulebook_draft
from broadsheet.newsroom.actions.switch_rulebook import switch_on_rulebook
from broadsheet.newsroom.conf import RulebookState
from broadsheet.newsroom.queries.rulebook_versions import seal_of
from broadsheet.standards.model.learned import read, written

if TYPE_CHECKING:
    from broadsheet.newsroom.models import RulebookVersion


@transaction.atomic
def switch_on(
    *, version: "RulebookVersion", seen: str, reason: str, by_id: int, name: str, now: datetime
) -> "RulebookVersion":
    """Let the version judge from now on; `seen` is the seal of what the chief read, `reason` why against its trial.

    Who did it, what stood against it and the reason are in the audit log. `Refused` where it changed since it was read,
    or something stands against it that no reason outweighs.
    """
    if seen != seal_of(version):
        raise Refused(_refusal("rulebook-edited", _("It has changed since you read it."), _("Read it once more.")))
    said, outweighed = against_switching(version, now)
    if said is not None and not (outweighed and reason.strip()):
        raise Refused(said)
    if said is not None and said.code == "rulebook-untried-heads":
        version = _with_heads_on(version, reason.strip(), name, now)
    live = switch_on_rulebook(version=version, now=now, by_id=by_id)
    payload = {"number": live.number, "against": said.code if said is not None else "", "reason": reason.strip()}
    write_audit(
        actor=f"reader:{by_id}", action="rulebook-switched-on", subject=f"edition:{live.edition_id}", payload=payload,
        now=now, reader_id=by_id,
    )  # fmt: skip
    return live


def _with_heads_on(version: "RulebookVersion", reason: str, name: str, now: datetime) -> "RulebookVersion":
    """Return the draft with its heads switched on against what their trials said."""
    if version.state != RulebookState.DRAFT:
        raise Refused(_refusal("rulebook-sealed", _("It is sealed."), _("End its trial first.")))
    heads = dict(version.heads)
    for code, text in heads.items():
        head = read(text)
        lesson = latest_learning(version.edition_id, code)
        if head.switched_on is not None:
            continue
        if lesson is None or lesson.result.get("identity") != head.identity:
            raise Refused(
                _refusal("rulebook-untried-heads", _("A learned head was never tried."), _("Learn it again first."))
            )
        heads[code] = written(overridden(head, lesson.result, by=name, reason=reason, at=now))
    return update_rulebook_draft(draft=version, changes=version.changes, heads=heads, why=version.why)


def _refusal(code: str, why: str, remedy: str) -> Refusal:
    return Refusal(code, _("The rulebook stays as it is; the version is kept."), why, remedy)
