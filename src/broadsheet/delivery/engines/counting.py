"""What is to be counted, in memory until it is written in one go: counting never slows a page."""

import threading
from dataclasses import dataclass, field
from datetime import date

MOST_WAITING = 200_000  # beyond this, views are dropped rather than memory filled


@dataclass(slots=True)
class Batch:
    """Views by day and key, and uses of short links, since the last writing."""

    views: dict[tuple[date, bytes], int] = field(default_factory=dict)
    uses: dict[int, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.views or self.uses)


class Counting:
    """The batch being filled."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._batch = Batch()

    def view(self, day: date, key: bytes, public_id: int) -> None:
        """Note one visitor's view of an article; the second of a day counts nothing."""
        with self._lock:
            if len(self._batch.views) < MOST_WAITING:
                self._batch.views[(day, key)] = public_id

    def use(self, public_id: int) -> None:
        """Note that an article's short link was followed."""
        with self._lock:
            self._batch.uses[public_id] = self._batch.uses.get(public_id, 0) + 1

    def take(self) -> Batch:
        """Return what has gathered, and begin anew."""
        with self._lock:
            batch, self._batch = self._batch, Batch()
        return batch

    def give_back(self, batch: Batch) -> None:
        """Keep for the next writing what could not be written."""
        with self._lock:
            batch.views.update(self._batch.views)
            for number, count in self._batch.uses.items():
                batch.uses[number] = batch.uses.get(number, 0) + count
            self._batch = batch


COUNTING = Counting()
