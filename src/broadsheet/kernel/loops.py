"""Background loops of one process: started together, stopped together, never dying of one failure."""

import logging
import threading
import time
from abc import ABC, abstractmethod

from django.db import connections

log = logging.getLogger("broadsheet.loops")


class Loop(threading.Thread, ABC):
    """A thread that takes turns until it is told to stop; a turn that raises is logged and followed by a pause."""

    name = "loop"
    serving = False  # whether each process that answers readers needs its own; else it is work that any process can do
    pause_after_failure = 1.0

    def __init__(self) -> None:
        super().__init__(name=type(self).name, daemon=True)
        self.stopping = threading.Event()
        self.heard = -1

    @abstractmethod
    def turn(self) -> None:
        """Do the work that is there, and wait for more for at most a second or so."""

    def run(self) -> None:
        """Take turns until stopped."""
        while not self.stopping.is_set():
            try:
                self.turn()
            except Exception as error:
                log.warning("%s: a turn failed: %s", self.name, type(error).__name__, exc_info=error)
                self._forget_connections()
                time.sleep(self.pause_after_failure)
        self._forget_connections()

    def stop(self, seconds: float = 5.0) -> None:
        """Ask the loop to end and wait for it for at most `seconds`."""
        self.stopping.set()
        if self.is_alive() and threading.current_thread() is not self:
            self.join(seconds)

    @staticmethod
    def _forget_connections() -> None:
        for connection in connections.all(initialized_only=True):
            connection.close()


further: list[type[Loop]] = []  # loops that domains add while apps load
