"""Requests to push services over connections that are kept: one hand holds one conversation at a time.

The address of an endpoint comes from a browser. It is asked for over https alone, at public addresses alone, those
that were looked up and checked; a redirect is not followed; an answer is read up to a limit, and the whole request ends
in time whatever the service does (`Hand.cut_if_late` is called from outside for what no time limit of a socket ends).
"""

import select
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, urlsplit

import httptools
from django.conf import settings

from broadsheet.kernel.fetching import FetchFailedError, FetchRefusedError, resolve
from broadsheet.notifications.conf import PUSH_ANSWER_BYTES, PUSH_CONNECT_SECONDS, PUSH_TOTAL_SECONDS

_CHUNK = 16 * 1024
_MOST_KEPT = 4  # connections of one hand: browsers' makers run a handful of services


@dataclass(frozen=True, slots=True)
class Reply:
    """What a push service answered; `status` 0 where it did not, and `code` says why, without a word of its own."""

    status: int
    code: str
    retry_after: str = ""


@dataclass(slots=True)
class _Answer:
    """An answer as it is read."""

    status: int = 0
    retry_after: str = ""
    whole: bool = False
    parser: Any = field(default=None)

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"retry-after":
            self.retry_after = value.decode("latin-1")[:60]

    def on_headers_complete(self) -> None:
        self.status = self.parser.get_status_code()

    def on_message_complete(self) -> None:
        self.whole = True


class Hand:
    """The connections of one thread."""

    def __init__(self) -> None:
        self._kept: dict[str, socket.socket] = {}
        self._busy: socket.socket | None = None
        self._deadline = 0.0

    def post(self, url: str, headers: dict[str, str], body: bytes, *, before: Callable[[], None]) -> Reply:
        """Give a message to the push service; `before` is called right before the whole request is written at once."""
        parts = urlsplit(url)
        self._deadline = time.monotonic() + PUSH_TOTAL_SECONDS
        data = _request(parts, headers, body)
        try:
            self._busy = self._connection(parts)
            before()
            return self._converse(parts, data)
        except FetchRefusedError:
            return Reply(0, "address-refused")
        except FetchFailedError:
            return Reply(0, "no-such-host")
        except ssl.SSLError:
            return Reply(0, "no-trust")
        except TimeoutError:
            return Reply(0, "too-slow")
        except (OSError, httptools.HttpParserError):
            return Reply(0, "too-slow" if time.monotonic() > self._deadline else "connection-broke")
        finally:
            if self._busy is not None:
                _close(self._busy)
            self._busy = None

    def cut_if_late(self) -> None:
        """End the conversation from outside where it takes longer than it may."""
        busy = self._busy
        if busy is not None and time.monotonic() > self._deadline:
            with suppress(OSError):
                busy.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End all connections."""
        for kept in self._kept.values():
            _close(kept)
        self._kept.clear()

    def _connection(self, parts: SplitResult) -> socket.socket:
        kept = self._kept.pop(parts.netloc, None)
        if kept is not None:
            if not select.select([kept], [], [], 0)[0]:
                return kept
            _close(kept)  # it says something unasked: the end, mostly
        return self._open(parts)

    def _open(self, parts: SplitResult) -> socket.socket:
        if parts.scheme != "https" and not settings.PUSH_LOCAL:
            raise FetchRefusedError("push services are spoken to over https alone.")
        places = resolve(parts, allow_private=settings.PUSH_LOCAL)
        failure: OSError | None = None
        for family, place in places:
            opened = socket.socket(family, socket.SOCK_STREAM)
            self._busy = opened
            opened.settimeout(min(PUSH_CONNECT_SECONDS, self._left()))
            try:
                opened.connect(place)
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if parts.scheme != "https":
                    return opened
                self._busy = trusted = _context().wrap_socket(opened, server_hostname=parts.hostname)
            except OSError as error:
                _close(opened)
                failure = error
            else:
                return trusted
        raise failure or OSError("no address")

    def _converse(self, parts: SplitResult, data: bytes) -> Reply:
        connection = self._busy
        assert connection is not None  # noqa: S101 - for the type checker
        connection.settimeout(self._left())
        connection.sendall(data)
        answer = _Answer()
        answer.parser = parser = httptools.HttpResponseParser(answer)
        received = 0
        while not answer.whole and received <= PUSH_ANSWER_BYTES:
            connection.settimeout(self._left())
            chunk = connection.recv(_CHUNK)
            if not chunk:
                break
            received += len(chunk)
            parser.feed_data(chunk)
        if not answer.status:
            raise ConnectionError
        if answer.whole and parser.should_keep_alive():
            self._keep(parts.netloc, connection)
        return Reply(answer.status, str(answer.status), answer.retry_after)

    def _keep(self, name: str, connection: socket.socket) -> None:
        while len(self._kept) >= _MOST_KEPT:
            _close(self._kept.pop(next(iter(self._kept))))
        self._kept[name] = connection
        self._busy = None

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _request(parts: SplitResult, headers: dict[str, str], body: bytes) -> bytes:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [
        f"POST {target} HTTP/1.1",
        f"Host: {parts.netloc}",
        "User-Agent: Broadsheet",
        f"Content-Length: {len(body)}",
    ]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def _close(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.close()
