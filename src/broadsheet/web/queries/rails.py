"""News and Multimedia of an edition, as they stand beside and under every article (PAGE-05).

They are the same for all articles of an edition, so a serving process holds them until it hears of a change.
Where no tailer runs in this process, nothing would be heard: then every page asks afresh.
"""

import threading
import time
from dataclasses import dataclass

from broadsheet.newsroom.conf import MULTIMEDIA
from broadsheet.newsroom.queries.cards import ArticleCard, newest
from broadsheet.web.conf import RAIL_MULTIMEDIA, RAIL_NEWS, RAIL_SECONDS


@dataclass(frozen=True, slots=True)
class Rails:
    """The newest of an edition and its newest multimedia, one more of each than a page shows."""

    news: tuple[ArticleCard, ...]
    multimedia: tuple[ArticleCard, ...]

    def without(self, article_id: int) -> "Rails":
        """Return what the page of this article shows: not itself."""
        return Rails(
            tuple(card for card in self.news if card.id != article_id)[:RAIL_NEWS],
            tuple(card for card in self.multimedia if card.id != article_id)[:RAIL_MULTIMEDIA],
        )


_lock = threading.Lock()
_held: dict[int, tuple[float, Rails]] = {}
_generation = 0


def forget_rails() -> None:
    """Ask afresh at the next page."""
    global _generation  # noqa: PLW0603 - one memory a process
    with _lock:
        _held.clear()
        _generation += 1


def rails(edition_id: int) -> Rails:
    """Return the rails of the edition."""
    found = _held.get(edition_id)
    if found is not None and time.monotonic() - found[0] < RAIL_SECONDS and listening():
        return found[1]
    with _lock:
        generation = _generation
    fresh = Rails(
        tuple(newest(edition_id, count=RAIL_NEWS + 1, signed=False)),
        tuple(newest(edition_id, kinds=MULTIMEDIA, count=RAIL_MULTIMEDIA + 1, signed=False)),
    )
    with _lock:
        if generation == _generation:
            _held[edition_id] = (time.monotonic(), fresh)
    return fresh


def listening() -> bool:
    """Return whether this process hears of changes."""
    return any(thread.name == "tailer" and thread.is_alive() for thread in threading.enumerate())
