"""Periodic work: each task is run by one process at a time, at most once per interval, somewhere."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import close_old_connections

from broadsheet.kernel import clock
from broadsheet.kernel.loops import Loop
from broadsheet.kernel.models import Heartbeat

log = logging.getLogger("broadsheet.schedule")

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Periodic:
    """A function that is due again `seconds` after it last began."""

    name: str
    seconds: float
    run: Callable[[], object]


_periodic: dict[str, Periodic] = {}


def every(seconds: float) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Run the decorated function every so many seconds, in one process of the installation."""

    def register(function: Callable[[], object]) -> Callable[[], object]:
        name = f"{function.__module__}.{function.__qualname__}"
        _periodic[name] = Periodic(name, seconds, function)
        return function

    return register


def registered() -> tuple[Periodic, ...]:
    """Return all periodic work."""
    return tuple(_periodic.values())


def claim(task: Periodic) -> bool:
    """Return whether this process may run the task now; no other will for its interval.

    The update's own condition decides: of many who ask at once, the database lets one change the row.
    """
    now = clock.now()
    name = f"every:{task.name}"[:100]
    due = now - timedelta(seconds=task.seconds)
    Heartbeat.objects.get_or_create(name=name, defaults={"at": NEVER})
    return Heartbeat.objects.filter(name=name, at__lte=due).update(at=now) == 1


class Scheduler(Loop):
    """The loop that runs periodic work when it is due."""

    name = "scheduler"

    def __init__(self) -> None:
        super().__init__()
        self.next_at: dict[str, float] = {}

    def turn(self) -> None:
        """Run what is due, then sleep for half a second."""
        close_old_connections()
        for task in registered():
            if time.monotonic() < self.next_at.get(task.name, 0):
                continue
            self.next_at[task.name] = time.monotonic() + task.seconds
            if claim(task):
                try:
                    task.run()
                except Exception as error:
                    log.warning("%s failed: %s", task.name, type(error).__name__, exc_info=error)
        self.stopping.wait(0.5)
