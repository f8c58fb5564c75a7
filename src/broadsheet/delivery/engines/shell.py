"""The outermost answerer: stored pages, files and live streams at once, everything else by Django in threads."""

import asyncio
import logging
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from broadsheet.delivery.engines.bridge import BodyTooLargeError, Bridge, GoneError, Receive, Scope, Send
from broadsheet.delivery.engines.file_answers import send_entry, send_file
from broadsheet.delivery.engines.headers import ALWAYS_ASK, public_headers
from broadsheet.delivery.engines.loops import Loops
from broadsheet.delivery.engines.pagestore import page_store
from broadsheet.delivery.engines.plain_answers import encoded, header, refuse, reply
from broadsheet.delivery.engines.resolver import Place, Resolver
from broadsheet.delivery.engines.shell_counts import COUNTS
from broadsheet.delivery.engines.streams import LiveStreams
from broadsheet.delivery.rules.stored_paths import is_personal

log = logging.getLogger("broadsheet.shell")
LONGEST_ADDRESS = 4096
WAITING = 256  # requests that may wait for a thread; more are asked to come again
FLIGHT_SECONDS = 10.0
PICTURE_THREADS = 2  # drawing pictures leaves the other threads to pages
BODY_LIMIT, ACCOUNT_BODY_LIMIT, DESK_BODY_LIMIT = 1_000_000, 3_000_000, 600_000_000  # a reader's picture: 2 MB
RADIO = "/live/radio.wav"
STREAM = re.compile(r"/live/([1-9][0-9]{9})/stream", re.ASCII)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class Shell:
    """An ASGI application for any server. `loops` start and stop with it."""

    def __init__(self, application: Callable[..., Iterable[bytes]], *, threads: int = 8, loops: bool = True) -> None:
        self.store = page_store()
        self.resolver = Resolver(self.store)
        self.bridge = Bridge(application, threads=threads, waiting=WAITING)
        self.drawing = Bridge(application, threads=PICTURE_THREADS, waiting=2 * WAITING)
        self.loops = Loops(self.store)
        self.with_loops = loops
        self.streams = LiveStreams(self.loops.hub)
        self.radio = _demo_radio()
        self.counts = COUNTS
        self._flights: dict[str, asyncio.Future[None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or begin and end with the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1000})

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            if self.with_loops:
                await asyncio.to_thread(self.loops.start, asyncio.get_running_loop())
        except Exception as error:
            log.exception("the server could not begin")
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await asyncio.to_thread(self.loops.stop)
        await asyncio.to_thread(self.bridge.close)
        await asyncio.to_thread(self.drawing.close)
        await send({"type": "lifespan.shutdown.complete"})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        method, path = scope["method"], scope["path"]
        if len(scope.get("raw_path") or path) + len(scope["query_string"]) > LONGEST_ADDRESS:
            await self._refuse(send, 414, scope)
        elif method not in METHODS:
            await self._refuse(send, 405, scope, ("Allow", "GET, HEAD"))
        elif not path.startswith("/") or "\x00" in path:
            await self._refuse(send, 400, scope)
        elif method in {"GET", "HEAD"}:
            await self._get(scope, receive, send)
        else:
            await self._django(scope, receive, send)

    async def _get(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if match := STREAM.fullmatch(path):
            await self.streams.answer(int(match[1]), scope, receive, send)
            return
        if self.radio is not None and path == RADIO:
            await self.radio.answer(scope, receive, send)
            return
        place = self.resolver.place(path, scope["query_string"].decode("latin-1"))
        if place is None:
            await self._django(scope, receive, send)
        elif await self._from_file(place, scope, send):
            return
        elif place.page:
            await self._in_one_flight(place, scope, receive, send)
        elif path.startswith("/img/"):
            await self._django(scope, receive, send)
        else:
            await self._refuse(send, 404, scope)

    async def _from_file(self, place: Place, scope: Scope, send: Send) -> bool:
        if header(scope, b"range") and not place.page:
            return await send_file(place.file, place.headers, scope, send)
        entry = self.resolver.entry(place)
        if entry is None:
            return not place.page and await send_file(place.file, place.headers, scope, send)
        if place.page:
            self.counts.stored += 1
            self.loops.aged(place.page, entry)
        else:
            self.counts.files += 1
        await send_entry(entry, scope, send)
        return True

    async def _in_one_flight(self, place: Place, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the first reader of a page have it rendered; the others are served what was stored then."""
        flight = self._flights.get(place.page)
        if flight is not None:
            await asyncio.wait({flight}, timeout=FLIGHT_SECONDS)
            if await self._from_file(place, scope, send):
                return
            await self._django(scope, receive, send)
            return
        flight = self._flights[place.page] = asyncio.get_running_loop().create_future()
        try:
            await self._django(scope, receive, send, place)
        finally:
            if self._flights.get(place.page) is flight:
                del self._flights[place.page]
            if not flight.done():
                flight.set_result(None)

    async def _django(self, scope: Scope, receive: Receive, send: Send, place: Place | None = None) -> None:
        bridge = self.drawing if scope["path"].startswith("/img/") else self.bridge
        if bridge.full:
            await self._refuse(send, 503, scope, ("Retry-After", "1"))
            return
        self.counts.rendered += 1
        try:
            answer = await bridge.answer(scope, receive, send, body_limit=_body_limit(scope["path"]))
        except BodyTooLargeError:
            await self._refuse(send, 413, scope, ("Connection", "close"))
            return
        except GoneError:
            return
        if answer.streamed:
            return
        if answer.status == 200 and place is not None and await self._from_file(place, scope, send):
            return
        if answer.status >= 500:
            self.counts.failed += 1
        path = scope["path"]
        headers = answer.headers if is_personal(path) else _with_public(answer.headers, path)
        kept = [pair for pair in headers if pair[0] != b"content-length"]
        await reply(send, answer.status, kept, answer.body, scope=scope)

    async def _refuse(self, send: Send, status: int, scope: Scope, *more: tuple[str, str]) -> None:
        self.counts.refused += 1
        await refuse(send, status, scope, *more)


def _demo_radio() -> Any:
    """Return what sends the demo paper's radio, None for any other paper."""
    if not (settings.DATA / "demo").exists():
        return None
    from broadsheet.delivery.engines.demo_radio import DemoRadio  # numpy, which no other paper's shell needs

    return DemoRadio()


def _body_limit(path: str) -> int:
    if path.startswith("/editor/"):
        return DESK_BODY_LIMIT
    return ACCOUNT_BODY_LIMIT if is_personal(path) else BODY_LIMIT


def _with_public(headers: list[tuple[bytes, bytes]], path: str) -> list[tuple[bytes, bytes]]:
    """Return the headers with those of every public answer, where the view didn't say otherwise."""
    said = {name for name, _value in headers}
    extra = [*public_headers(path), ("Cache-Control", ALWAYS_ASK)]
    return [*headers, *(pair for pair in encoded(extra) if pair[0] not in said)]
