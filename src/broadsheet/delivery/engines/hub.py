"""Who listens to which article: one hub a process, fed by its tailer, heard by as many readers as hold a stream."""

import asyncio
import json
import logging
from collections import defaultdict, deque
from typing import NamedTuple, Protocol

from broadsheet.kernel.facts import Fact
from broadsheet.newsroom.facts import LivePostChanged

log = logging.getLogger("broadsheet.streams")
HEARTBEAT_SECONDS = 25.0
SLICES = 25  # a heartbeat goes to a part of the readers at a time
AT_ONCE = 250  # so many are told before pages have their turn again
QUEUE = 64  # a reader of a server that takes no connections over, and who falls so far behind, is sent away


class Event(NamedTuple):
    """What is told to everybody: as it is, and as a piece of a chunked answer, made once for all."""

    body: bytes
    chunk: bytes


def event(body: bytes) -> Event:
    """Return the event in both forms."""
    return Event(body, b"%x\r\n%b\r\n" % (len(body), body))


def post_event(number: int, post_id: int, *, removed: bool) -> bytes:
    """Return what readers of a live blog are told of a post that came, changed or went."""
    data = json.dumps({"number": number, "post_id": post_id, "removed": removed})
    return f"id: {number}\nevent: post\ndata: {data}\n\n".encode()


HEARTBEAT = event(b": still here\n\n")


class Listener(Protocol):
    """One reader of an article."""

    def put(self, told: Event) -> bool:
        """Tell the reader; False where it is too far behind to be told."""

    def end(self) -> None:
        """Send the reader away; it comes back with the last number."""


class Waiting:
    """A reader whose stream is written by somebody who waits for `next`."""

    def __init__(self) -> None:
        self.told: deque[Event] = deque()
        self.ended = False
        self._news = asyncio.Event()

    def put(self, told: Event) -> bool:
        """Keep the event until it is asked for."""
        if len(self.told) >= QUEUE:
            return False
        self.told.append(told)
        self._news.set()
        return True

    def end(self) -> None:
        """Let what is kept be the last."""
        self.ended = True
        self._news.set()

    async def next(self) -> Event | None:
        """Return the next event, None after the last."""
        while not self.told:
            if self.ended:
                return None
            self._news.clear()
            await self._news.wait()
        return self.told.popleft()


class Hub:
    """Told in any thread, it tells in the event loop, everybody in the same order."""

    def __init__(self) -> None:
        self.loop: asyncio.AbstractEventLoop | None = None
        self.readers: dict[int, set[Listener]] = defaultdict(set)
        self.heard: dict[int, int] = {}  # article → newest fact passed on while somebody listens
        self.count = 0
        self._articles: dict[Listener, int] = {}
        self._slices: list[set[Listener]] = [set() for _slice in range(SLICES)]
        self._at = 0
        self._timer: asyncio.TimerHandle | None = None
        self._telling: deque[tuple[list[Listener], Event]] = deque()

    def hear(self, happened: Fact, number: int, _keys: tuple[str, ...]) -> None:
        """Pass a live post on to those who listen; called by the tailer."""
        if isinstance(happened, LivePostChanged):
            message = post_event(number, happened.post_id, removed=happened.removed)
            self.send(happened.article_id, message, number)

    def is_heard(self, article_id: int) -> bool:
        """Return whether anybody listens; asked in any thread."""
        return article_id in self.readers

    def send(self, article_id: int, message: bytes, number: int) -> None:
        """Pass events on to those who listen; called in any thread."""
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.tell, article_id, message, number)

    def tell(self, article_id: int, message: bytes, number: int = 0) -> None:
        """Pass events on to those who listen now, so many at a time that pages needn't wait; called in the loop."""
        if article_id in self.readers:
            self.heard[article_id] = max(number, self.heard.get(article_id, 0))
            self._tell(list(self.readers[article_id]), event(message))

    def join(self, article_id: int, listener: Listener) -> None:
        """Let the listener hear the article from now on, and a heartbeat now and then."""
        self.readers[article_id].add(listener)
        self._articles[listener] = article_id
        self._slices[self._at - 1].add(listener)
        self.count += 1
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(HEARTBEAT_SECONDS / SLICES, self._beat)

    def leave(self, listener: Listener) -> None:
        """Let the listener hear nothing more."""
        article_id = self._articles.pop(listener, None)
        if article_id is None:
            return
        self.count -= 1
        for each in self._slices:
            each.discard(listener)
        self.readers[article_id].discard(listener)
        if not self.readers[article_id]:
            del self.readers[article_id]
            self.heard.pop(article_id, None)

    def close(self) -> None:
        """Send everybody away: the process ends, and readers come back to the next."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        for listener in list(self._articles):
            self.leave(listener)
            listener.end()

    def _beat(self) -> None:
        """Show that the stream lives to one part of the readers: what lies between drops silent connections."""
        self._timer = None
        if not self.count:
            return
        self._timer = asyncio.get_running_loop().call_later(HEARTBEAT_SECONDS / SLICES, self._beat)
        if part := self._slices[self._at]:
            self._tell(list(part), HEARTBEAT)
        self._at = (self._at + 1) % SLICES

    def _tell(self, listeners: list[Listener], told: Event) -> None:
        self._telling.append((listeners, told))
        if len(self._telling) == 1:
            self._go_on()

    def _go_on(self) -> None:
        listeners, told = self._telling[0]
        for listener in listeners[-AT_ONCE:]:
            if listener in self._articles and not _put(listener, told):
                self.leave(listener)
                listener.end()
        del listeners[-AT_ONCE:]
        if not listeners:
            self._telling.popleft()
        if self._telling:
            asyncio.get_running_loop().call_soon(self._go_on)


def _put(listener: Listener, told: Event) -> bool:
    try:
        return listener.put(told)
    except Exception as error:
        log.warning("a reader was not told: %s", type(error).__name__, exc_info=error)
        return False
