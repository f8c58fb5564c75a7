"""What moderation does by the clock."""

from broadsheet.kernel import clock
from broadsheet.kernel.schedule import every
from broadsheet.moderation.actions import (
    decide_many,
    expire_due,
    fetch_letters,
    keep_roster,
    lower_clauses,
    place_cases,
    purge,
    purge_letters,
)


@every(30)
def expire() -> None:
    """End blocks whose time is over; who is blocked until a moment can post from that moment on, whatever this does."""
    expire_due.expire_due(now=clock.now())


@every(5)
def carry_on() -> None:
    """Go on with what was ordered of many comments at once, also where the process that began it is gone."""
    decide_many.carry_on_all(now=clock.now())


@every(300)
def place() -> None:
    """Let cases of threads that have become lively or quiet have the place that they now deserve."""
    place_cases.place_cases(now=clock.now())


@every(60)
def look_at_roster() -> None:
    """Let rules that hold while nobody is on duty heed who still moderates, and by which clock editions go."""
    keep_roster.keep_roster()


@every(3600)
def erase() -> None:
    """Erase what was kept of erased readers for a time, and letters whose time is over."""
    purge.purge(now=clock.now())
    purge_letters.purge_letters(now=clock.now())


@every(60)
def fetch() -> None:
    """Take the letters that came by mail."""
    fetch_letters.fetch_letters(now=clock.now())


@every(600)
def lower() -> None:
    """Let clauses that are overturned too often flag where they would hold, until a chief has looked."""
    lower_clauses.lower_overturned(now=clock.now())
