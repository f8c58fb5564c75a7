"""Live blogs reach their readers as they are written."""

import asyncio
import json

import pytest
from asgiref.sync import sync_to_async

from broadsheet.delivery.engines import hub as hubs
from broadsheet.delivery.engines import streams
from broadsheet.delivery.engines.hub import Hub
from broadsheet.delivery.engines.streams import LiveStreams
from broadsheet.kernel.clock import now
from broadsheet.kernel.models import FactRecord
from broadsheet.newsroom.facts import LivePostChanged
from tests.factories.newsroom import make_article, make_live_post

pytestmark = [pytest.mark.row("ART-12"), pytest.mark.django_db(transaction=True), pytest.mark.anyio]


@pytest.fixture
def anyio_backend() -> str:
    """The event loop that the product runs on."""
    return "asyncio"


class Reader:
    """A browser at the other end of a stream."""

    def __init__(
        self, public_id: int, hub: Hub, *, query: bytes = b"", last: bytes | None = None, method: str = "GET"
    ) -> None:
        self.sent: asyncio.Queue = asyncio.Queue()
        self.left = asyncio.Event()
        headers = [(b"last-event-id", last)] if last is not None else []
        scope = {"method": method, "path": f"/live/{public_id}/stream", "query_string": query, "headers": headers}
        self.task = asyncio.create_task(LiveStreams(hub).answer(public_id, scope, self.receive, self.sent.put))

    async def receive(self) -> dict:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def next(self) -> dict:
        return await asyncio.wait_for(self.sent.get(), 5)

    async def leave(self) -> None:
        self.left.set()
        await asyncio.wait_for(self.task, 5)


def happened(article: object, post_id: int) -> LivePostChanged:
    return LivePostChanged(article_id=article.pk, post_id=post_id, removed=False, at=now())


async def test_post_arrives_and_reader_who_leaves_is_forgotten() -> None:
    article = await sync_to_async(make_article)(kind="live")
    hub = Hub()
    hub.loop = asyncio.get_running_loop()
    reader = Reader(article.public_id, hub)
    start, hello = await reader.next(), await reader.next()
    assert dict(start["headers"])[b"content-type"] == b"text/event-stream; charset=utf-8"
    assert b"event: ready" in hello["body"]
    hub.hear(happened(article, 7), 41, ())
    hub.hear(LivePostChanged(article_id=article.pk + 1, post_id=8, removed=False, at=now()), 42, ())
    event = (await reader.next())["body"].decode()
    assert event.startswith("id: 41\nevent: post\n")
    assert json.loads(event.split("data: ")[1]) == {"number": 41, "post_id": 7, "removed": False}
    await reader.leave()
    assert (hub.count, dict(hub.readers), hub.heard) == (0, {}, {})


@pytest.mark.parametrize("how", ["header", "query"])
async def test_reader_who_comes_back_is_told_what_was_missed(how: str) -> None:
    article = await sync_to_async(make_article)(kind="live")
    posts = [await sync_to_async(make_live_post)(article) for _ in range(3)]
    numbers = [
        pk async for pk in FactRecord.objects.filter(name="LivePostChanged").order_by("id").values_list("id", flat=True)
    ]
    seen = str(numbers[0]).encode()
    hub = Hub()
    reader = Reader(article.public_id, hub, **({"last": seen} if how == "header" else {"query": b"after=" + seen}))
    await reader.next()
    body = (await reader.next())["body"].decode()
    shown = [json.loads(part.split("data: ")[1]) for part in body.split("\n\n") if "event: post" in part]
    assert [each["post_id"] for each in shown] == [post.pk for post in posts[1:]]
    assert [each["number"] for each in shown] == numbers[1:]
    await reader.leave()


async def test_reader_who_missed_too_much_loads_the_page_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "REPLAY", 1)
    article = await sync_to_async(make_article)(kind="live")
    for _ in range(3):
        await sync_to_async(make_live_post)(article)
    reader = Reader(article.public_id, Hub(), last=b"1")
    await reader.next()
    assert b"event: reload" in (await reader.next())["body"]
    await reader.leave()


async def test_quiet_stream_shows_that_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "HEARTBEAT_SECONDS", 0.05)
    article = await sync_to_async(make_article)(kind="live")
    reader = Reader(article.public_id, Hub())
    await reader.next(), await reader.next()
    for _time in range(3):
        assert (await reader.next())["body"] == b": still here\n\n"
    await reader.leave()


async def test_who_asks_for_the_head_alone_holds_no_stream() -> None:
    article = await sync_to_async(make_article)(kind="live")
    hub = Hub()
    reader = Reader(article.public_id, hub, method="HEAD")
    assert (await reader.next())["status"] == 200
    assert await reader.next() == {"type": "http.response.body", "body": b""}
    await asyncio.wait_for(reader.task, 5)
    assert hub.count == 0


async def test_stream_ends_when_the_process_does() -> None:
    article = await sync_to_async(make_article)(kind="live")
    hub = Hub()
    reader = Reader(article.public_id, hub)
    await reader.next(), await reader.next()
    hub.close()
    assert (await reader.next())["more_body"] is False
    await asyncio.wait_for(reader.task, 5)


async def test_article_that_nobody_can_read_has_no_stream() -> None:
    reader = Reader(9_999_999_999, Hub())
    assert (await reader.next())["status"] == 404
