"""New comments for live streams: each is rendered once a process, whoever listens (DIS-04).

How a comment looks is known to a domain above, which says so in `RENDER`.
"""

import json
import logging
import queue
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import close_old_connections

from broadsheet.discussion.queries.changes import Change, change_of, comment_changes
from broadsheet.kernel.facts import Fact
from broadsheet.kernel.loops import Loop

log = logging.getLogger("broadsheet.comments")
GATHER_SECONDS = 0.3  # what comes within is rendered and sent together
WAIT_SECONDS = 0.5
HELD = 2_000  # answers to readers who come back, held for the next
HELD_BYTES = 16_000_000  # what these weigh together at most
MOST_AT_ONCE = 40  # beyond, readers are told how many there are, and load the page when they want to see them
Render = Callable[[int, list[int]], list[dict[str, Any]]]


@dataclass
class Renderers:
    """Who renders comments: `render(article_id, comment_ids)` returns what browsers are told of each."""

    render: Render | None = None


RENDER = Renderers()


def told(number: int, shown: dict[str, Any]) -> bytes:
    """Return the event of one comment as it is sent."""
    data = json.dumps({"number": number, **shown}, ensure_ascii=False, separators=(",", ":"))
    return f"id: {number}\nevent: comment\ndata: {data}\n\n".encode()


def told_many(number: int, count: int) -> bytes:
    """Return the event that stands for more comments than are sent."""
    return f'id: {number}\nevent: comments\ndata: {{"number":{number},"count":{count}}}\n\n'.encode()


def rendered(article_id: int, changes: Iterable[Change]) -> list[tuple[int, dict[str, Any]]]:
    """Return what browsers are told of these changes, each comment as it is now, with the number of its fact."""
    numbers = {change.comment_id: change.number for change in changes}
    if RENDER.render is None or not numbers:
        return []
    return [(numbers[shown["id"]], shown) for shown in RENDER.render(article_id, sorted(numbers))]


@dataclass
class Missed:
    """What readers who come back are told, held so that a thousand of them ask the database once."""

    held: OrderedDict[tuple[int, int, int], list[bytes] | None] = field(default_factory=OrderedDict)
    weight: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def after(self, article_id: int, after: int, *, heard: int, newest: int, limit: int) -> list[bytes] | None:
        """Return the events after this number; None where there are too many.

        `heard` is the newest fact that this process passed on for the article: what was asked before it is stale.
        """
        key = (article_id, after, heard)
        with self.lock:
            if key in self.held:
                return self.held[key]
        changes = comment_changes(article_id, after=after, newest=newest, limit=limit)
        found = None if changes is None else [told(*pair) for pair in sorted(rendered(article_id, changes), key=_first)]
        if heard:
            self._hold(key, found)
        return found

    def _hold(self, key: tuple[int, int, int], found: list[bytes] | None) -> None:
        with self.lock:
            self.weight += _weight(found) - _weight(self.held.get(key))
            self.held[key] = found
            while self.held and (len(self.held) > HELD or self.weight > HELD_BYTES):
                self.weight -= _weight(self.held.popitem(last=False)[1])


def _weight(events: list[bytes] | None) -> int:
    return sum(map(len, events or ()))


def _first(pair: tuple[int, Any]) -> int:
    return pair[0]


class CommentTeller(Loop):
    """Renders what changed in threads that somebody listens to, beside the tailer, and passes it on."""

    name = "comments"

    def __init__(self, wanted: Callable[[int], bool], send: Callable[[int, bytes, int], None]) -> None:
        super().__init__()
        self.wanted = wanted
        self.send = send
        self.waiting: queue.SimpleQueue[tuple[int, Change]] = queue.SimpleQueue()

    def hear(self, happened: Fact, number: int, _keys: tuple[str, ...]) -> None:
        """Take note of a comment that came, changed or went; called by the tailer."""
        comment_id = change_of(happened)
        if comment_id is not None and self.wanted(happened.thread_id):  # type: ignore[attr-defined]  # a comment's fact
            self.waiting.put((happened.thread_id, Change(number, comment_id)))  # type: ignore[attr-defined]

    def turn(self) -> None:
        """Pass on what was gathered within a moment."""
        try:
            first = self.waiting.get(timeout=WAIT_SECONDS)
        except queue.Empty:
            return
        self.stopping.wait(GATHER_SECONDS)
        threads: dict[int, dict[int, Change]] = {}
        for article_id, change in [first, *self._rest()]:
            threads.setdefault(article_id, {})[change.comment_id] = change
        close_old_connections()
        for article_id, changes in threads.items():
            self._tell(article_id, list(changes.values()))

    def _rest(self) -> list[tuple[int, Change]]:
        found = []
        while not self.waiting.empty():
            found.append(self.waiting.get_nowait())
        return found

    def _tell(self, article_id: int, changes: list[Change]) -> None:
        newest = max(change.number for change in changes)
        try:
            events = [told(*pair) for pair in sorted(rendered(article_id, changes), key=_first)]
        except Exception as error:
            log.warning("comments were not rendered: %s", type(error).__name__, exc_info=error)
            return
        if len(events) > MOST_AT_ONCE:
            events = [told_many(newest, len(events))]
        if events:
            self.send(article_id, b"".join(events), newest)
