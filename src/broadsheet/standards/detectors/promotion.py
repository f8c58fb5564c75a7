"""Promotion: readers are sent to somebody's goods or services, with praise."""

from collections.abc import Iterator, Mapping

from broadsheet.standards.detectors.commerce import price
from broadsheet.standards.detectors.contract import Sighting, Use
from broadsheet.standards.detectors.lexicon import Lexicon
from broadsheet.standards.detectors.reading import LANGUAGES, groups, spans
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen

# What weighs how much: words that lead readers there most; praise, a price, a trade of one's own least.
LEADS, SPEAKS = 2, 1
SCORES = (0.0, 0.2, 0.4, 0.65, 0.75, 0.85, 0.9)  # by the sum


class Promotion:
    """Finds a call of the lists `promotion` or `commerce` with praise, a price or a trade. Praise alone is an opinion. No options."""

    name, version, cost = "promotion", 1, 2
    needs: tuple[str, ...] = ()
    clauses: Mapping[str, Mapping[str, object]] = {"PROMOTION": {}}
    languages = LANGUAGES

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield one sighting of all that speaks for it."""
        found = groups(seen, submission, self._lexicon)
        leading = [
            hits for key in ("promotion.send", "commerce.reach", "commerce.call") if (hits := found.get(key, ()))
        ]
        if not leading:
            return
        speaking = [
            hits for key in ("promotion.praise", "commerce.own", "commerce.terms") if (hits := found.get(key, ()))
        ]
        if not speaking:
            return
        prices = price(seen)
        weight = LEADS * len(leading) + SPEAKS * (len(speaking) + bool(prices))
        places = {*spans(seen, (hit for hits in (*leading, *speaking) for hit in hits)), *prices}
        yield Sighting(SCORES[min(weight, len(SCORES) - 1)], tuple(sorted(places)))
