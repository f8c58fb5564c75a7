"""What moderation does by the clock."""

from broadsheet.kernel import clock
from broadsheet.kernel.schedule import every
from broadsheet.moderation.actions import expire_due, purge


@every(30)
def expire() -> None:
    """End blocks whose time is over; who is blocked until a moment can post from that moment on, whatever this does."""
    expire_due.expire_due(now=clock.now())


@every(3600)
def erase() -> None:
    """Erase what was kept of erased readers for a time."""
    purge.purge(now=clock.now())
