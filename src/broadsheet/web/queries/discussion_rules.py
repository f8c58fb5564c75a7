"""Rules about modes, held in memory while pages are rendered: they are few, and change when the newsroom says so."""

import threading
import time

from broadsheet.discussion.queries.modes import InForce, rules_in_force
from broadsheet.web.conf import RAIL_SECONDS
from broadsheet.web.queries import rails

_lock = threading.Lock()
_held: list[tuple[float, InForce]] = []
_generation = 0


def forget_rules() -> None:
    """Ask afresh at the next page."""
    global _generation  # noqa: PLW0603 - one memory a process
    with _lock:
        _held.clear()
        _generation += 1


def mode_rules() -> InForce:
    """Return the rules about modes; asked for each page where nothing is heard of a change."""
    found = _held[:1]
    if found and time.monotonic() - found[0][0] < RAIL_SECONDS and rails.listening():
        return found[0][1]
    with _lock:
        generation = _generation
    fresh = rules_in_force()
    with _lock:
        if generation == _generation:
            _held[:] = [(time.monotonic(), fresh)]
    return fresh
