"""Harm to minors: sexual talk of children, trade in such material, approaches to a child."""

from collections.abc import Iterator, Mapping

from broadsheet.standards.detectors.contract import Sighting, Use
from broadsheet.standards.detectors.lexicon import Lexicon
from broadsheet.standards.detectors.reading import LANGUAGES, any_near, around, groups, spans
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen

APPROACH, TRADE, SEXUAL, NAMED, REPORTED = 0.9, 0.9, 0.75, 0.5, 0.4


class Minors:
    """Finds children near sexual words, material near asking or offering, and what approaches are made with. No options."""

    name, version, cost = "minors", 1, 2
    needs: tuple[str, ...] = ()
    clauses: Mapping[str, Mapping[str, object]] = {"MINORS": {}}
    languages = LANGUAGES

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield each place with its words."""
        found = groups(seen, submission, self._lexicon)
        harmless, asks = found.get("minors.harmless", ()), found.get("minors.asks", ())
        for hit in found.get("minors.solicit", ()):
            yield Sighting(REPORTED if any_near(hit, harmless, 60) else APPROACH, spans(seen, (hit,)))
        for hit in found.get("minors.material", ()):
            asked = any_near(hit, asks, 25)
            spared = any_near(hit, harmless, 60)
            yield Sighting(REPORTED if spared else TRADE if asked else NAMED, spans(seen, (hit,)))
        for child, word in around(found.get("minors.minor", ()), found.get("minors.sexual", ()), 25, seen.folded):
            spared = any_near(child, harmless, 60) or any_near(word, harmless, 60)
            asked = any_near(child, asks, 25) or any_near(word, asks, 25)
            yield Sighting(REPORTED if spared else TRADE if asked else SEXUAL, spans(seen, (child, word)))
