"""How to make, take or get what harms: drugs, explosives, weapons. News and warnings about them are none of it."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from broadsheet.standards.detectors.contract import Sighting, Use, option_set
from broadsheet.standards.detectors.lexicon import Hit, Lexicon
from broadsheet.standards.detectors.reading import LANGUAGES, any_near, around, groups, spans
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen

TAUGHT, OFFERED, PRAISED, OFFER, REPORTED = 0.85, 0.8, 0.75, 0.65, 0.4
REACH = 25
ACTS = ("how_to.make", "how_to.take", "how_to.get")


class HowTo:
    """Finds an instruction, an act and a thing near each other, and praise of a drug.

    Option `topics`: `drugs`, `explosives` (with other weapons).
    """

    name, version, cost = "how_to", 1, 2
    needs: tuple[str, ...] = ()
    clauses: Mapping[str, Mapping[str, object]] = {
        "DRUGS": {"topics": ("drugs",)},
        "EXTREMISM": {"topics": ("explosives",)},
    }
    languages = LANGUAGES

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield each instruction or offer with its words."""
        found = groups(seen, submission, self._lexicon)
        manual, harmless = found.get("how_to.manual", ()), found.get("how_to.harmless", ())
        acts = sorted((hit for key in ACTS for hit in found.get(key, ())), key=lambda hit: hit.start)
        for topic in sorted(option_set(use, "topics") or frozenset({"drugs"})):
            things = found.get(f"how_to.{topic}", ())
            if not things:
                continue
            for act, thing in around(acts, things, 25, seen.folded):
                lead = _lead(act, thing, manual)
                if lead:
                    score = OFFERED if act.entry.key == "how_to.get" else TAUGHT
                    spared = any_near(thing, harmless, 40) or any_near(act, harmless, 40)
                    yield Sighting(REPORTED if spared else score, spans(seen, {lead, act, thing}))
            for offer, thing in around(found.get("how_to.offer", ()), things, 90):
                spared = any_near(thing, harmless, 40) or any_near(offer, harmless, 40)
                yield Sighting(REPORTED if spared else OFFER, spans(seen, (offer, thing)))
            if topic == "drugs":
                for thing, praise in around(things, found.get("how_to.praise", ()), 40, seen.folded):
                    score = REPORTED if any_near(thing, harmless, 40) else PRAISED
                    yield Sighting(score, spans(seen, (thing, praise)))


def _lead(act: Hit, thing: Hit, manual: Sequence[Hit]) -> Hit | None:
    """Return the words of instruction or offer that stand nearest before or after the act or the thing."""
    for one in (act, thing):
        at = bisect_left(manual, one.start, key=lambda hit: hit.start)
        for hit in manual[max(0, at - 1) : at + 1]:
            if hit.end >= one.start - REACH and hit.start <= one.end + REACH:
                return hit
    return None
