"""SQLite with a lock taken before each transaction begins.

SQLite has one writer. Threads of one process that wait for it by polling starve each other (a p99 of seconds);
a fair lock in front of `BEGIN IMMEDIATE` lets them queue. Other processes still wait by SQLite's own timeout.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

WAIT_SECONDS = 20.0
_writer = threading.Lock()


@contextmanager
def writing_alone() -> Iterator[None]:
    """Let no other thread of this process begin to write: for what writes outside a transaction, and long."""
    _take_writer()
    try:
        yield
    finally:
        _writer.release()


def _take_writer() -> None:
    if not _writer.acquire(timeout=WAIT_SECONDS):
        raise OperationalError("Another transaction of this process did not end within 20 seconds.")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that holds the process's writer lock from `BEGIN` to `COMMIT` or `ROLLBACK`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._holds_writer = False

    def _start_transaction_under_autocommit(self) -> None:
        if not self._holds_writer:
            _take_writer()
            self._holds_writer = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._release_writer()
            raise

    def _commit(self) -> Any:
        result = super()._commit()  # type: ignore[misc]
        self._release_writer()
        return result

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._release_writer()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._release_writer()

    def _release_writer(self) -> None:
        if self._holds_writer:
            self._holds_writer = False
            _writer.release()
