"""The latest comments' fingerprints in the memory of a process: what copies are found with, at no cost to the database."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from broadsheet.standards.clusters import NEAREST, Cluster, Clusters, Comment, FlashMob
from broadsheet.standards.submission import Earlier
from broadsheet.standards.text.fingerprint import ALIKE, Fingerprint, Fingerprints, with_room

RULE = FlashMob()
WITHIN = RULE.window  # copies that are farther apart in time are none
MOST = 20_000  # fingerprints in memory, 36 MB; finding the copies of one comment takes 2 ms then
AROUND = 256  # of a comment's copies, the newest: what the cluster around it is made of
PATIENCE = timedelta(seconds=60)  # a number that wasn't there after so long was never written
HOLES = 1_000  # numbers that are waited for, of the newest


@dataclass(frozen=True, slots=True)
class Row:
    """One fingerprint as it is stored: `number` ascends, though on PostgreSQL a lower one may be seen later."""

    number: int
    comment: Comment


class Nearby:
    """Fingerprints of the latest comments; may be asked from several threads.

    `wanted` says what is to be read of the table next, `take` takes it. Numbers that were passed over are waited for: on
    PostgreSQL, what is written at once is not seen in the order of its numbers.
    """

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self._prints, self._comments, self._rows = Fingerprints(), list[Comment](), dict[str, int]()
        self._times: NDArray[np.float64] = np.zeros(0)  # minus infinity where another row took the comment's place
        self._last = 0
        self._holes: dict[int, datetime] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def wanted(self) -> tuple[int, list[int]]:
        """Return the number after which everything is new (0: nothing was read yet), and lower ones that may still come."""
        with self._lock:
            return self._last, list(self._holes)

    def take(self, rows: Iterable[Row], now: datetime) -> None:
        """Remember the rows; one of a comment that is known takes the place of the earlier one."""
        with self._lock:
            first = not self._last
            for row in sorted(rows, key=lambda row: row.number):
                if self._is_new(row.number, now):
                    self._add(row.comment)
            # Whatever was passed over in all that was there at the beginning was never written, or is long gone.
            waiting = list(self._holes.items())[-HOLES:] if not first else []
            self._holes = {number: since for number, since in waiting if now - since <= PATIENCE}
            if len(self._comments) > self.most + self.most // 8:
                self._compact()

    def copies_for(self, fingerprint: Fingerprint, author: str, at: datetime) -> tuple[Earlier, ...]:
        """Return the likest copies that others wrote, the likest first."""
        return tuple(
            Earlier("", one.at, one.thread, one.author, one.fingerprint)
            for one in self.near(fingerprint, at)
            if one.author != author
        )

    def near(self, fingerprint: Fingerprint, at: datetime, *, earlier: bool = False) -> list[Comment]:
        """Return the likest copies within 72 hours, or of these the earlier ones, the likest first, at most 64."""
        with self._lock:
            alike = self._alike(fingerprint, at)
            if earlier:
                alike[self._times[: len(self._comments)] > at.timestamp()] = 0
            found = np.flatnonzero(alike >= ALIKE)
            likest = found[np.argsort(-alike[found], kind="stable")][:NEAREST]
            return [self._comments[row] for row in likest]

    def known(self, id_: str) -> Comment | None:
        """Return the comment; None where it is not, or no longer, known."""
        with self._lock:
            return self._comments[self._rows[id_]] if id_ in self._rows else None

    def cluster_of(self, id_: str) -> Cluster | None:
        """Return the cluster that the comment belongs to, made of its newest copies; None where it is not known."""
        with self._lock:
            if id_ not in self._rows:
                return None
            one = self._comments[self._rows[id_]]
            found = np.flatnonzero(self._alike(one.fingerprint, one.at) >= ALIKE)
            around = [self._comments[row] for row in found[-AROUND:]]
        clusters = Clusters(RULE)
        for other in (*(other for other in around if other.id != id_), one):
            clusters.add(other)
        return clusters.of(id_)

    def forget(self) -> None:
        """Begin anew, as a process does."""
        with self._lock:
            self._begin()

    def _is_new(self, number: int, now: datetime) -> bool:
        if number <= self._last:
            return self._holes.pop(number, None) is not None  # else another thread read it, too
        if self._last:
            self._holes.update(dict.fromkeys(range(max(self._last + 1, number - HOLES), number), now))
        self._last = number
        return True

    def _add(self, comment: Comment) -> None:
        before, at = self._rows.get(comment.id), len(self._comments)
        if before is not None:
            self._times[before] = -np.inf
        if at == len(self._times):
            self._times = with_room(self._times, at + 1)
        self._times[at] = comment.at.timestamp()
        self._prints.append(comment.fingerprint)
        self._comments.append(comment)
        self._rows[comment.id] = at

    def _alike(self, fingerprint: Fingerprint, at: datetime) -> NDArray[np.float32]:
        alike = self._prints.alike(fingerprint)
        alike[np.abs(self._times[: len(self._comments)] - at.timestamp()) > WITHIN.total_seconds()] = 0
        return alike

    def _compact(self) -> None:
        """Keep the newest, and nothing whose place another took."""
        kept = np.sort(np.fromiter(self._rows.values(), np.intp))[-self.most :]
        self._prints.keep(kept)
        self._comments = [self._comments[row] for row in kept]
        self._times = self._times[kept]
        self._rows = {comment.id: row for row, comment in enumerate(self._comments)}


nearby = Nearby()  # the process's own
