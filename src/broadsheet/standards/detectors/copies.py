"""Near copies: the same text by other authors, reworded too, or again by the same one."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

import numpy as np

from broadsheet.standards.detectors.contract import Sighting, Use, option_number, option_set
from broadsheet.standards.detectors.fingerprinting import Fingerprinting
from broadsheet.standards.submission import Earlier, Submission
from broadsheet.standards.text import Seen
from broadsheet.standards.text.fingerprint import ALIKE, CORE, LEAST_WORDS, OF_CORE, Fingerprints, Numbers

EACH_MORE = 0.08


class Copies:
    """Compares with `neighbours` (of others) and `author_recent`, by letters and by meaning.

    It keeps the latest fingerprints of their texts, by a hash; neighbours that bring theirs cost next to nothing.
    Options: `of`, `others` and `author`; `hours`, how far back (72).
    """

    name, version, cost = "copies", 2, 3
    needs: tuple[str, ...] = ("neighbours", "author_recent", "author")
    clauses: Mapping[str, Mapping[str, object]] = {
        "FLASHMOB": {"of": ("others",)}, "FLOOD": {"of": ("author",)}, "SPAM": {"of": ("author", "others")},
    }  # fmt: skip
    languages: frozenset[str] = frozenset()

    def __init__(self, fingerprinting: Fingerprinting | None = None) -> None:
        self._fingerprinting = fingerprinting or Fingerprinting()

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield how like the likest copy is; each further author who has one makes it surer.

        An author counts whose copy is like two in five of the others: a mob has one text, whereas of what many say about
        one thing each is like some other.
        """
        of = option_set(use, "of") or frozenset({"others"})
        earlier = (*submission.neighbours, *submission.author_recent)
        if not earlier or len(seen.words) < LEAST_WORDS:
            return
        table, alike = seen.keep("copies", lambda: self._compared(seen, submission))
        window = timedelta(hours=option_number(use, "hours", 72))
        copies = [
            row
            for row in np.argsort(-alike, kind="stable")[: np.count_nonzero(alike >= ALIKE)]
            if _is_asked_for(row, submission, of) and _is_within(earlier[row], submission, window)
        ][:CORE]
        if not copies:
            return
        near = table.among(np.array(copies, np.intp)) >= ALIKE
        counted = {
            earlier[row].author for row, share in zip(copies, near.mean(axis=1), strict=True) if share >= OF_CORE
        }
        yield Sighting(min(1.0, float(alike[copies[0]]) + EACH_MORE * max(0, len(counted) - 1)))

    def _compared(self, seen: Seen, submission: Submission) -> tuple[Fingerprints, Numbers]:
        """Return the fingerprints of what was there before, and how like the comment each is."""
        earlier = (*submission.neighbours, *submission.author_recent)
        table = Fingerprints.of(self._fingerprinting.of_earlier(earlier, submission.edition_language))
        return table, table.alike(self._fingerprinting.of(seen, submission))


def _is_asked_for(row: int, submission: Submission, of: frozenset[str]) -> bool:
    """Say whether the row is one of the authors that are compared with."""
    if row >= len(submission.neighbours):
        return "author" in of
    return "others" in of and submission.neighbours[row].author != submission.author


def _is_within(one: Earlier, submission: Submission, window: timedelta) -> bool:
    return submission.at is None or abs(submission.at - one.at) <= window
