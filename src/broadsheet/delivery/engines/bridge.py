"""Lets Django, as WSGI, answer in a bounded pool of threads what the event loop received."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Any

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
IN_MEMORY = 512 * 1024
LOOPBACK = {"127.0.0.1", "::1", "testclient", ""}
SEND_SECONDS = 60.0


class BodyTooLargeError(Exception):
    """The reader sent more than the address takes."""


class GoneError(Exception):
    """The reader left before the whole request was there."""


@dataclass(slots=True)
class Answer:
    """What the application answered, or what is left of it after a streamed answer went out."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
    streamed: bool = False


async def read_body(receive: Receive, limit: int) -> tuple[Any, int]:
    """Return the request's body as a file, and its length."""
    body = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by the bridge
    length = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            body.close()
            raise GoneError
        part = message.get("body", b"")
        length += len(part)
        if length > limit:
            body.close()
            raise BodyTooLargeError
        if part:
            body.write(part)
        if not message.get("more_body"):
            body.seek(0)
            return body, length


def environ_of(scope: Scope, body: Any, length: int) -> dict[str, Any]:
    """Return the request as WSGI has it. What a proxy says of the reader counts from this machine only."""
    client = (scope.get("client") or ("", 0))[0]
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": (scope.get("server") or ("localhost", 0))[0] or "localhost",
        "SERVER_PORT": str((scope.get("server") or ("", 80))[1] or 80),
        "REMOTE_ADDR": client,
        "CONTENT_LENGTH": str(length),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if "_" in name or name in {"content-length", "transfer-encoding", "proxy"}:
            continue
        key = "CONTENT_TYPE" if name == "content-type" else f"HTTP_{name.upper().replace('-', '_')}"
        joint = "; " if name == "cookie" else ","
        environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value
    if client not in LOOPBACK:
        for name in [name for name in environ if name.startswith("HTTP_X_FORWARDED_") or name == "HTTP_FORWARDED"]:
            del environ[name]
    elif told := environ.get("HTTP_X_FORWARDED_FOR"):
        environ["REMOTE_ADDR"] = told.rpartition(",")[2].strip()[:45]
    return environ


class Bridge:
    """A WSGI application behind so many threads; what waits for one is counted, so that it can be refused."""

    def __init__(self, application: Callable[..., Iterable[bytes]], *, threads: int, waiting: int) -> None:
        self.application = application
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="render")
        self.limit = threads + waiting
        self.under_way = 0

    @property
    def full(self) -> bool:
        """Whether as many requests are under way as may wait."""
        return self.under_way >= self.limit

    async def answer(self, scope: Scope, receive: Receive, send: Send, *, body_limit: int) -> Answer:
        """Let the application answer; streamed answers are sent as they come, others returned whole."""
        loop = asyncio.get_running_loop()
        self.under_way += 1
        body = None
        try:
            body, length = await read_body(receive, body_limit)
            environ = environ_of(scope, body, length)
            return await loop.run_in_executor(self.pool, self._run, environ, send, loop)
        finally:
            self.under_way -= 1
            if body is not None:
                body.close()

    def _run(self, environ: dict[str, Any], send: Send, loop: asyncio.AbstractEventLoop) -> Answer:
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_exception: object) -> Callable[..., None]:
            started[:] = [(status, headers)]
            return lambda _data: None

        result = self.application(environ, start_response)
        try:
            if not getattr(result, "streaming", False):
                body = b"".join(result)
                return self._begun(started, body)
            answer = self._begun(started, b"")
            self._stream(result, answer, send, loop)
            return answer
        finally:
            close = getattr(result, "close", None)
            if close is not None:
                close()

    @staticmethod
    def _begun(started: list[tuple[str, list[tuple[str, str]]]], body: bytes) -> Answer:
        status, headers = started[0]
        encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return Answer(int(status.split(" ", 1)[0]), encoded, body)

    @staticmethod
    def _stream(chunks: Iterable[bytes], answer: Answer, send: Send, loop: asyncio.AbstractEventLoop) -> None:
        """Send the answer part by part, each when the one before is on its way."""

        def put(message: dict[str, Any]) -> None:
            asyncio.run_coroutine_threadsafe(send(message), loop).result(SEND_SECONDS)  # type: ignore[arg-type]

        answer.streamed = True
        put({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        for chunk in chunks:
            if chunk:
                put({"type": "http.response.body", "body": chunk, "more_body": True})
        put({"type": "http.response.body", "body": b"", "more_body": False})

    def close(self) -> None:
        """End when the requests under way are answered."""
        self.pool.shutdown(wait=True, cancel_futures=True)
