"""Forgets old messages and notices once an hour."""

from broadsheet.kernel.schedule import every
from broadsheet.notifications.actions.prune import prune


@every(3600)
def forget_old() -> int:
    """Remove what its time is over for."""
    return prune()
