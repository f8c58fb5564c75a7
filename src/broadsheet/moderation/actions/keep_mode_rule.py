"""A chief makes, changes or removes a rule about modes (DIS-06)."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.db import transaction

from broadsheet.discussion.actions.set_mode import drop_mode_rule, put_mode_rule
from broadsheet.discussion.queries.prospects import RuleView, rule_view
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.queries.rights import the_chief

PARTS = (
    "mode", "slow_seconds", "shield_hours", "close_after_days", "weekdays", "begins", "ends", "unstaffed", "expires_at",
)  # fmt: skip


@transaction.atomic
def keep_mode_rule(*, by: int, now: datetime, rule_id: int | None = None, **values: Any) -> int:
    """Make the rule, or change the one of that number, and return its number; values are those of `put_mode_rule`."""
    the_chief(by)
    number = put_mode_rule(rule_id=rule_id, **values)
    write_audit(
        actor=f"reader:{by}", action="mode-rule", subject=f"mode-rule:{number}", payload=_plain(values), now=now
    )
    return number


@transaction.atomic
def remove_mode_rule(*, by: int, rule_id: int, now: datetime) -> dict[str, Any] | None:
    """Remove the rule and return what puts it back (`put_mode_rule_back`); None where it is gone already."""
    the_chief(by)
    found = rule_view(rule_id)
    if found is None:
        return None
    drop_mode_rule(rule_id=rule_id)
    values = _plain(values_of(found))
    write_audit(
        actor=f"reader:{by}", action="mode-rule-removed", subject=f"mode-rule:{rule_id}", payload=values, now=now
    )
    return values


def put_mode_rule_back(*, by: int, removed: Mapping[str, Any], now: datetime) -> int:
    """Make the removed rule again, and return its number."""
    values = dict(removed)
    for name, read in (
        ("begins", time.fromisoformat),
        ("ends", time.fromisoformat),
        ("expires_at", datetime.fromisoformat),
    ):
        values[name] = read(values[name]) if values[name] else None
    return keep_mode_rule(by=by, now=now, **values)


def values_of(found: RuleView) -> dict[str, Any]:
    """Return the parts of the rule as `put_mode_rule` takes them."""
    values = {name: getattr(found.rule, name) for name in PARTS}
    return {**values, "scope": found.rule.scope, "ref": found.ref, "note": found.note}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as JSON can carry them."""
    return {
        name: value.isoformat()
        if isinstance(value, time | datetime)
        else list(value)
        if isinstance(value, tuple)
        else value
        for name, value in values.items()
    }
