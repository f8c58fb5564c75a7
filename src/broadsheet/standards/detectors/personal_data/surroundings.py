"""What stands beside a number or a name and says what it is."""

import re
from typing import NamedTuple

from broadsheet.standards.detectors.reading import Groups
from broadsheet.standards.text import Seen

BEFORE = 40
_PRIVATE = re.compile(
    r"\b(?:private|personal|his|her|their|home|at home|privé|personnel|perso|son|sa|chez (?:lui|elle)|privat|seine?|ihre|zu hause)\b",
    re.IGNORECASE,
)


class Found(NamedTuple):
    """Something found in the original text, and how surely it is somebody's own."""

    score: float
    start: int
    end: int


class Surroundings:
    """Tells whether words of a group of the list `contact` stand close before a place in the original text."""

    def __init__(self, seen: Seen, found: Groups) -> None:
        self._text = seen.original
        self._ends = {
            key: sorted(seen.span(hit.start, hit.end)[1] for hit in hits)
            for key, hits in found.items() if key.startswith("contact.")
        }  # fmt: skip

    def count(self, group: str) -> int:
        """Return how many words of the group the text has."""
        return len(self._ends.get(f"contact.{group}", ()))

    def is_of_an_office(self, start: int) -> bool:
        """Say whether what stands there is an office's, not somebody's own who works there."""
        return self.speak_of("public", start) and not _PRIVATE.search(self._text, max(0, start - BEFORE), start)

    def speak_of(self, group: str, start: int, reach: int = BEFORE) -> bool:
        """Say whether a word of the group ends within the reach before the place."""
        return any(0 <= start - end <= reach for end in self._ends.get(f"contact.{group}", ()))
