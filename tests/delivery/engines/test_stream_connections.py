"""A stream has its connection for itself: whole chunks, nothing of the request kept, nobody waits for who doesn't read."""

import asyncio
import gc
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
import uvicorn
from asgiref.sync import sync_to_async
from uvicorn.server import ServerState

from broadsheet.delivery.engines.front import FrontProtocol
from broadsheet.delivery.engines.hub import HEARTBEAT, Hub
from broadsheet.delivery.engines.stream_connections import MOST_BEHIND
from broadsheet.delivery.engines.streams import LiveStreams
from tests.factories.newsroom import make_article

pytestmark = [pytest.mark.row("DIS-04", "PERF-08"), pytest.mark.django_db(transaction=True), pytest.mark.anyio]


@pytest.fixture
def anyio_backend() -> str:
    """The event loop that the product runs on."""
    return "asyncio"


@dataclass
class Served:
    """A server of streams of one article, in this process."""

    article: int
    number: int
    hub: Hub = field(default_factory=Hub)
    state: ServerState = field(default_factory=ServerState)
    port: int = 0

    async def connect(self, *, version: str = "1.1") -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.ask(writer, version)
        return reader, writer

    def ask(self, writer: asyncio.StreamWriter, version: str = "1.1") -> None:
        asked = f"GET /live/{self.number}/stream HTTP/{version}\r\nHost: paper.test\r\nConnection: close\r\n\r\n"
        writer.write(asked.encode())

    def tell(self, message: bytes) -> None:
        self.hub.tell(self.article, message)


@asynccontextmanager
async def serving(while_it_asks: Callable[[Served], None] = lambda _served: None) -> AsyncIterator[Served]:
    article = await sync_to_async(make_article)()
    served = Served(article.pk, article.public_id)

    async def in_thread(function: Callable, *values: object) -> object:
        found = await sync_to_async(function)(*values)
        while_it_asks(served)
        return found

    live = LiveStreams(served.hub, in_thread)

    async def application(scope: dict, receive: Callable, send: Callable) -> None:
        await live.answer(served.number, scope, receive, send)

    config = uvicorn.Config(application, lifespan="off", log_config=None, server_header=False)
    config.load()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: FrontProtocol(config, served.state, {}), "127.0.0.1", 0)
    served.port = server.sockets[0].getsockname()[1]
    try:
        yield served
    finally:
        served.hub.close()
        server.close()


async def chunk(reader: asyncio.StreamReader) -> bytes:
    """Return the next chunk of the answer."""
    size = int(await asyncio.wait_for(reader.readline(), 5), 16)
    return (await asyncio.wait_for(reader.readexactly(size + 2), 5))[:-2]


async def until(holds: Callable[[], object]) -> None:
    for _turn in range(500):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("not within five seconds")


async def test_what_is_told_comes_in_chunks_and_nothing_of_the_request_is_kept() -> None:
    async with serving() as served:
        reader, writer = await served.connect()
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        assert head.startswith(b"HTTP/1.1 200 OK\r\n")
        for line in (b"content-type: text/event-stream; charset=utf-8", b"transfer-encoding: chunked", b"cache-control: no-store"):  # fmt: skip
            assert b"\r\n" + line + b"\r\n" in head
        assert (await chunk(reader)).startswith(b"retry: ")
        served.tell(b"data: one\n\n")
        served.tell(b"data: two\n\n")
        assert [await chunk(reader), await chunk(reader)] == [b"data: one\n\n", b"data: two\n\n"]
        await until(lambda: not served.state.tasks)
        assert [each for each in gc.get_objects() if type(each) is FrontProtocol] == []
        assert len(served.state.connections) == 1
        writer.write(b"GET / HTTP/1.1\r\nHost: paper.test\r\n\r\n")  # nobody answers behind a stream
        await asyncio.sleep(0.1)
        next(iter(served.state.connections)).shutdown()
        assert await asyncio.wait_for(reader.read(), 5) == b"0\r\n\r\n"
        await until(lambda: not served.state.connections)
        assert served.hub.count == 0


async def test_who_leaves_is_forgotten() -> None:
    async with serving() as served:
        reader, writer = await served.connect()
        await reader.readuntil(b"\r\n\r\n")
        await until(lambda: served.hub.count == 1)
        writer.close()
        await until(lambda: served.hub.count == 0 and not served.state.connections)


async def test_what_is_told_while_the_stream_begins_comes_once_after_the_beginning() -> None:
    def tell(served: Served) -> None:
        if served.hub.count:
            served.tell(b"data: meanwhile\n\n")

    async with serving(tell) as served:
        reader, _writer = await served.connect()
        await reader.readuntil(b"\r\n\r\n")
        assert b"event: ready" in await chunk(reader)
        assert await chunk(reader) == b"data: meanwhile\n\n"
        served.tell(b"data: later\n\n")
        assert await chunk(reader) == b"data: later\n\n"


async def test_what_was_told_at_the_beginning_is_not_told_again_at_once(monkeypatch) -> None:
    monkeypatch.setattr("broadsheet.delivery.engines.streams.missed", lambda *_values: [b"data: old\n\n"])
    async with serving() as served:
        reader, _writer = await served.connect()
        await reader.readuntil(b"\r\n\r\n")
        assert (await chunk(reader)).endswith(b"data: old\n\n")
        served.tell(b"data: old\n\n")
        served.tell(b"data: new\n\n")
        assert await chunk(reader) == b"data: new\n\n"
        served.hub._tell(list(served.hub.readers[served.article]), HEARTBEAT)
        served.tell(b"data: old\n\n")
        assert [await chunk(reader), await chunk(reader)] == [b": still here\n\n", b"data: old\n\n"]


async def test_who_takes_nothing_is_sent_away_and_others_hear_all() -> None:
    async with serving() as served:
        deaf = socket.socket()
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(deaf, ("127.0.0.1", served.port))
        asked = f"GET /live/{served.number}/stream HTTP/1.1\r\nHost: paper.test\r\nConnection: close\r\n\r\n"
        await loop.sock_sendall(deaf, asked.encode())
        reader, _writer = await served.connect()
        await reader.readuntil(b"\r\n\r\n")
        await chunk(reader)
        await until(lambda: served.hub.count == 2)
        message, told = b"x" * 100_000, 0
        while served.hub.count == 2:
            assert told < 200, "an endless amount waits for somebody who takes nothing"
            served.tell(message)
            told += 1
            assert await chunk(reader) == message
        assert told * len(message) > MOST_BEHIND
        served.tell(b"still told")
        assert await chunk(reader) == b"still told"
        deaf.close()


async def test_an_older_browser_is_told_as_well() -> None:
    async with serving() as served:
        reader, writer = await served.connect(version="1.0")
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        assert head.startswith(b"HTTP/1.1 200 OK\r\n")
        await asyncio.wait_for(reader.readuntil(b"event: ready"), 5)
        served.tell(b"data: one\n\n")
        await asyncio.wait_for(reader.readuntil(b"data: one\n\n"), 5)
        writer.close()
        await until(lambda: served.hub.count == 0)
