"""Live streams of server-sent events.

A stream belongs to an article: it carries the posts of a live blog and the comments of any article.
"""

import asyncio
import json
from collections.abc import Callable
from random import randint
from typing import Any

from asgiref.sync import sync_to_async
from django.db import close_old_connections

from broadsheet.delivery.engines.bridge import Receive, Scope, Send
from broadsheet.delivery.engines.comment_events import Missed
from broadsheet.delivery.engines.hub import Hub, Waiting, post_event
from broadsheet.delivery.engines.plain_answers import encoded, header, refuse
from broadsheet.delivery.engines.stream_connections import HAND_OVER, StreamConnection
from broadsheet.discussion.queries.changes import FURTHEST, recent_number
from broadsheet.kernel import clock
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.tailer import latest_number
from broadsheet.newsroom.queries.articles import article_by_number

COME_BACK = (2000, 5000)  # milliseconds after which a reader comes back whose stream broke off
KNOWN_SECONDS = 0.5
REPLAY = 200  # more than so many missed posts or comments: the page is loaded afresh instead
COMMENTS = Missed()
MOST_STREAMS = 20_000
_HEADERS = (
    ("Content-Type", "text/event-stream; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("X-Accel-Buffering", "no"),
    ("X-Content-Type-Options", "nosniff"),
)
_ENCODED = encoded(list(_HEADERS))


def missed(article_id: int, after: int | None, newest: int, heard: int = 0) -> list[bytes] | None:
    """Return the events after this number up to the newest; None where there are too many, or they are not known.

    Who names no number has just opened the page, which may lag a few seconds behind its discussion.
    """
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
    posts = [post_event(number, data["post_id"], removed=data["removed"]) for number, data in found]
    return sorted([*posts, *comments], key=_number)


def _number(event: bytes) -> int:
    return int(event[4 : event.index(b"\n")])


def _followed(public_id: int) -> int | None:
    """Return the database id of the public article."""
    close_old_connections()
    article = article_by_number(public_id)
    return article.pk if article is not None else None


def _first(article_id: int, after: int | None, heard: int) -> list[bytes]:
    """Return what a reader is told who begins to listen; how soon it comes back is drawn, lest all come at once."""
    close_old_connections()
    number = latest_number()
    old = missed(article_id, after, number, heard)
    back = randint(*COME_BACK)  # noqa: S311 - no secret
    hello = f"retry: {back}\nevent: ready\ndata: {json.dumps({'number': number})}\n\n".encode()
    return [hello, *(old if old is not None else [b"event: reload\ndata: {}\n\n"])]


class LiveStreams:
    """Answers `/live/<public_id>/stream`."""

    def __init__(self, hub: Hub, in_thread: Callable[..., Any] | None = None) -> None:
        self.hub = hub
        self.in_thread = in_thread or (lambda function, *args: sync_to_async(function)(*args))
        self._known: dict[int, int] = {}  # of articles that somebody asked for within the second

    async def answer(self, public_id: int, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream the article's posts and comments until the reader leaves.

        Where the server hands connections over the stream is written there, and this returns when it has begun.
        """
        if self.hub.count >= MOST_STREAMS:
            await refuse(send, 503, scope, ("Retry-After", "30"))
            return
        article_id = self._known.get(public_id) or await self._find(public_id)
        if article_id is None:
            await refuse(send, 404, scope)
        elif scope["method"] == "HEAD":
            await send({"type": "http.response.start", "status": 200, "headers": _ENCODED})
            await send({"type": "http.response.body", "body": b""})
        elif hand_over := (scope.get("extensions") or {}).get(HAND_OVER):
            await self._in_connection(article_id, scope, hand_over)
        else:
            await self._in_turn(article_id, scope, receive, send)

    async def _find(self, public_id: int) -> int | None:
        """Return the article's database id, and know it for a second: after a restart everybody comes back at once."""
        found: int | None = await self.in_thread(_followed, public_id)
        if found is not None:
            self._known[public_id] = found
            asyncio.get_running_loop().call_later(KNOWN_SECONDS, self._known.pop, public_id, None)
        return found

    async def _in_connection(self, article_id: int, scope: Scope, hand_over: Callable[..., Any]) -> None:
        reader = StreamConnection(self.hub)
        self.hub.join(article_id, reader)
        try:
            taken = hand_over(reader, _ENCODED, await self._told_first(article_id, scope))
        except BaseException:
            self.hub.leave(reader)
            raise
        if not taken:
            self.hub.leave(reader)

    async def _in_turn(self, article_id: int, scope: Scope, receive: Receive, send: Send) -> None:
        reader = Waiting()
        self.hub.join(article_id, reader)
        gone = asyncio.ensure_future(_gone(receive, reader))
        try:
            first = await self._told_first(article_id, scope)
            await send({"type": "http.response.start", "status": 200, "headers": _ENCODED})
            await send({"type": "http.response.body", "body": b"".join(first), "more_body": True})
            seen = frozenset(first)
            while (told := await reader.next()) is not None and not gone.done():
                if told.body not in seen:
                    await send({"type": "http.response.body", "body": told.body, "more_body": True})
        finally:
            gone.cancel()
            self.hub.leave(reader)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _told_first(self, article_id: int, scope: Scope) -> list[bytes]:
        found: list[bytes] = await self.in_thread(
            _first, article_id, _last_seen(scope), self.hub.heard.get(article_id, 0)
        )
        return found


async def _gone(receive: Receive, reader: Waiting) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    reader.end()


def _last_seen(scope: Scope) -> int | None:
    """Return the number that the reader has seen last, None where it says nothing of it."""
    told = header(scope, b"last-event-id") or next(
        (part[6:] for part in scope["query_string"].decode("latin-1").split("&") if part.startswith("after=")), ""
    )
    return int(told) if told.isdigit() and len(told) < 19 else None
