"""The rules of the written language: capitals throughout, text not broken into sentences."""

import re
from collections.abc import Iterator, Mapping

from broadsheet.standards.detectors.contract import Sighting, Use, option_number
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen

_WORD = re.compile(r"[^\W\d_]{2,}")
_SHOUTED = re.compile(r"[A-Z]{5}")
_END = re.compile(r"[.!?…\n;:,\u061f\u060c\u061b\u3002\uff01\uff1f\u0964]")
_SENTENCE = re.compile(r"[.!?…\n\u061f\u061b\u3002\uff01\uff1f\u0964]")
LEAST_WORDS, LEAST_LETTERS = 4, 16  # fewer capitals are a cry or initials
CASELESS = 0.75  # scripts without case write articles and prepositions onto their words: fewer words, as much text
_SPAN = re.compile(r"\S+(?:\s+\S+)*")


class Capitals:
    """Finds capitals, where the script has them, and unbroken text. Option `unbroken`: words without a sentence's end
    from which on a text counts as unbroken (52).
    """

    name, version, cost = "capitals", 1, 1
    needs: tuple[str, ...] = ()
    clauses: Mapping[str, Mapping[str, object]] = {"FORM": {}}
    languages: frozenset[str] = frozenset()

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield a sighting of the whole for capitals, and one for each unbroken stretch."""
        text = seen.original
        if not text.isascii() or _SHOUTED.search(text):
            yield from self._capitals(seen)
        most = option_number(use, "unbroken", 52)
        if text.lower() == text.upper():
            most *= CASELESS
        if len(seen.words) <= most:
            return
        start = 0
        for end in [*(match.start() for match in _SENTENCE.finditer(text)), len(text)]:
            stretch = text[start:end]
            words = len(stretch.split())
            if words > most and words > 0.7 * len(seen.words):
                commas = len(_END.findall(stretch))
                yield Sighting(min(0.95, 0.55 + 0.1 * words / most) if commas * 20 < words else 0.5, ((start, end),))
            start = end + 1

    @staticmethod
    def _capitals(seen: Seen) -> Iterator[Sighting]:
        text = seen.original
        for link in reversed(seen.links):
            text = text[: link.start] + " " * (link.end - link.start) + text[link.end :]
        words = _WORD.findall(text)
        cased = [word for word in words if word.lower() != word.upper()]
        shouted = [word for word in cased if word.isupper()]
        letters = sum(map(len, shouted))
        if len(shouted) < LEAST_WORDS or letters < LEAST_LETTERS or max(map(len, shouted)) < 5:
            return
        share = letters / sum(map(len, cased))
        if share > 0.4:
            whole = _SPAN.search(seen.original.rstrip())
            yield Sighting(round(min(1.0, share), 3), (whole.span(),) if whole else ())
