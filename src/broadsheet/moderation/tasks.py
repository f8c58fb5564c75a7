"""What moderation does by the clock."""

from broadsheet.kernel import clock
from broadsheet.kernel.schedule import every
from broadsheet.moderation.actions import expire_due, fetch_letters, purge, purge_letters


@every(30)
def expire() -> None:
    """End blocks whose time is over; who is blocked until a moment can post from that moment on, whatever this does."""
    expire_due.expire_due(now=clock.now())


@every(3600)
def erase() -> None:
    """Erase what was kept of erased readers for a time, and letters whose time is over."""
    purge.purge(now=clock.now())
    purge_letters.purge_letters(now=clock.now())


@every(60)
def fetch() -> None:
    """Take the letters that came by mail."""
    fetch_letters.fetch_letters(now=clock.now())
