"""Flooding: many comments by one author in a short time, the more so where they say little or nothing new."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from broadsheet.standards.detectors.contract import Sighting, Use, option_number
from broadsheet.standards.submission import Earlier, Submission
from broadsheet.standards.text import Seen
from broadsheet.standards.text.fingerprint import Fingerprint
from broadsheet.standards.text.folding import folded

FEW_WORDS = 4


class Flood:
    """Counts the author's latest comments. Options: `minutes` (5) and `most` (8): a comment that says little counts twice,
    and `most` of them score 0.6.
    """

    name, version, cost = "flood", 1, 1
    needs: tuple[str, ...] = ("author_recent", "at")
    clauses: Mapping[str, Mapping[str, object]] = {"FLOOD": {}}
    languages: frozenset[str] = frozenset()

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield how far the author is beyond the measure."""
        if submission.at is None or not submission.author_recent:
            return
        window = timedelta(minutes=option_number(use, "minutes", 5))
        most = option_number(use, "most", 8)
        said: set[str | bytes] = {folded(submission.text).strip()}
        if any(one.fingerprint for one in submission.author_recent):
            said.add(Fingerprint.of(seen).letters)
        weight = 2 if len(seen.words) < FEW_WORDS else 1
        for one in submission.author_recent:
            if timedelta(0) <= submission.at - one.at <= window:
                text, words = _said(one)
                weight += 2 if text in said or words < FEW_WORDS else 1
                said.add(text)
        yield Sighting(min(0.95, 0.6 * weight / most))


def _said(one: Earlier) -> tuple[str | bytes, int]:
    """Return what an earlier comment said, as far as it can be told from others, and in how many words."""
    if one.fingerprint:
        return one.fingerprint.letters, one.fingerprint.words
    text = folded(one.text).strip()
    return text, len(text.split())
