"""The background loops of a serving process."""

import asyncio
import time

from django.conf import settings

from broadsheet.delivery.engines.comment_events import CommentTeller
from broadsheet.delivery.engines.file_cache import Entry
from broadsheet.delivery.engines.hub import Hub
from broadsheet.delivery.engines.jobs import Jobs
from broadsheet.delivery.engines.pagestore import PageStore
from broadsheet.delivery.engines.purger import Purger
from broadsheet.delivery.engines.renewer import Renewer
from broadsheet.kernel.loops import Loop, further
from broadsheet.kernel.outbox import Deliverer
from broadsheet.kernel.schedule import Scheduler


class Loops:
    """Everything that works beside the requests: purging, renewing, delivering facts, periodic work and jobs."""

    def __init__(self, store: PageStore) -> None:
        self.store = store
        self.hub = Hub()
        self.renewer: Renewer | None = None
        self.running: list[Loop] = []
        self._asked: dict[str, float] = {}

    def start(self, loop: asyncio.AbstractEventLoop | None = None) -> None:
        """Let all loops run; the store is ready before, or pages are simply not stored."""
        self.hub.loop = loop
        self.renewer = Renewer(self.store)
        teller = CommentTeller(self.hub.is_heard, self.hub.send)
        purger = Purger(self.store, self.renewer, listeners=(self.hub.hear, teller.hear))
        purger.begin()
        own = [kind() for kind in further if kind.serving]
        self.running = [purger, self.renewer, teller, *own, *(work() if settings.WORK else [])]
        for each in self.running:
            each.start()
        RUNNING[:] = self.running

    def stop(self) -> None:
        """Let all loops end; what waits is done by another process or the next."""
        if self.hub.loop is not None and not self.hub.loop.is_closed():
            self.hub.loop.call_soon_threadsafe(self.hub.close)
        for each in self.running:
            each.stopping.set()
        for each in self.running:
            each.stop()
        self.running = []
        RUNNING.clear()

    def aged(self, page: str, entry: Entry) -> None:
        """Have the page renewed where it is older than it wants to be; asked at most once in ten seconds."""
        if entry.refresh_at is None or self.renewer is None:
            return
        now = time.time()
        if now < entry.refresh_at or now - self._asked.get(page, 0) < 10:
            return
        if len(self._asked) > 10_000:
            self._asked.clear()
        self._asked[page] = now
        self.renewer.ask(page)


def work() -> list[Loop]:
    """Return the loops, not started yet, whose work any process of the paper can do: one is enough for all."""
    return [Deliverer(), Scheduler(), Jobs(), *(kind() for kind in further if not kind.serving)]


RUNNING: list[Loop] = []  # the loops of this process, for `/health`
