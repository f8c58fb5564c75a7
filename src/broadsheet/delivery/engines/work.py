"""Does the paper's work in a process that answers nobody: sending, delivering facts, periodic and queued work."""

import logging
import signal
import threading
import time
from types import FrameType

from broadsheet.delivery.engines.loops import RUNNING, work

log = logging.getLogger("broadsheet.work")
LOOK_SECONDS = 1.0
STOP_SECONDS = 15.0  # for all loops together; what is under way then is taken up by another process, or the next


def run() -> bool:
    """Work until SIGTERM or SIGINT; return whether all loops ended by themselves and in time.

    A loop that is gone ends the process, so that whoever watches over it starts a whole one.
    """
    told = threading.Event()

    def tell(_number: int, _frame: FrameType | None) -> None:
        told.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, tell)
    RUNNING[:] = work()
    for loop in RUNNING:
        loop.start()
    while not told.wait(LOOK_SECONDS):
        gone = [loop.name for loop in RUNNING if not loop.is_alive()]
        if gone:
            log.error("loops are gone: %s", ", ".join(gone))
            break
    for loop in RUNNING:
        loop.stopping.set()
    end = time.monotonic() + STOP_SECONDS
    for loop in RUNNING:
        loop.stop(max(0.0, end - time.monotonic()))
    return told.is_set() and not any(loop.is_alive() for loop in RUNNING)
