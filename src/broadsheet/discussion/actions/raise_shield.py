"""Holds the comments of new accounts for a while, in one discussion or more (DIS-06)."""

from datetime import datetime

from django.db import transaction

from broadsheet.discussion.actions.set_mode import put_mode_rule
from broadsheet.discussion.conf import SHIELD_HOURS
from broadsheet.discussion.models import ModeRule


@transaction.atomic
def raise_shield(*, scope: str, ref: int | None, until: datetime, hours: int = SHIELD_HOURS) -> int:
    """Let a shield hold until the moment, and return its number; one that is up there already holds longer instead."""
    up = ModeRule.objects.select_for_update().filter(
        scope=scope, ref=ref, mode="", slow_seconds=None, close_after_days=None, weekdays=[], begins=None, unstaffed=False,
        shield_hours__isnull=False, expires_at__isnull=False,
    ).first()  # fmt: skip
    if up is None:
        return put_mode_rule(scope=scope, ref=ref, shield_hours=hours, expires_at=until)
    assert up.expires_at is not None  # noqa: S101 - asked for
    return put_mode_rule(
        rule_id=up.pk, scope=scope, ref=ref, shield_hours=max(hours, up.shield_hours or 0),
        expires_at=max(until, up.expires_at), note=up.note,
    )  # fmt: skip
