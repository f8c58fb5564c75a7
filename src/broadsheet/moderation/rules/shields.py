"""What a shield is that ends by itself, among the rules about modes (DIS-06)."""

from broadsheet.discussion.conf import Scope
from broadsheet.discussion.queries.prospects import Rule


def is_shield(rule: Rule) -> bool:
    """Return whether the rule is what one button raises: over a discussion or an edition, and with an end."""
    plain = not rule.mode and rule.slow_seconds is None and rule.close_after_days is None and rule.week.always
    over = rule.scope in {Scope.THREAD, Scope.EDITION}
    return over and plain and not rule.unstaffed and bool(rule.shield_hours) and rule.expires_at is not None
