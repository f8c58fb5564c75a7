"""Near-duplicate clusters: which comments of many are reworded from one text, whoever wrote them and wherever they stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from broadsheet.standards.text.fingerprint import ALIKE, CORE, OF_CORE, Fingerprint, Fingerprints, Rows, with_room

NEAREST = 64


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment among others: whose, where, when (with a time zone), and its fingerprint."""

    id: str
    author: str
    thread: str
    at: datetime
    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True)
class Cluster:
    """Comments in order of time, each a copy of at least two in five of the core: of the `likest` one and what is like it.

    `score` is how like that one the others are on average, 0 where there are none.
    """

    comments: tuple[Comment, ...]
    likest: Comment
    score: float
    is_flash_mob: bool

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote them, in order of name."""
        return tuple(sorted({comment.author for comment in self.comments}))


@dataclass(frozen=True, slots=True)
class FlashMob:
    """From how many accounts and comments on a cluster is a flash mob, and how far apart in time two copies may be."""

    accounts: int = 5
    comments: int = 5
    window: timedelta = timedelta(hours=72)


class Clusters:
    """The clusters of the latest comments, `most` of them, which are added one by one.

    For the same comments the answers are the same in whatever order they came. A comment is compared with all that are
    within the window at once: at ten thousand this takes a millisecond, and loses none, as an index by bands would.
    """

    def __init__(self, rule: FlashMob | None = None, most: int = 20_000) -> None:
        self.rule = rule or FlashMob()
        self.most = most
        self._window = self.rule.window.total_seconds()
        self._comments: list[Comment] = []
        self._rows: dict[str, int] = {}
        self._prints = Fingerprints()
        self._times: NDArray[np.float64] = np.zeros(0)
        self._latest: NDArray[np.float64] = np.zeros(0)  # up to each row: what is before the window can be passed over
        self._copies: NDArray[np.int64] = np.zeros(0, np.int64)  # how many copies each row has

    def __len__(self) -> int:
        return len(self._comments)

    def add(self, comment: Comment) -> None:
        """Take one more comment; one with an id that is known replaces the earlier one.

        Of more than `most` the oldest are forgotten, an eighth of them at once.
        """
        if comment.id in self._rows:
            self._keep(np.array([row for row in range(len(self)) if row != self._rows[comment.id]], np.intp))
        if len(self) >= self.most:
            self._keep(np.sort(self._by_time(range(len(self)))[max(1, self.most // 8) :]).astype(np.intp))
        row = len(self)
        if row == len(self._times):
            self._times, self._latest = with_room(self._times, row + 1), with_room(self._latest, row + 1)
            self._copies = with_room(self._copies, row + 1)
        at = comment.at.timestamp()
        self._times[row] = at
        self._latest[row] = max(at, self._latest[row - 1]) if row else at
        self._prints.append(comment.fingerprint)
        self._comments.append(comment)
        self._rows[comment.id] = row
        near = np.flatnonzero(self._like(row) >= ALIKE)
        self._copies[near] += 1
        self._copies[row] = max(0, len(near) - 1)  # it is near itself, where it is not too short

    def forget(self, before: datetime) -> None:
        """Forget the comments that were written before."""
        self._keep(np.flatnonzero(self._times[: len(self)] >= before.timestamp()))

    def near(self, fingerprint: Fingerprint, at: datetime) -> list[Comment]:
        """Return the likest copies within the window, the likest first: at most 64."""
        alike = self._prints.alike(fingerprint)
        alike[np.abs(self._times[: len(self)] - at.timestamp()) > self._window] = 0
        found = self._by_time(np.flatnonzero(alike >= ALIKE))
        return [self._comments[row] for row in sorted(found, key=lambda row: -alike[row])[:NEAREST]]

    def of(self, id_: str) -> Cluster:
        """Return the cluster around that copy of the comment, or itself, which has most copies; alone where it is none's.

        Raises `KeyError` where the comment is not, or no longer, known.
        """
        row = self._rows[id_]
        near = np.flatnonzero(self._like(row) >= ALIKE)
        if len(near) > 1:
            midst = self._by_copies(near)[0]
            members = self._around(midst, np.ones(len(self), bool))
            if row in members:
                return self._cluster(midst, members)
        return self._cluster(row, np.array([row], np.intp))

    def all(self) -> Iterator[Cluster]:
        """Yield the clusters of two and more, those around the comment with most copies first; none has a comment of another."""
        free = self._copies[: len(self)] > 0
        for midst in self._by_copies(np.flatnonzero(free)):
            if not free[midst]:
                continue
            members = self._around(midst, free)
            free[members] = False
            if len(members) > 1:
                yield self._cluster(midst, members)

    def _like(self, row: int) -> NDArray[np.float32]:
        """Return how like a row each is, 0 beyond the window."""
        at = self._times[row]
        # Whatever stands before the first row up to which one lies within the window is older than the window.
        since = int(np.searchsorted(self._latest[: len(self)], at - self._window))
        found = np.zeros(len(self), np.float32)
        found[since:] = self._prints.like(row, since=since)
        found[np.abs(self._times[: len(self)] - at) > self._window] = 0
        return found

    def _around(self, midst: int, free: NDArray[np.bool_]) -> Rows:
        """Return the members of the cluster around a row, of those that are free: at least itself."""
        alike = self._like(midst)
        near = self._by_time(np.flatnonzero((alike >= ALIKE) & free))
        core = sorted((row for row in near if row != midst), key=lambda row: -alike[row])[: CORE - 1]
        votes = (alike >= ALIKE).astype(np.int64)
        for row in core:
            votes += self._like(row) >= ALIKE
        members = (votes >= OF_CORE * (len(core) + 1)) & free
        members[midst] = True
        return np.flatnonzero(members)

    def _cluster(self, midst: int, members: Rows) -> Cluster:
        rows = self._by_time(members)
        alike = self._like(midst)
        others = [float(alike[row]) for row in rows if row != midst]
        comments = tuple(self._comments[row] for row in rows)
        accounts = len({comment.author for comment in comments})
        return Cluster(
            comments,
            self._comments[midst],
            sum(others) / len(others) if others else 0.0,
            accounts >= self.rule.accounts and len(comments) >= self.rule.comments,
        )

    def _by_time(self, rows: Iterable[int]) -> list[int]:
        return sorted(map(int, rows), key=lambda row: (self._times[row], self._comments[row].id))

    def _by_copies(self, rows: Iterable[int]) -> list[int]:
        return sorted(self._by_time(rows), key=lambda row: -self._copies[row])

    def _keep(self, rows: Rows) -> None:
        """Keep these rows alone, in their order."""
        gone = np.ones(len(self), bool)
        gone[rows] = False
        for row in np.flatnonzero(gone & (self._copies[: len(self)] > 0)).tolist():
            self._copies[: len(self)] -= self._like(row) >= ALIKE
        self._prints.keep(rows)
        self._comments = [self._comments[row] for row in rows]
        self._rows = {comment.id: row for row, comment in enumerate(self._comments)}
        self._times, self._copies = self._times[rows], self._copies[rows]
        self._latest = np.maximum.accumulate(self._times)
