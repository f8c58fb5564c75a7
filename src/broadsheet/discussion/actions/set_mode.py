"""The newsroom says who may comment where, and when (DIS-06)."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.discussion.actions.open_thread import open_thread
from broadsheet.discussion.conf import Mode, Scope
from broadsheet.discussion.errors import not_changed
from broadsheet.discussion.facts import ModeRulesChanged, ThreadModeChanged
from broadsheet.discussion.models import ModeRule
from broadsheet.discussion.rules.posting import refuse_article
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import announce
from broadsheet.newsroom.queries.discussed import discussed


def set_thread_mode(
    *,
    article_id: int,
    mode: str = "",
    slow_seconds: int | None = None,
    shield_hours: int | None = None,
    closes_at: datetime | None = None,
) -> None:
    """Let this hold for the article's discussion, whatever rules say; what is left out is again as rules say."""
    _refuse_unknown(mode)
    article = discussed(article_id)
    if article is None:
        raise Refused(refuse_article())
    with transaction.atomic():
        thread = open_thread(article)
        thread.mode, thread.slow_seconds = mode, slow_seconds
        thread.shield_hours, thread.closes_at = shield_hours, closes_at
        thread.save(update_fields=["mode", "slow_seconds", "shield_hours", "closes_at"])
        announce(ThreadModeChanged(thread_id=thread.pk, edition_id=thread.edition_id))


def put_mode_rule(  # noqa: PLR0913 - the parts of a rule
    *,
    rule_id: int | None = None,
    scope: str,
    ref: int | None = None,
    mode: str = "",
    slow_seconds: int | None = None,
    shield_hours: int | None = None,
    close_after_days: int | None = None,
    weekdays: Sequence[int] = (),
    begins: time | None = None,
    ends: time | None = None,
    unstaffed: bool = False,
    expires_at: datetime | None = None,
    note: str = "",
) -> int:
    """Make a rule, or change the one with that number where it is there, and return its number; `Refused` where it makes no sense."""
    _refuse_unknown(mode)
    if scope not in Scope.values or (scope == Scope.SITE) != (ref is None):
        raise Refused(
            not_changed("rule-about-nothing", _("What the rule is about isn't there."), _("Choose what it is about."))
        )
    if (begins is None) != (ends is None) or not set(weekdays) <= set(range(7)):
        raise Refused(not_changed("half-a-schedule", _("The schedule isn't whole."), _("Give both times, or neither.")))
    if not mode and slow_seconds is None and shield_hours is None and close_after_days is None:
        raise Refused(
            not_changed("rule-says-nothing", _("The rule says nothing."), _("Choose a mode, or fill in a number."))
        )
    values: dict[str, Any] = {
        "scope": scope, "ref": ref, "mode": mode, "slow_seconds": slow_seconds, "shield_hours": shield_hours,
        "close_after_days": close_after_days, "weekdays": sorted(set(weekdays)), "begins": begins, "ends": ends,
        "unstaffed": unstaffed, "expires_at": expires_at, "note": note[:200],
    }  # fmt: skip
    with transaction.atomic():
        before = ModeRule.objects.select_for_update().filter(pk=rule_id).first() if rule_id is not None else None
        if before is None:
            rule = ModeRule.objects.create(**values)
        else:
            rule, _made = ModeRule.objects.update_or_create(pk=before.pk, defaults=values)
            if (before.scope, before.ref) != (scope, ref):  # it no longer reaches where it did
                announce(ModeRulesChanged(scope=before.scope, ref=before.ref))
        announce(ModeRulesChanged(scope=scope, ref=ref))
    return int(rule.pk)


def drop_mode_rule(*, rule_id: int) -> None:
    """Remove the rule; nothing changes where it isn't there."""
    with transaction.atomic():
        rule = ModeRule.objects.select_for_update().filter(pk=rule_id).first()
        if rule is not None:
            rule.delete()
            announce(ModeRulesChanged(scope=rule.scope, ref=rule.ref))


def _refuse_unknown(mode: str) -> None:
    if mode and mode not in Mode.values:
        raise Refused(not_changed("no-such-mode", _("There is no such mode."), _("Choose one of those offered.")))
