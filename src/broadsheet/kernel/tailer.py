"""Reads the log of facts in every process and tells its followers.

Numbers ascend, but on PostgreSQL a lower number can become visible after a higher one, when its transaction
took longer. Gaps are therefore remembered and asked for again until they fill, or until a minute has passed and
every transaction that ran when the gap was seen has ended (a number of a transaction rolled back never fills).
"""

import logging
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from operator import or_
from pathlib import Path

from django.db import close_old_connections, connection
from django.db.models import Max, Min, Q

from broadsheet.kernel import wake
from broadsheet.kernel.facts import Fact, Registry, from_payload
from broadsheet.kernel.loops import Loop
from broadsheet.kernel.models import FactRecord

log = logging.getLogger("broadsheet.tailer")
GAP_SECONDS = 60.0
BATCH = 500
LOOK_BACK = 2000  # how many facts before the newest are looked at for gaps by a reader that begins there
Listener = Callable[[Fact, int, tuple[str, ...]], None]


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers from `first` to `last` that may still become visible.

    That is over when the time `until` has come and no transaction older than `horizon` runs any more.
    """

    first: int
    last: int
    until: float
    horizon: int

    def without(self, numbers: Iterable[int]) -> list["Gap"]:
        """Return what is left of the gap when these numbers, in order, have been seen."""
        left, first = [], self.first
        for number in numbers:
            if first <= number <= self.last:
                left.append(replace(self, first=first, last=number - 1))
                first = number + 1
        left.append(replace(self, first=first))
        return [gap for gap in left if gap.first <= gap.last]


class Cursor:
    """How far one reader has read, with the gaps behind it; kept in a file where a path is given."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.at: int | None = None
        self.gaps: list[Gap] = []
        if path is not None and path.exists():
            text = path.read_text(encoding="ascii", errors="ignore").strip()
            self.at = int(text) if text.isdigit() else None

    @property
    def lost(self) -> bool:
        """Whether there is no position, or facts after it are already pruned: the reader must start anew."""
        if self.at is None:
            return True
        ends = FactRecord.objects.aggregate(oldest=Min("id"), newest=Max("id"))
        if ends["newest"] is None:
            return self.at > 0  # the log always keeps its newest fact: this is another one
        return bool(ends["newest"] < self.at or ends["oldest"] > self.at + 1)

    def start_at_end(self) -> None:
        """Stand at the newest fact, with an eye on those before it whose transactions have not ended yet."""
        newest = FactRecord.objects.order_by("-id").values_list("id", flat=True)[:LOOK_BACK]
        seen = sorted(newest)
        self.at = seen[-1] if seen else 0
        self.gaps = self._gaps_between(seen)
        self.keep()

    def keep(self) -> None:
        """Write the position down: the lowest gap counts, so that nothing is skipped after a restart."""
        if self.path is None or self.at is None:
            return
        safe = min([self.at, *(gap.first - 1 for gap in self.gaps)])
        temporary = self.path.with_suffix(f".{os.getpid()}.tmp")  # of one store's several processes, each has its own
        temporary.write_text(str(safe), encoding="ascii")
        temporary.replace(self.path)

    def read(self) -> list[FactRecord]:
        """Return the facts not seen before, in order of number, and move on."""
        if self.at is None:
            self.start_at_end()
        late = self._read_late() if self.gaps else []
        fresh = list(FactRecord.objects.filter(id__gt=self.at).order_by("id")[:BATCH])
        if fresh:
            numbers = [record.pk for record in fresh]
            self.gaps += self._gaps_between([self.at or 0, *numbers])
            self.at = numbers[-1]
        if fresh or late:
            self.keep()
        return late + fresh

    def _read_late(self) -> list[FactRecord]:
        """Return what has come to fill gaps, and forget the gaps that can't be filled any more."""
        now, running = time.monotonic(), _oldest_running()
        within = reduce(or_, (Q(id__range=(gap.first, gap.last)) for gap in self.gaps))
        late = list(FactRecord.objects.filter(within).order_by("id")[:BATCH])
        numbers = [record.pk for record in late]
        left = [part for gap in self.gaps for part in gap.without(numbers)]
        if len(late) < BATCH:
            left = [gap for gap in left if gap.until > now or gap.horizon > running]
        self.gaps = left
        return late

    @staticmethod
    def _gaps_between(numbers: list[int]) -> list[Gap]:
        pairs = [(one, other) for one, other in pairwise(numbers) if other > one + 1]
        if not pairs:
            return []
        until, horizon = time.monotonic() + GAP_SECONDS, _next_to_run()
        return [Gap(one + 1, other - 1, until, horizon) for one, other in pairs]


def _oldest_running() -> int:
    """Return the number of the oldest transaction that writes now, or of the next; 0 on SQLite, which has one."""
    return _snapshot("xmin")


def _next_to_run() -> int:
    """Return a number that no transaction running now has reached; 0 on SQLite."""
    return _snapshot("xmax")


def _snapshot(end: str) -> int:
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_snapshot_{end}(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def latest_number() -> int:
    """Return the number of the newest fact, 0 where there is none."""
    return FactRecord.objects.aggregate(newest=Max("id"))["newest"] or 0


class Tailer(Loop):
    """The loop that tells this process's followers what was announced anywhere, within half a second."""

    name = "tailer"

    def __init__(self, listeners: tuple[Listener, ...] = (), interval: float = 0.25) -> None:
        super().__init__()
        self.cursor = Cursor()
        self.listeners = listeners
        self.interval = interval

    def turn(self) -> None:
        """Tell the news, then sleep until the bell or the interval."""
        close_old_connections()
        records = self.cursor.read()
        for record in records:
            self.tell(record)
        if not records:
            self.heard = wake.wait(self.interval, self.heard)

    def tell(self, record: FactRecord) -> None:
        """Let every follower hear one fact; one that raises doesn't keep the others from hearing."""
        happened = from_payload(record.name, record.payload)
        if happened is None:
            return
        for path, follower in Registry.followers.get(record.name, {}).items():
            try:
                follower(happened, record.pk)
            except Exception as error:
                log.warning("follower %s failed: %s", path, type(error).__name__, exc_info=error)
        for listener in self.listeners:
            try:
                listener(happened, record.pk, tuple(record.keys))
            except Exception as error:
                log.warning("a listener failed: %s", type(error).__name__, exc_info=error)
