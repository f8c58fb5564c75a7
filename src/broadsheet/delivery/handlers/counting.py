"""Writes views and uses of short links every few seconds, and forgets yesterday's keys."""

from django.db import close_old_connections

from broadsheet.delivery.actions.counts import forget_days, record_counts
from broadsheet.delivery.engines.counting import COUNTING
from broadsheet.kernel import clock
from broadsheet.kernel.loops import Loop
from broadsheet.kernel.schedule import every

SECONDS = 5.0


def write_counts() -> int:
    """Write what has gathered; kept for the next time where that fails."""
    batch = COUNTING.take()
    if not batch:
        return 0
    try:
        return record_counts(batch=batch)
    except Exception:
        COUNTING.give_back(batch)
        raise


class CountsWriter(Loop):
    """The loop that writes what this process has counted."""

    name = "counts"
    serving = True  # they are counted in memory

    def turn(self) -> None:
        """Write, then wait for some seconds or the end."""
        close_old_connections()
        write_counts()
        self.stopping.wait(SECONDS)
        if self.stopping.is_set():
            write_counts()


@every(1800)
def forget_yesterday() -> None:
    """Throw away the salts and keys of days that are over."""
    forget_days(today=clock.now().date())
