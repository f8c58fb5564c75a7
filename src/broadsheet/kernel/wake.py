"""A bell between threads of one process: rung after a commit, heard by its background loops."""

import threading

_condition = threading.Condition()
_rings = 0


def ring() -> None:
    """Wake every loop of this process that waits; others find the work by polling."""
    global _rings  # noqa: PLW0603 - one bell a process
    with _condition:
        _rings += 1
        _condition.notify_all()


def wait(seconds: float, heard: int = -1) -> int:
    """Sleep until the bell rings (or rang since `heard`) or the time is over; return the count of rings."""
    with _condition:
        if heard < 0 or heard == _rings:
            _condition.wait(seconds)
        return _rings
