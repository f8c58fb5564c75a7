"""Answers plain requests for stored pages and files straight from the socket, before any parsing.

A reader's browser asks with a complete GET in one piece. Such a request, for a file that is in memory and unchanged
on disk, is answered with bytes made once a second; a connection that asks the same again isn't even read twice.
Whatever else it is, the server's own protocol reads it from the start, as if this class weren't there.
"""

import time
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from broadsheet.delivery.engines.file_cache import accepted, answer_of
from broadsheet.delivery.engines.resolver import Place
from broadsheet.delivery.engines.shell import LONGEST_ADDRESS, Shell
from broadsheet.delivery.engines.stream_connections import HAND_OVER, StreamConnection

LONGEST_HEAD = 8192
# With one of these headers a request is more than a plain question for a page.
_SLOW = (b"\r\ncontent-length:", b"\r\ntransfer-encoding:", b"\r\nupgrade:", b"\r\nexpect:", b"\r\nrange:",
         b"\r\nif-none-match:", b"\r\nif-modified-since:", b"\r\nconnection:")  # fmt: skip


def plain_get(data: bytes) -> tuple[str, str, int] | None:
    """Return path, query and accepted encoding of a complete, plain GET; None for anything else."""
    if not data.startswith(b"GET /") or len(data) > LONGEST_HEAD or data.find(b"\r\n\r\n") != len(data) - 4:
        return None
    line_end = data.index(b"\r\n")
    target, _, version = data[4:line_end].rpartition(b" ")
    if version != b"HTTP/1.1" or len(target) > LONGEST_ADDRESS or b" " in target or b"%" in target:
        return None
    head = data[line_end:].lower().replace(b"\r\nconnection: keep-alive\r\n", b"\r\n")
    if any(name in head for name in _SLOW) or b"\r\nhost:" not in head or b"\n " in head or b"\n\t" in head:
        return None
    try:
        path, _, query = target.decode("ascii").partition("?")
    except UnicodeDecodeError:
        return None
    at = head.find(b"\r\naccept-encoding:")
    value = head[at + 18 : head.index(b"\r\n", at + 18)].decode("latin-1") if at >= 0 else ""
    return path, query, accepted(value)


class FrontProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol with the short way in front. `shell` is set before the server starts."""

    shell: ClassVar[Shell]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._last: bytes = b""
        self._plan: tuple[Place, int] | None = None
        self._heard_at = 0.0
        self._reading = False

    def data_received(self, data: bytes) -> None:
        """Answer at once where that can be, else let the request be read."""
        if self._idle():
            if data != self._last:
                self._last, self._plan = data, self._planned(data)
            if self._plan is not None and self._answer(*self._plan):
                return
        self._last, self._plan = b"", None
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Note that a request has begun to be read."""
        self._reading = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Offer the connection to who answers with a stream."""
        if self.url.startswith(b"/live/") and self.parser.get_http_version() == "1.1":
            self.scope["extensions"] = {HAND_OVER: self.hand_over}  # type: ignore[dict-item]  # a name of our own
        super().on_headers_complete()

    def hand_over(self, reader: StreamConnection, headers: list[tuple[bytes, bytes]], first: list[bytes]) -> bool:
        """Let the reader have the connection, and forget everything of it here; False where it is lost already."""
        cycle, transport = self.cycle, self.transport
        if cycle is None or cycle.disconnected or transport.is_closing():
            return False
        cycle.disconnected = True  # the server writes nothing more
        self._unset_keepalive_if_required()
        self.flow.resume_reading()
        self.connections.discard(self)
        pairs = [*cycle.default_headers, *headers, (b"transfer-encoding", b"chunked"), (b"connection", b"close")]
        lines = [b"HTTP/1.1 200 OK", *(b"%b: %b" % pair for pair in pairs), b"\r\n"]
        reader.take(transport, self.connections)
        reader.begin(b"\r\n".join(lines), first)
        self.pipeline.clear()
        for name in ("parser", "cycle", "scope", "headers"):  # they name one another: nothing waits for the collector
            setattr(self, name, None)
        return True

    def on_message_complete(self) -> None:
        """Note that the request has been read to its end."""
        self._reading = False
        super().on_message_complete()

    def _idle(self) -> bool:
        """Return whether the connection stands between two requests, and its reader keeps up."""
        if self._reading or self.pipeline or self.flow.write_paused or self.transport.is_closing():
            return False
        return self.cycle is None or self.cycle.response_complete

    def _planned(self, data: bytes) -> tuple[Place, int] | None:
        asked = plain_get(data)
        if asked is None:
            return None
        place = self.shell.resolver.place(asked[0], asked[1])
        return None if place is None else (place, asked[2])

    def _answer(self, place: Place, encoding: int) -> bool:
        shell = self.shell
        entry = shell.resolver.entry(place)
        if entry is None:
            return False
        now = time.time()
        self.transport.write(answer_of(entry, encoding, now))
        if place.page:
            shell.counts.stored += 1
            if entry.refresh_at is not None and now > entry.refresh_at:
                shell.loops.aged(place.page, entry)
        else:
            shell.counts.files += 1
        self._heard_at = now
        if self.timeout_keep_alive_task is None:
            self._wait(self.timeout_keep_alive)
        return True

    def _wait(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(seconds, self.timeout_keep_alive_handler)

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection where nothing was asked for so long; one timer serves many short answers."""
        left = self._heard_at + self.timeout_keep_alive - time.time()
        if left > 0.05 and not self.transport.is_closing():
            self._wait(left)
        else:
            super().timeout_keep_alive_handler()
