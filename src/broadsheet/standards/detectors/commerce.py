"""Commerce: what is offered for sale, by prices, calls to buy and ways to do it."""

import re
from collections.abc import Iterator, Mapping

from broadsheet.standards.detectors.contacts import contact
from broadsheet.standards.detectors.contract import Sighting, Use, option_set
from broadsheet.standards.detectors.lexicon import Lexicon
from broadsheet.standards.detectors.reading import LANGUAGES, groups, spans
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen

_PRICE = re.compile(
    r"(?:[$€£]|us\$|(?:from|only|just|ab|nur|des|seulement|dès|ابتداء من|فقط) |\busd|\beur|\bgbp|\bmad|\bsar)\s?\d{1,9}(?:[.,]\d{1,3})?|\d{1,9}(?:[.,]\d{1,3})?\s?(?:[$€£%]\s?(?:off|de remise|rabatt)|[€£$]|"
    r"\b(?:euros?|dollars?|pounds?|quid|usd|eur|dh|dhs|mad|sar)\b|دولار|درهم|ريال|يورو|دينار|جنيه|"
    r" (?:an?|per|each|pro|par|die|der|le|la) (?:day|week|month|night|hour|head|load|jar|page|house|car|hundred|person|nacht|monat|stunde|mois|heure|nuit)|"
    r" (?:each|flat|monthly|weekly|daily)\b)"
)


def price(seen: Seen) -> tuple[tuple[int, int], ...]:
    """Return where prices stand in the original."""
    return seen.keep("prices", lambda: tuple(seen.span(*match.span()) for match in _PRICE.finditer(seen.folded)))


# What weighs how much: words that sell by themselves most, a word of trade or a price least.
CALL, STRONG, WEAK = 3, 2, 1
SCORES = (0.0, 0.15, 0.3, 0.55, 0.7, 0.8, 0.85, 0.9, 0.95)  # by the sum


class Commerce:
    """Finds offers and calls of the list `commerce`; the more of an advertisement is there, the surer.

    Option `authorised`: domains that may be linked to.
    """

    name, version, cost = "commerce", 2, 2
    needs: tuple[str, ...] = ()
    clauses: Mapping[str, Mapping[str, object]] = {"COMMERCE": {}}
    languages = LANGUAGES

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield one sighting of all that speaks for an offer."""
        found = groups(seen, submission, self._lexicon)
        strong = [hits for name in ("own", "reach", "terms") if (hits := found.get(f"commerce.{name}", ()))]
        weak = [hits for name in ("offer", "act") if (hits := found.get(f"commerce.{name}", ()))]
        calls = found.get("commerce.call", ())
        if not (calls or strong or weak):
            return
        authorised = option_set(use, "authorised")
        prices = set(price(seen))
        ways = {(link.start, link.end) for link in seen.links if not link.belongs_to(authorised)}
        reached = contact(seen)
        if reached:
            ways.add(reached)
        weight = CALL * bool(calls) + STRONG * len(strong) + WEAK * (len(weak) + bool(prices) + bool(ways))
        places = set(spans(seen, (*calls, *(hit for hits in (*strong, *weak) for hit in hits)))) | prices | ways
        yield Sighting(SCORES[min(weight, len(SCORES) - 1)], tuple(sorted(places)))
