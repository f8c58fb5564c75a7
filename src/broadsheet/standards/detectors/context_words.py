"""Words that only their context makes a breach: slurs, denying a group's humanity, relishing cruelty."""

from collections.abc import Iterator, Mapping

from broadsheet.standards.detectors.contract import Sighting, Use, option_set
from broadsheet.standards.detectors.lexicon import Lexicon
from broadsheet.standards.detectors.reading import LANGUAGES, Groups, any_near, around, groups, near, spans
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen

MEANT, QUOTED = 0.85, 0.5


class ContextWords:
    """Finds groups of the list `context_words`, and lowers what is quoted or denied.

    Option `lists`: `slurs` (words against people, and denials of a group's humanity), `cruelty` (gore and cruelty to
    animals told with relish).
    """

    name, version, cost = "context_words", 1, 2
    needs: tuple[str, ...] = ()
    clauses: Mapping[str, Mapping[str, object]] = {"HATE": {"lists": ("slurs",)}, "CRUELTY": {"lists": ("cruelty",)}}
    languages = LANGUAGES

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield each place with the words that make it one."""
        lists = option_set(use, "lists") or frozenset({"slurs"})
        found = groups(seen, submission, self._lexicon)
        if "slurs" in lists:
            yield from self._slurs(seen, found)
        if "cruelty" in lists:
            yield from self._cruelty(seen, found)

    @staticmethod
    def _slurs(seen: Seen, found: Groups) -> Iterator[Sighting]:
        quoting = found.get("context_words.quoting", ())
        marked = seen.folded.count('"') > 1
        for hit in found.get("context_words.slurs", ()):
            quoted = any_near(hit, quoting, 25) or (marked and _within_quotes(seen.folded, hit.start, hit.end))
            yield Sighting(hit.entry.score * (QUOTED if quoted else MEANT), spans(seen, (hit,)))
        pairs = around(
            found.get("context_words.groups", ()), found.get("context_words.dehumanise", ()), 12, seen.folded
        )
        for group, said in pairs:
            quoted = any_near(group, quoting, 40) or (marked and _within_quotes(seen.folded, said.start, said.end))
            yield Sighting(said.entry.score * (QUOTED if quoted else MEANT), spans(seen, (group, said)))

    @staticmethod
    def _cruelty(seen: Seen, found: Groups) -> Iterator[Sighting]:
        relish = found.get("context_words.relish", ())
        for hit in found.get("context_words.gore", ()):
            near_relish = [other for other in relish if abs(other.start - hit.start) <= 120]
            yield Sighting(0.85 if near_relish else 0.5, spans(seen, (hit, *near_relish[:1])))
        harmed = near(found.get("context_words.harm", ()), found.get("context_words.animals", ()), 20, seen.folded)
        for harm, animal in harmed:
            near_relish = [other for other in relish if abs(other.start - harm.start) <= 80]
            yield Sighting(0.8 if near_relish else 0.4, spans(seen, (harm, animal, *near_relish[:1])))


def _within_quotes(text: str, start: int, end: int) -> bool:
    """Say whether the place stands in quotation marks: an odd number of them right before it, one right after."""
    before = text[max(0, start - 200) : start].count('"')
    return before % 2 == 1 and '"' in text[end : end + 200]
