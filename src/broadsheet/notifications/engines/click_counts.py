"""How often links of newsletters were opened, in memory until it is written in one go; of nobody, only how often."""

import threading

MOST_WAITING = 100_000  # places of issues; beyond this, what is new is dropped rather than memory filled
Clicks = dict[tuple[int, int], int]  # (issue, place) → how often


class ClickCounts:
    """The counts being gathered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._clicks: Clicks = {}

    def add(self, issue_id: int, place: int) -> None:
        """Note that the link was opened."""
        with self._lock:
            if len(self._clicks) < MOST_WAITING:
                self._clicks[issue_id, place] = self._clicks.get((issue_id, place), 0) + 1

    def take(self) -> Clicks:
        """Return what has gathered, and begin anew."""
        with self._lock:
            clicks, self._clicks = self._clicks, {}
        return clicks

    def give_back(self, clicks: Clicks) -> None:
        """Keep for the next writing what could not be written."""
        with self._lock:
            for key, count in clicks.items():
                self._clicks[key] = self._clicks.get(key, 0) + count


CLICKS = ClickCounts()
