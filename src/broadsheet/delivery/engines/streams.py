"""Live streams of server-sent events: one hub a process, fed by its tailer, a bounded queue a reader.

A stream belongs to an article: it carries the posts of a live blog and the comments of any article.
"""

import asyncio
import contextlib
import json
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from asgiref.sync import sync_to_async

from broadsheet.delivery.engines.bridge import Receive, Scope, Send
from broadsheet.delivery.engines.comment_events import Missed
from broadsheet.delivery.engines.plain_answers import encoded, header, refuse
from broadsheet.discussion.queries.changes import FURTHEST, recent_number
from broadsheet.kernel import clock
from broadsheet.kernel.facts import Fact
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.tailer import latest_number
from broadsheet.newsroom.facts import LivePostChanged
from broadsheet.newsroom.queries.articles import article_by_number

HEARTBEAT_SECONDS = 25.0
QUEUE = 64  # a reader who falls this far behind is sent away, and comes back with the last number
REPLAY = 200  # more than so many missed posts or comments: the page is loaded afresh instead
COMMENTS = Missed()
MOST_STREAMS = 20_000
_HEADERS = (
    ("Content-Type", "text/event-stream; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("X-Accel-Buffering", "no"),
    ("X-Content-Type-Options", "nosniff"),
)


class Hub:
    """Who listens to which article; heard in the tailer's thread, sent in the event loop."""

    def __init__(self) -> None:
        self.loop: asyncio.AbstractEventLoop | None = None
        self.readers: dict[int, set[asyncio.Queue[bytes | None]]] = defaultdict(set)
        self.heard: dict[int, int] = {}  # article → newest fact passed on while somebody listens
        self.count = 0

    def hear(self, happened: Fact, number: int, _keys: tuple[str, ...]) -> None:
        """Pass a live post on to those who listen; called by the tailer."""
        if isinstance(happened, LivePostChanged):
            self.send(happened.article_id, event_of(happened, number), number)

    def is_heard(self, article_id: int) -> bool:
        """Return whether anybody listens; asked in any thread."""
        return article_id in self.readers

    def send(self, article_id: int, message: bytes, number: int) -> None:
        """Pass events on to those who listen; called in any thread."""
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._fan_out, article_id, message, number)

    def _fan_out(self, article_id: int, message: bytes, number: int = 0) -> None:
        if article_id in self.readers:
            self.heard[article_id] = max(number, self.heard.get(article_id, 0))
        for queue in list(self.readers.get(article_id, ())):
            try:
                queue.put_nowait(message)
            except asyncio.QueueFull:
                self.leave(article_id, queue)
                with contextlib.suppress(asyncio.QueueEmpty):
                    queue.get_nowait()
                queue.put_nowait(None)

    def join(self, article_id: int) -> asyncio.Queue[bytes | None]:
        """Return a queue that hears the article from now on."""
        queue: asyncio.Queue[bytes | None] = asyncio.Queue(QUEUE)
        self.readers[article_id].add(queue)
        self.count += 1
        return queue

    def leave(self, article_id: int, queue: asyncio.Queue[bytes | None]) -> None:
        """Let the queue hear nothing more."""
        if queue in self.readers.get(article_id, ()):
            self.readers[article_id].discard(queue)
            self.count -= 1
            if not self.readers[article_id]:
                del self.readers[article_id]
                self.heard.pop(article_id, None)

    def close(self) -> None:
        """Send everybody away: the process ends, and readers come back to the next."""
        for article_id, queues in list(self.readers.items()):
            for queue in list(queues):
                self.leave(article_id, queue)
                if queue.full():
                    queue.get_nowait()
                queue.put_nowait(None)


def event_of(happened: LivePostChanged, number: int) -> bytes:
    """Return the event as it is sent."""
    data = json.dumps({"number": number, "post_id": happened.post_id, "removed": happened.removed})
    return f"id: {number}\nevent: post\ndata: {data}\n\n".encode()


def missed(article_id: int, after: int | None, heard: int = 0) -> list[bytes] | None:
    """Return the events after this number; None where there are too many, or they are no longer known.

    Who names no number has just opened the page, which may lag a few seconds behind its discussion.
    """
    newest = latest_number()
    if after is None:
        return COMMENTS.after(article_id, recent_number(clock.now()), heard=heard, newest=newest, limit=REPLAY)
    oldest = FactRecord.objects.order_by("id").values_list("id", flat=True).first()
    if newest - after > FURTHEST or (oldest is not None and after + 1 < oldest and after > 0):
        return None
    comments = COMMENTS.after(article_id, after, heard=heard, newest=newest, limit=REPLAY)
    rows = FactRecord.objects.filter(name="LivePostChanged", id__gt=after, payload__article_id=article_id)
    found = list(rows.order_by("id").values_list("id", "payload")[: REPLAY + 1])
    if comments is None or len(found) > REPLAY:
        return None
    posts = [
        f"id: {number}\nevent: post\ndata: "
        f"{json.dumps({'number': number, 'post_id': data['post_id'], 'removed': data['removed']})}\n\n".encode()
        for number, data in found
    ]
    return sorted([*posts, *comments], key=_number)


def _number(event: bytes) -> int:
    return int(event[4 : event.index(b"\n")])


def _followed(public_id: int) -> tuple[int, int] | None:
    """Return the database id of the public article and the newest fact's number."""
    article = article_by_number(public_id)
    return (article.pk, latest_number()) if article is not None else None


class LiveStreams:
    """Answers `/live/<public_id>/stream`."""

    def __init__(self, hub: Hub, in_thread: Callable[..., Any] | None = None) -> None:
        self.hub = hub
        self.in_thread = in_thread or (lambda function, *args: sync_to_async(function)(*args))

    async def answer(self, public_id: int, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream the article's posts and comments until the reader leaves."""
        if self.hub.count >= MOST_STREAMS:
            await refuse(send, 503, scope, ("Retry-After", "30"))
            return
        found = await self.in_thread(_followed, public_id)
        if found is None:
            await refuse(send, 404, scope)
            return
        article_id, newest = found
        queue = self.hub.join(article_id)
        try:
            after = _last_seen(scope)
            heard = self.hub.heard.get(article_id, 0)
            old = await self.in_thread(missed, article_id, after, heard)
            await send({"type": "http.response.start", "status": 200, "headers": encoded(_HEADERS)})
            hello = f"retry: 3000\nevent: ready\ndata: {json.dumps({'number': newest})}\n\n".encode()
            first = [hello, *(old if old is not None else [b"event: reload\ndata: {}\n\n"])]
            await send({"type": "http.response.body", "body": b"".join(first), "more_body": True})
            seen = set(old or ())
            await self._run(queue, seen, receive, send)
        finally:
            self.hub.leave(article_id, queue)

    async def _run(self, queue: asyncio.Queue[bytes | None], seen: set[bytes], receive: Receive, send: Send) -> None:
        gone = asyncio.ensure_future(_gone(receive))
        try:
            while not gone.done():
                coming = asyncio.ensure_future(queue.get())
                done, _ = await asyncio.wait({coming, gone}, timeout=HEARTBEAT_SECONDS, return_when="FIRST_COMPLETED")
                if coming not in done:
                    coming.cancel()
                    if not done:
                        await send({"type": "http.response.body", "body": b": still here\n\n", "more_body": True})
                    continue
                message = coming.result()
                if message is None:
                    break
                if message not in seen:
                    await send({"type": "http.response.body", "body": message, "more_body": True})
        finally:
            gone.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _last_seen(scope: Scope) -> int | None:
    """Return the number that the reader has seen last, None where it says nothing of it."""
    told = header(scope, b"last-event-id") or next(
        (part[6:] for part in scope["query_string"].decode("latin-1").split("&") if part.startswith("after=")), ""
    )
    return int(told) if told.isdigit() and len(told) < 19 else None
