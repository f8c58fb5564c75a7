"""Suicide: inciting to it or telling how is a breach; speaking of one's own despair is a call for care, not a breach."""

from collections.abc import Iterator, Mapping

from broadsheet.standards.detectors.contract import Sighting, Use
from broadsheet.standards.detectors.lexicon import Lexicon
from broadsheet.standards.detectors.reading import LANGUAGES, any_near, around, groups, spans
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen

INCITED, METHOD, OFFERED, ACUTE = 0.9, 0.8, 0.65, 0.8
DESPAIR, QUOTED = 0.4, 0.45


class Danger:
    """Finds incitement, methods, and risk of the author's own; the last asks for the care path. No options.

    An announcement for today or tomorrow scores as high as a method, so that a person sees it at once; despair without
    one stays below any usual threshold and only asks for care.
    """

    name, version, cost = "danger", 1, 2
    needs: tuple[str, ...] = ()
    clauses: Mapping[str, Mapping[str, object]] = {"SUICIDE": {}}
    languages = LANGUAGES

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield incitement, methods, and what asks for care."""
        found = groups(seen, submission, self._lexicon)
        harmless = found.get("danger.harmless", ())
        for hit in found.get("danger.incite", ()):
            yield Sighting(QUOTED if any_near(hit, harmless, 40) else INCITED, spans(seen, (hit,)))
        for how, means in around(found.get("danger.how", ()), found.get("danger.means", ()), 30, seen.folded):
            yield Sighting(QUOTED if any_near(means, harmless, 60) else METHOD, spans(seen, (how, means)))
        for offer, topic in around(found.get("danger.offer", ()), found.get("danger.topic", ()), 90):
            yield Sighting(QUOTED if any_near(topic, harmless, 60) else OFFERED, spans(seen, (offer, topic)))
        for hit in found.get("danger.acute", ()):
            yield Sighting(ACUTE, spans(seen, (hit,)), care=True)
        mine = found.get("danger.mine", ())
        for hit in found.get("danger.own", ()):
            if any_near(hit, mine, 25) and not any_near(hit, harmless, 15):
                yield Sighting(DESPAIR, spans(seen, (hit,)), care=True)
