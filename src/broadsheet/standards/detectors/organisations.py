"""Organisations an edition gives notice of, praised or advertised; naming, reporting and opposing them are not that."""

import re
from collections.abc import Iterator, Mapping

from broadsheet.standards.detectors.contract import Sighting, Use, option_set
from broadsheet.standards.detectors.lexicon import Entry, Hit, Lexicon
from broadsheet.standards.detectors.reading import LANGUAGES, any_near, around, groups, spans
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen
from broadsheet.standards.text.folding import folded

CALLED, PRAISED, DENIED = 0.9, 0.8, 0.35
_REPORTED = re.compile(r"\b(?:says|said|told|asked|asks|why|claims?|debates|dissolved)\b")
GAP = 40  # signs between a name and what is said of it, and around both for words that report or oppose
ARTICLES = frozenset({"و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل"})


class Organisations:
    """Finds names near praise or calls, and calls to violence without a name.

    Option `names`: those of the edition's register, beside the few that every edition meets.
    """

    name, version, cost = "organisations", 2, 2
    needs: tuple[str, ...] = ()
    clauses: Mapping[str, Mapping[str, object]] = {"EXTREMISM": {}}
    languages = LANGUAGES

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._registers: dict[frozenset[str], Lexicon] = {}

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield praise and calls with the name they are about."""
        found = groups(seen, submission, self._lexicon)
        denying = found.get("organisations.denying", ())
        for hit in found.get("organisations.uprising", ()):
            yield Sighting(DENIED if any_near(hit, denying, 30) else CALLED, spans(seen, (hit,)))
        names = sorted([*found.get("organisations.names", ()), *self._named(seen, use)], key=lambda hit: hit.start)
        if not names:
            return
        pairs = [
            *(
                (CALLED, call, name)
                for call, name in around(found.get("organisations.call", ()), names, GAP, seen.folded)
            ),
            *(
                (PRAISED, said, name)
                for said, name in around(found.get("organisations.praise", ()), names, GAP, seen.folded)
            ),
        ]
        for score, said, name in pairs:
            first, last = min(said.start, name.start), max(said.end, name.end)
            denied = (
                any_near(said, denying, GAP)
                or any_near(name, denying, GAP)
                or _REPORTED.search(seen.folded, max(0, first - GAP), last + GAP)
            )
            yield Sighting(DENIED if denied else score, spans(seen, (said, name)))

    def _named(self, seen: Seen, use: Use) -> Iterator[Hit]:
        register = option_set(use, "names")
        if not register:
            return
        if register not in self._registers:
            self._registers[register] = Lexicon(
                Entry(folded(name), "organisations.names", "", 1, False, False, False, False, frozenset({"s"}), ARTICLES)
                for name in register if folded(name).strip()
            )  # fmt: skip
        yield from self._registers[register].find(seen.folded)
