"""Somebody who moderates holds the comments of new accounts for a while, and lets go of it (DIS-06)."""

from datetime import datetime

from django.db import transaction

from broadsheet.discussion.actions.raise_shield import raise_shield as raise_it
from broadsheet.discussion.actions.set_mode import drop_mode_rule
from broadsheet.discussion.conf import SHIELD_FOR, Scope
from broadsheet.discussion.errors import no_discussion
from broadsheet.discussion.queries.prospects import rule_view
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.queries.rights import the_moderator
from broadsheet.moderation.rules.shields import is_shield
from broadsheet.newsroom.queries.discussed import discussed


@transaction.atomic
def shield(*, by: int, now: datetime, article_id: int | None = None, edition_id: int | None = None) -> datetime:
    """Raise the shield over the discussion, or over the whole edition, and return when it ends by itself."""
    scope, ref = _where(by, article_id, edition_id)
    until = now + SHIELD_FOR
    number = raise_it(scope=scope, ref=ref, until=until)
    _note(by, "shield", number, {"scope": scope, "ref": ref, "until": until.isoformat()}, now)
    return until


@transaction.atomic
def lift_shield(*, by: int, rule_id: int, now: datetime) -> None:
    """Let the shield end now; nothing changes where it has ended already. `Refused` out of bounds."""
    found = rule_view(rule_id)
    if found is None or not is_shield(found.rule):
        return
    if found.rule.scope == Scope.THREAD:
        _where(by, found.ref, None)
    else:
        _where(by, None, found.ref)
    drop_mode_rule(rule_id=rule_id)
    _note(by, "shield-lifted", rule_id, {"scope": found.rule.scope, "ref": found.ref}, now)


def _where(by: int, article_id: int | None, edition_id: int | None) -> tuple[str, int | None]:
    if article_id is None:
        the_moderator(by, edition_id or 0, None)
        return Scope.EDITION, edition_id
    article = discussed(article_id)
    if article is None:
        raise no_discussion()
    the_moderator(by, article.edition_id, article.section_id)
    return Scope.THREAD, article_id


def _note(by: int, action: str, number: int, payload: dict[str, object], now: datetime) -> None:
    write_audit(actor=f"reader:{by}", action=action, subject=f"mode-rule:{number}", payload=payload, now=now)
