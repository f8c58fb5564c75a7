"""New comments reach those who listen, rendered once; what was deleted goes; nothing is lost over a break (DIS-04)."""

import asyncio
import json
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core.cache import cache

from broadsheet.delivery.engines import comment_events, streams
from broadsheet.delivery.engines.comment_events import CommentTeller
from broadsheet.delivery.engines.streams import Hub
from broadsheet.discussion.actions.remove_comment import remove_comment
from broadsheet.kernel.facts import from_payload
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.tailer import latest_number
from tests.delivery.engines.test_streams import Reader
from tests.factories.discussion import FOUL, make_comment, make_seen
from tests.factories.newsroom import make_article, make_edition, make_section

pytestmark = [pytest.mark.row("DIS-04"), pytest.mark.django_db(transaction=True), pytest.mark.anyio]


@pytest.fixture
def anyio_backend() -> str:
    """The event loop that the product runs on."""
    return "asyncio"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(comment_events, "GATHER_SECONDS", 0.01)
    monkeypatch.setattr(comment_events, "WAIT_SECONDS", 0.01)


class Process:
    """A serving process: what its tailer reads is told to those who listen."""

    def __init__(self) -> None:
        self.hub = Hub()
        self.hub.loop = asyncio.get_running_loop()
        self.teller = CommentTeller(self.hub.is_heard, self.hub.send)
        self.at = 0

    def turn(self) -> None:
        for record in FactRecord.objects.filter(id__gt=self.at).order_by("id"):
            self.at = record.pk
            self.teller.hear(from_payload(record.name, record.payload), record.pk, ())
        self.teller.turn()


def events(body: bytes) -> list[dict[str, Any]]:
    """Return what the comment events say."""
    return [
        json.loads(part.split("data: ", 1)[1]) for part in body.decode().split("\n\n") if "event: comment\n" in part
    ]


async def test_comments_come_and_go_and_held_ones_are_not_spoken_of() -> None:
    article = await sync_to_async(lambda: make_article(make_section(make_edition())))()
    process = Process()
    reader, other = Reader(article.public_id, process.hub), Reader(article.public_id, process.hub)
    for each in (reader, other):
        await each.next(), await each.next()
    first = await sync_to_async(make_seen)(article, text="A first word.")
    await sync_to_async(make_comment)(article, text=FOUL)
    rendered: list[int] = []
    render = comment_events.RENDER.render
    comment_events.RENDER.render = lambda *given: rendered.append(1) or render(*given)  # type: ignore[misc]
    try:
        await sync_to_async(process.turn)()
    finally:
        comment_events.RENDER.render = render
    bodies = [(await each.next())["body"] for each in (reader, other)]
    assert bodies[0] == bodies[1]
    assert rendered == [1]  # once, whoever listens
    [told] = events(bodies[0])
    assert (told["id"], told["root"], told["visible"]) == (first.pk, None, True)
    assert "A first word." in told["html"]
    await sync_to_async(remove_comment)(comment_id=first.pk)
    await sync_to_async(process.turn)()
    [told] = events((await reader.next())["body"])
    assert (told["id"], told["visible"]) == (first.pk, False)
    assert "A first word." not in told["html"]
    for each in (reader, other):
        await each.leave()


async def test_reader_who_comes_back_is_told_all_that_was_missed_as_it_is_now() -> None:
    article = await sync_to_async(lambda: make_article(make_section(make_edition())))()
    other = await sync_to_async(lambda: make_article(make_section(make_edition("fr", at_root=False))))()
    since = await sync_to_async(latest_number)()
    made = [await sync_to_async(make_seen)(article) for _ in range(3)]
    await sync_to_async(make_seen)(other)
    await sync_to_async(remove_comment)(comment_id=made[1].pk)
    reader = Reader(article.public_id, Hub(), last=str(since).encode())
    await reader.next()
    told = events((await reader.next())["body"])
    assert {each["id"]: each["visible"] for each in told} == {made[0].pk: True, made[1].pk: False, made[2].pk: True}
    assert [each["number"] for each in told] == sorted(each["number"] for each in told)
    assert made[1].text not in json.dumps(told)
    await reader.leave()


async def test_more_than_can_be_sent_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comment_events, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(streams, "REPLAY", 1)
    article = await sync_to_async(lambda: make_article(make_section(make_edition())))()
    process = Process()
    reader = Reader(article.public_id, process.hub)
    await reader.next(), await reader.next()
    for _ in range(2):
        await sync_to_async(make_seen)(article)
    await sync_to_async(process.turn)()
    body = (await reader.next())["body"].decode()
    assert "event: comments\n" in body
    assert json.loads(body.split("data: ")[1])["count"] == 2
    late = Reader(article.public_id, Hub(), last=b"1")
    await late.next()
    assert b"event: reload" in (await late.next())["body"]
    await reader.leave()
    await late.leave()


async def test_nothing_is_rendered_where_nobody_listens() -> None:
    article = await sync_to_async(lambda: make_article(make_section(make_edition())))()
    process = Process()
    await sync_to_async(make_seen)(article)
    await sync_to_async(process.turn)()
    assert process.teller.waiting.empty()
