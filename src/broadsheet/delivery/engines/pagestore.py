"""The page store: a public page is rendered once, kept as a file and served as it is until a fact changes it.

A rendering notes how things stood when it began. When it ends, it names its keys in the index and then, under the
store's write lock, puts the file in place unless one of its keys was purged meanwhile. A purge takes the same
lock. So either the purge finds the page, or the page finds the purge; no page made of old data stays.
"""

import logging
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.template.response import SimpleTemplateResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from broadsheet.delivery.engines.build import build_digest
from broadsheet.delivery.engines.dependencies import collecting
from broadsheet.delivery.engines.flight import single_flight
from broadsheet.delivery.engines.headers import ALWAYS_ASK, etag, public_headers, stored_headers
from broadsheet.delivery.engines.page_files import PageFiles
from broadsheet.delivery.engines.page_index import (
    OWED,
    PageIndex,
    PageRow,
    Start,
    forget_page,
    log_purge,
    owe_renewal,
    pages_naming,
    purged_since,
    settle,
)
from broadsheet.delivery.rules.calm import is_calm
from broadsheet.delivery.rules.stored_paths import content_type, only_tracking, stored_file
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.tailer import latest_number

log = logging.getLogger("broadsheet.pagestore")
FLIGHT_SECONDS = 5.0
REFRESH = "broadsheet.refresh"  # in a renewal's request: the fact as of which the page must be
EMPTY_INSTEAD = 5000  # so many pages stale at once: throwing all away is quicker
View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Faults = (OSError, sqlite3.Error)


class PageStore:
    """The pages of this machine. Pages are only kept where somebody in this process purges (`purging`)."""

    def __init__(self, folder: Path, build: str | None = None) -> None:
        self.files = PageFiles(folder)
        self.index = PageIndex(folder / "state" / "index.sqlite3")
        self.build = build or build_digest()
        self.purging = False
        self.trusted = True  # false where a purge failed: then nobody is served from here
        self.position: Callable[[], int] = latest_number
        self._told_at = -1e9

    def open(self, *, lost: bool = False) -> bool:
        """Let the store be ready, emptied where it is of another build or `lost`; say whether it was."""
        self.files.make_folders()
        self.files.sweep()
        if not lost and self.index.state("build") == self.build:
            return False
        self.empty()
        return True

    def empty(self) -> None:
        """Let nothing be stored, and nothing that is being rendered now be stored either."""
        with self.index.writing() as connection:
            self.files.empty()
            connection.execute("DELETE FROM page")
            connection.execute("DELETE FROM page_key")
            values = [("epoch", secrets.token_hex(8)), ("build", self.build)]
            connection.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", values)
        self.trusted = True
        self.files.sweep()

    def purge(self, keys: Iterable[str]) -> list[PageRow]:
        """Let no page naming one of the keys be served; those renewed in place are returned instead."""
        keys = list(keys)
        try:
            if not self.trusted:
                self.empty()
            return self._purge(keys)
        except Faults as error:
            self.tell("a purge failed", error)
            self.trusted = False
        self.index.forget_connection()
        self.files.empty()  # renaming needs no space; where even this fails, nobody is served from the store
        self.trusted = True
        return []

    def _purge(self, keys: list[str]) -> list[PageRow]:
        with self.index.writing() as connection:
            log_purge(connection, keys)
            found = pages_naming(connection, keys)
            if len(found) <= EMPTY_INSTEAD:
                for row in found:
                    if row.keep:
                        owe_renewal(connection, row.path)
                    else:
                        self._remove(connection, row.path)
                return [row for row in found if row.keep]
        self.empty()
        return []

    def remove_owed(self) -> None:
        """Let no page be stored that a process took on to renew and didn't: it was killed, perhaps."""
        for path in self.index.expired(OWED + 1, limit=-1):
            self.remove(path)

    def remove(self, path: str) -> None:
        """Let the page not be stored."""
        with self.index.writing() as connection:
            self._remove(connection, path)

    def _remove(self, connection: sqlite3.Connection, path: str) -> None:
        file = stored_file(path)
        if file is not None:
            self.files.remove(file)
        forget_page(connection, path)

    def answer(self, request: HttpRequest, render: Callable[[], HttpResponseBase], keep: "Keep") -> HttpResponseBase:
        """Return the page from the store, or rendered now and stored."""
        path, renew = request.path, bool(request.META.get(REFRESH))
        file = stored_file(path)
        if file is None or not self.purging:
            return _plain(path, render())
        with single_flight(self.files.locks, path, FLIGHT_SECONDS) as held:
            if not renew and self.trusted and (found := self._from_store(path, file)) is not None:
                return found
            if not held:
                return _plain(path, render())
            if renew and self._is_new(path, int(request.META[REFRESH])):
                return HttpResponse(status=204)
            return self._render(path, file, render, keep)

    def _render(self, path: str, file: str, render: Callable[[], HttpResponseBase], keep: "Keep") -> HttpResponseBase:
        start = self._begin()
        number = self.position()
        with collecting() as keys:
            response = render()
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response.render()
        _plain(path, response)
        if start is None or not isinstance(response, HttpResponse) or not _storable(response, file):
            return response
        row = PageRow(path, number, keep.of(keys), time.time() + keep.refresh_after if keep.refresh_after else None)
        try:
            if self._put(file, response.content, row, keys, start):
                self._dress(response, path, file)
        except Faults as error:
            self.index.forget_connection()
            self.tell("a page was not stored", error)
        return response

    def _begin(self) -> Start | None:
        try:
            start = self.index.start()
            return start if start.epoch and self.index.state("build") == self.build else None
        except Faults as error:
            self.index.forget_connection()
            self.tell("the page index is out of reach", error)
            return None

    def _is_new(self, path: str, number: int) -> bool:
        """Return whether somebody else has renewed the page as of this fact, and it isn't due again."""
        try:
            row = self.index.page(path)
        except Faults:
            return False
        return row is not None and row.number >= number and (row.refresh_at or 1e12) > time.time()

    def _put(self, file: str, content: bytes, row: PageRow, keys: set[str], start: Start) -> bool:
        self.index.note(row, keys)
        prepared = self.files.prepare(file, content)
        try:
            if changed_since(row.number, keys):
                return False
            with self.index.writing() as connection:
                if purged_since(connection, start, keys):
                    return False
                if self._same(file, content):
                    settle(connection, row, keys)
                    return True
                self.files.place(prepared)
                settle(connection, row, keys)
        finally:
            prepared.drop()
        return True

    def _same(self, file: str, content: bytes) -> bool:
        found = self.files.read(file)
        return found is not None and found[0] == content

    def _from_store(self, path: str, file: str) -> HttpResponse | None:
        found = self.files.read(file)
        if found is None:
            return None
        response = HttpResponse(found[0], content_type=content_type(file))
        self._dress(response, path, file)
        return response

    def _dress(self, response: HttpResponse, path: str, file: str) -> None:
        """Give the answer the headers of the stored page."""
        for name, value in stored_headers(path, file):
            response[name] = value
        try:
            state = self.files.path(file).stat()
        except OSError:
            return
        response["ETag"] = etag(state.st_mtime, state.st_size)

    def tell(self, what: str, error: BaseException) -> None:
        """Log a fault of the store, at most once in ten seconds."""
        if time.monotonic() - self._told_at > 10:
            self._told_at = time.monotonic()
            log.warning("%s: %s", what, type(error).__name__, exc_info=error)


class Keep:
    """How a view's pages are kept: renewed behind the reader's back after so long, and in place or not."""

    def __init__(self, refresh_after: float | None, in_place: bool | None) -> None:
        self.refresh_after = refresh_after
        self.in_place = in_place

    def of(self, keys: set[str]) -> bool:
        """Return whether the page is renewed in place: as said, else where it names a front or a section."""
        if self.in_place is not None:
            return self.in_place
        return any(key.startswith("section:") or key.endswith(":front") for key in keys)


def changed_since(number: int, keys: set[str]) -> bool:
    """Return whether a fact after this number touches one of the keys; new comments are shown a little later anyway."""
    keys = {key for key in keys if not is_calm(key)}
    later = FactRecord.objects.filter(id__gt=number).values_list("keys", flat=True)
    return any(not keys.isdisjoint(touched) for touched in later)


def _plain(path: str, response: HttpResponseBase) -> HttpResponseBase:
    """Give a public answer its headers, where the view didn't say otherwise."""
    for name, value in public_headers(path):
        response.setdefault(name, value)
    response.setdefault("Cache-Control", ALWAYS_ASK)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _storable(response: HttpResponse, file: str) -> bool:
    """Return whether the answer may be kept for everybody."""
    if response.status_code != 200 or response.streaming:
        return False
    if response.cookies or response.has_header("Set-Cookie"):
        log.error("A page that sets a cookie was not stored: %s", file)
        return False
    if any(word in response.get("Cache-Control", "") for word in ("no-store", "private", "no-cache")):
        return False
    if response.get("Content-Type", "").replace('"', "").lower() != content_type(file):
        log.error("A page of another type than its address says was not stored: %s", file)
        return False
    return True


def impersonal(request: HttpRequest, *, query: bool) -> HttpRequest:
    """Take from the request everything that says who asks, and its query where that only counts clicks."""
    meta = request.META
    for name in [name for name in meta if name.startswith("HTTP_") or name in {"REMOTE_ADDR", "REMOTE_HOST"}]:
        del meta[name]
    scheme, _, host = settings.PUBLIC_URL.partition("://")
    meta.update({"HTTP_HOST": host, "wsgi.url_scheme": scheme, "HTTP_X_FORWARDED_PROTO": scheme, "REMOTE_ADDR": ""})
    if not query:
        meta["QUERY_STRING"] = ""
        request.__dict__.pop("GET", None)
    for name in ("COOKIES", "headers", "accepted_types", "_current_scheme_host"):
        request.__dict__.pop(name, None)
    return request


def stored(view: View | None = None, *, refresh_after: float | None = None, in_place: bool | None = None) -> Any:
    """Keep what the view renders in the page store; decorator, with or without arguments.

    The view sees no cookie, session, language or address of who asks. `refresh_after` (seconds) renews the page
    behind the readers' backs; `in_place` renews instead of removing it when it is purged (by itself for pages that
    name a front or a section).
    """
    keep = Keep(refresh_after, in_place)

    def decorate(function: View) -> Any:
        @wraps(function)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in {"GET", "HEAD"}:
                return _plain(request.path, HttpResponseNotAllowed(["GET", "HEAD"]))
            tracked = only_tracking(request.META.get("QUERY_STRING", ""))
            impersonal(request, query=not tracked)

            def render() -> HttpResponseBase:
                with translation.override(settings.LANGUAGE_CODE):
                    response = function(request, *args, **kwargs)
                    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                        response.render()
                    return response

            if not tracked:
                return _plain(request.path, render())
            return page_store().answer(request, render, keep)

        return answer

    return decorate(view) if view is not None else decorate


_stores: dict[Path, PageStore] = {}


def page_store() -> PageStore:
    """Return this process's page store."""
    folder = Path(settings.PAGE_STORE)
    if folder not in _stores:
        _stores[folder] = PageStore(folder)
    return _stores[folder]
