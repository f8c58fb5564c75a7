"""A connection that carries a stream and nothing else.

The server's own protocol keeps a parser, the request, a task and two buffers for each connection: 45 kB of what a
reader needs who will never ask again. When a stream begins, this takes the connection over and all of that is let go.
"""

from asyncio import Protocol, Transport
from typing import Any

from broadsheet.delivery.engines.hub import HEARTBEAT, Event, Hub

HAND_OVER = "broadsheet.hand_over"  # the extension by which a server offers its connection
MOST_BEHIND = 256 * 1024  # bytes that may wait for a reader who doesn't take them
_LAST = b"0\r\n\r\n"
_NOTHING: frozenset[bytes] = frozenset()


class StreamConnection(Protocol):
    """A reader of an article, written to directly. What is told before `begin` waits for it."""

    __slots__ = ("_among", "_before", "_hub", "_seen", "_transport")

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._transport: Transport | None = None
        self._before: list[Event] | None = []
        self._seen = _NOTHING
        self._among: set[Any] = set()

    def take(self, transport: Transport, among: set[Any]) -> None:
        """Have the connection from now on; `among` are the connections that the server ends when it ends."""
        self._transport, self._among = transport, among
        among.add(self)
        transport.set_protocol(self)

    def begin(self, head: bytes, first: list[bytes]) -> None:
        """Write the answer's head and the first events, then what was told meanwhile and isn't among them."""
        if self._transport is None:
            return
        self._seen, before, self._before = frozenset(first[1:]), self._before or [], None
        body = b"".join(first)
        self._transport.write(b"%b%x\r\n%b\r\n" % (head, len(body), body))
        for told in before:
            self.put(told)

    def put(self, told: Event) -> bool:
        """Write the event, but for one told at the beginning; False where the reader doesn't take what is sent.

        What was told at the beginning is remembered until the first heartbeat: what comes twice comes within a second.
        """
        if self._before is not None:
            self._before.append(told)
            return True
        if told is HEARTBEAT:
            self._seen = _NOTHING
        transport = self._transport
        if transport is None or transport.is_closing() or told.body in self._seen:
            return True
        if transport.get_write_buffer_size() > MOST_BEHIND:
            return False
        transport.write(told.chunk)
        return True

    def end(self) -> None:
        """End the answer and the connection; at once where the reader is behind."""
        transport, self._transport = self._transport, None
        if transport is None:
            return
        if transport.get_write_buffer_size() > MOST_BEHIND:
            transport.abort()
        else:
            transport.write(_LAST)
            transport.close()

    def shutdown(self) -> None:
        """Send the reader away, since the server ends: it comes back to the next."""
        self._hub.leave(self)
        self.end()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the reader."""
        self._hub.leave(self)
        self._among.discard(self)
        self._transport = None
