"""uvicorn's HTTP protocol with what it lacks: a time within which a request must have come, and a limit to its head.

uvicorn itself closes a connection that asks nothing more (timeout_keep_alive), but waits for ever for the end of a request
that has begun.
"""

import json
from asyncio import TimerHandle
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from broadsheet.standards.serving.refusals import RefusedError

LONGEST_HEAD = 32_768  # bytes
LINGER = 2.0  # seconds that what still comes is thrown away: a connection closed at once may lose the refusal


class LimitedProtocol(HttpToolsProtocol):
    """Cuts off who sends too slowly, too long a head, or doesn't read the answer. `seconds` is set before the start."""

    seconds: ClassVar[float] = 11.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._late: TimerHandle | None = None  # runs from a request's first byte to its last
        self._stuck: TimerHandle | None = None  # runs while the answer isn't read
        self._coming = self._refused = False
        self._head: int | None = 0  # bytes of the head so far; None once it is read

    def connection_made(self, transport: Any) -> None:
        """Wait for the first request, for as long as for its end."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Read on."""
        if self._refused:
            return
        if self.cycle is None or self.cycle.response_complete:
            self._watch()
        super().data_received(data)
        if self._head is not None:
            self._head += len(data)
            if self._head > LONGEST_HEAD and not self._refused:
                self._refuse(RefusedError(431, "The request's head is too long."))

    def on_message_begin(self) -> None:
        """Note that a request has begun."""
        self._coming, self._head = True, 0
        self._watch()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Note that the head is read."""
        self._head = None
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that the request has come whole."""
        self._coming = False
        if self._late is not None:
            self._late.cancel()
            self._late = None
        super().on_message_complete()

    def pause_writing(self) -> None:
        """Give who doesn't read the answer some time."""
        super().pause_writing()
        self._stuck = self._stuck or self.loop.call_later(self.seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Note that the answer is read."""
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the times."""
        for timer in (self._late, self._stuck):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP as everything else: in JSON."""
        self._refuse(RefusedError(400, msg))

    def _watch(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(self.seconds, self._cut)

    def _cut(self) -> None:
        self._late = None
        answered = self.cycle is None or self.cycle.response_complete
        if self._refused or not (self._coming or answered):
            return
        if self._coming and self._head is not None:
            self._refuse(RefusedError(408, "The request did not come in time."))
        else:
            self.transport.close()

    def _refuse(self, refused: RefusedError) -> None:
        self._refused = True
        content = json.dumps(refused.as_json()).encode()
        self.transport.write(
            STATUS_LINE[refused.status]
            + b"content-type: application/json; charset=UTF-8\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%s"
            % (len(content), content)
        )
        self.transport.write_eof()
        self._late = self.loop.call_later(LINGER, self.transport.close)
