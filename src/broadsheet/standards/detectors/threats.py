"""Threats: of violence against persons, spoken or wished for; not figures of speech."""

import re
from collections.abc import Iterator, Mapping, Sequence

from broadsheet.standards.detectors.contract import Sighting, Use
from broadsheet.standards.detectors.lexicon import Hit, Lexicon
from broadsheet.standards.detectors.reading import LANGUAGES, Groups, any_near, groups, near, spans
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen

SAID, INTENDED, DESERVED, WISHED, CALLED, HARMLESS = 0.9, 0.85, 0.8, 0.75, 0.7, 0.4
GAP, WISHES, REPORTED = 14, 40, 25  # signs between a threat's words; after a wish; after words that report
_REPORTED = re.compile(
    r"\b(?:said|says|saying|shouted|shouting|chanted|quoted|called out|wrote|posted|inbox)\b", re.IGNORECASE
)
_BEGINS = re.compile(r"(?:^|[.!?:;\n\"(] ?|, )$")


class Threats:
    """Finds sayings that threaten by themselves; an intent, a violence and a person; what somebody is said to deserve or is
    wished; and calls to violence against a person. No options.
    """

    name, version, cost = "threats", 2, 2
    needs: tuple[str, ...] = ()
    clauses: Mapping[str, Mapping[str, object]] = {"INSULT": {}}
    languages = LANGUAGES

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield each threat with its words; what somebody is reported to have said, with half the score."""
        found = groups(seen, submission, self._lexicon)
        for sighting in self._all(seen, found):
            start = sighting.spans[0][0]
            quoted = _REPORTED.search(seen.original, max(0, start - REPORTED), start)
            yield Sighting(sighting.score / 2, sighting.spans) if quoted else sighting

    def _all(self, seen: Seen, found: Groups) -> Iterator[Sighting]:
        text = seen.folded
        for key, score in (("said", SAID), ("deserve", DESERVED)):
            for hit in found.get(f"threats.{key}", ()):
                yield Sighting(score, spans(seen, (hit,)))
        persons = found.get("threats.person", ())
        for said, done in near(found.get("threats.should", ()), found.get("threats.done", ()), GAP, text):
            yield Sighting(DESERVED, spans(seen, (said, done)))
        for wish, end in near(found.get("threats.wish", ()), found.get("threats.suffer", ()), WISHES, text):
            if any(wish.end <= one.start <= end.end + GAP for one in persons):
                yield Sighting(WISHED, spans(seen, (wish, end)))
        violence = found.get("threats.violence", ())
        if violence and persons:
            yield from self._aimed(seen, found, violence, persons)

    @staticmethod
    def _aimed(seen: Seen, found: Groups, violence: Sequence[Hit], persons: Sequence[Hit]) -> Iterator[Sighting]:
        """Yield violence against a person that is intended, or called for at the beginning of a sentence."""
        harmless = found.get("threats.harmless", ())
        aimed = dict(near(violence, persons, GAP, seen.folded))
        for intent, act in near(found.get("threats.intent", ()), violence, GAP, seen.folded):
            person = aimed.get(act)
            if person:
                spared = any_near(person, harmless, 20)
                yield Sighting(HARMLESS if spared else INTENDED, spans(seen, (intent, act, person)))
        for act, person in aimed.items():
            if _BEGINS.search(seen.folded, max(0, act.start - 3), act.start) and not any_near(person, harmless, 20):
                yield Sighting(CALLED, spans(seen, (act, person)))
