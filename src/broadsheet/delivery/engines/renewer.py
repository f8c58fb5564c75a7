"""Renders pages again behind the readers' backs: fronts and sections that changed, and pages grown old."""

import logging
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections

from broadsheet.delivery.engines.page_index import PageRow
from broadsheet.delivery.engines.pagestore import REFRESH, Faults, PageStore
from broadsheet.kernel.loops import Loop

log = logging.getLogger("broadsheet.renewer")
DEADLINE_SECONDS = 0.45  # a changed page not renewed by then is removed, and its next reader waits for it
GRACE_SECONDS = 30.0  # an aged page that nobody asked for is removed instead of renewed
Render = Callable[[str, int], int]


def environ_for(path: str, number: int) -> dict[str, Any]:
    """Return the request of a renewal: nobody's, for the page as of this fact."""
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": settings.SITE_HOST,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": settings.PUBLIC_URL.partition("://")[2],
        "REMOTE_ADDR": "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": settings.PUBLIC_URL.partition("://")[0],
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        REFRESH: str(number),
    }


class Rendering:
    """Renders one page through the whole of Django."""

    def __init__(self) -> None:
        self._handler: WSGIHandler | None = None
        self._lock = threading.Lock()

    def __call__(self, path: str, number: int) -> int:
        """Render the page, storing it; return the status."""
        with self._lock:
            handler = self._handler = self._handler or WSGIHandler()
        status: list[str] = []

        def begin(line: str, _headers: list[tuple[str, str]], _error: Any = None, /) -> Callable[[bytes], object]:
            status.append(line)
            return lambda _data: None

        result = handler(environ_for(path, number), begin)
        try:
            for _chunk in result:
                pass
        finally:
            result.close()
        return int(status[0].split()[0]) if status else 500


class Renewer(Loop):
    """Renews what it is told to, a few pages at a time, and removes what couldn't be renewed in time.

    A page read much is asked for by every waiting reader in the moment it is missing; renewed in place it never is.
    """

    name = "renewer"

    def __init__(self, store: PageStore, *, threads: int = 2, render: Render | None = None) -> None:
        super().__init__()
        self.store = store
        self.render = render or Rendering()
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="renew")
        self._lock = threading.Lock()
        self._waiting: dict[str, int] = {}  # path → fact as of which it is wanted, not begun yet
        self._due: dict[str, float] = {}  # path → when it is removed, unless renewed

    def ask(self, path: str, number: int = 0) -> None:
        """Let the page be renewed soon, as of at least this fact."""
        with self._lock:
            begins = self._await(path, number)
        if begins:
            self._submit(path)

    def changed(self, rows: list[PageRow], number: int) -> None:
        """Let these pages be renewed as of this fact, or removed within the deadline."""
        due = time.monotonic() + DEADLINE_SECONDS
        paths = sorted((row.path for row in rows), key=lambda path: path.count("/"))  # fronts, sections, then articles
        with self._lock:  # at once: none is overdue before it waits
            for path in paths:
                self._due.setdefault(path, due)
            begin = [path for path in paths if self._await(path, number)]
        for path in begin:
            self._submit(path)

    def _await(self, path: str, number: int) -> bool:
        """Let the page wait to be renewed as of at least this fact; return whether it did not wait before."""
        waits = path in self._waiting
        self._waiting[path] = max(number, self._waiting.get(path, 0))
        return not waits

    def _submit(self, path: str) -> None:
        try:
            self.pool.submit(self._renew, path)
        except RuntimeError:  # the process is ending
            return

    def _renew(self, path: str) -> None:
        with self._lock:
            number = self._waiting.pop(path, None)
        if number is None:  # overdue, and removed
            return
        try:
            status = self.render(path, number)
            if status not in {200, 204} or not self._is_stored(path, number):
                self.store.remove(path)
        except Exception as error:
            log.warning("a page was not renewed: %s", type(error).__name__, exc_info=error)
            self.store.remove(path)
        finally:
            close_old_connections()
        with self._lock:
            if path not in self._waiting:
                self._due.pop(path, None)

    def _is_stored(self, path: str, number: int) -> bool:
        """Return whether the page in place is as of this fact; it isn't where the disk is full, say."""
        row = self.store.index.page(path)
        return number == 0 or (row is not None and row.number >= number)

    def turn(self) -> None:
        """Remove what is overdue; every few seconds also what has grown too old."""
        now = time.monotonic()
        with self._lock:
            late = [path for path, until in self._due.items() if until <= now]
            for path in late:
                self._due.pop(path)
                self._waiting.pop(path, None)  # its next reader renders it; a thousand pages changed at once are not
        for path in late:
            self.store.remove(path)
        self._sweep()
        self.stopping.wait(0.05)

    _swept_at = 0.0

    def _sweep(self) -> None:
        if time.monotonic() - self._swept_at < 2:
            return
        self._swept_at = time.monotonic()
        try:
            for path in self.store.index.expired(time.time() - GRACE_SECONDS):
                row = self.store.index.page(path)
                if row is not None and row.keep:
                    self.ask(path)
                else:
                    self.store.remove(path)
        except Faults as error:
            self.store.index.forget_connection()
            self.store.tell("aged pages were not removed", error)

    def stop(self, seconds: float = 5.0) -> None:
        """End after the pages being renewed now."""
        super().stop(seconds)
        self.pool.shutdown(wait=True, cancel_futures=True)
