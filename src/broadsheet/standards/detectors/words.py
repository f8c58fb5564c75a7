"""Words of the lists: profanity also in disguise, insults where they are aimed at somebody."""

import math
import re
from collections.abc import Iterator, Mapping

from broadsheet.standards.detectors.contract import Sighting, Use, option_number, option_set
from broadsheet.standards.detectors.lexicon import Entry, Hit, Lexicon
from broadsheet.standards.detectors.reading import LANGUAGES, any_near, groups, language_of
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen
from broadsheet.standards.text.folding import folded

DISGUISED = 0.9  # of a word's score where it is read from a disguise
MASKED = 0.85  # where letters are left out
HOMONYM = 0.5  # of its score where the words around say that the other meaning is meant: a bitch and her puppies
HOMONYMS = frozenset(
    {"bitch", "bitches", "pussy", "pussies", "cock", "cocks", "prick", "pricks", "tits", "dick", "batard", "batarde"}
)
AIMED, LOOSE = 0.85, 0.45  # an insult said to or of somebody; one of a thing, or of nobody
_BEFORE, _BREAK = 28, re.compile(r"[.!?\n]")


class Words:
    """Finds the words of groups of the list `words`.

    Options: `lists`, which groups (`profanity`, `insults`); `add`, words that are forbidden here, too; `allow`, words that
    are not; `below`, the score from which on a word is left to another use of the clause; `languages`, whose texts alone
    are searched.
    """

    name, version, cost = "words", 1, 2
    needs: tuple[str, ...] = ()
    clauses: Mapping[str, Mapping[str, object]] = {
        "PROFANITY": {"lists": ("profanity",)},
        "INSULT": {"lists": ("insults",)},
    }
    languages = LANGUAGES

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._added: dict[frozenset[str], Lexicon] = {}

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield each word found, with all places where it stands."""
        languages = option_set(use, "languages")
        if languages and language_of(seen, submission) not in languages:
            return
        lists = option_set(use, "lists") or frozenset({"profanity"})
        allowed = frozenset(folded(word) for word in option_set(use, "allow"))
        below = option_number(use, "below", math.inf)
        for hit, surety in self._hits(seen, submission, lists, option_set(use, "add")):
            if hit.entry.words not in allowed and seen.folded[hit.start : hit.end] not in allowed:
                score = hit.entry.score * surety * self._weight(seen, submission, hit)
                if score < below:
                    yield Sighting(score, (seen.span(hit.start, hit.end),))

    def _weight(self, seen: Seen, submission: Submission, hit: Hit) -> float:
        """Return how much the words around leave of the score."""
        if hit.entry.key == "words.insults":
            return AIMED if self._is_aimed(seen, submission, hit) else LOOSE
        if hit.entry.words in HOMONYMS and self._is_innocent(seen, submission, hit):
            return HOMONYM
        return 1.0

    def _hits(
        self, seen: Seen, submission: Submission, lists: frozenset[str], added: frozenset[str]
    ) -> Iterator[tuple[Hit, float]]:
        found = groups(seen, submission, self._lexicon)
        for name in sorted(lists):
            yield from (
                (hit, 1.0) for hit in found.get(f"words.{name}", ()) if not (hit.entry.named and _is_name(seen, hit))
            )
        if added:
            yield from ((hit, 1.0) for hit in self._own(added).find(seen.folded))
        if "profanity" in lists:
            yield from seen.keep("disguised", lambda: tuple(self._disguised(seen, submission)))

    def _own(self, added: frozenset[str]) -> Lexicon:
        """Return the words that a newsroom adds, made once."""
        if added not in self._added:
            none: frozenset[str] = frozenset()
            self._added[added] = Lexicon(
                Entry(word, "words.added", "", 1.0, False, False, False, False, none, none)
                for word in sorted({folded(one).strip() for one in added} - {""})
            )
        return self._added[added]

    def _disguised(self, seen: Seen, submission: Submission) -> Iterator[tuple[Hit, float]]:
        """Yield the words that disguises may be meant to read: the whole disguise, which is what is seen."""
        plain = [disguise for disguise in seen.disguises if not disguise.masked]
        starts, at = [], 0
        for disguise in plain:
            starts.append(at)
            at += len(disguise.reading) + 1
        place = 0
        for hit in sorted(self._lexicon.find("\n".join(disguise.reading for disguise in plain)), key=lambda h: h.start):
            while place + 1 < len(starts) and starts[place + 1] <= hit.start:
                place += 1
            if hit.entry.key == "words.profanity" and self._is_known(hit.entry, seen, submission):
                yield Hit(hit.entry, plain[place].start, plain[place].end), DISGUISED
        for disguise in seen.disguises:
            meant = self._lexicon.masked(disguise.reading) if disguise.masked else ()
            entry = next((entry for entry in meant if self._is_known(entry, seen, submission)), None)
            if entry:
                yield Hit(entry, disguise.start, disguise.end), MASKED

    @staticmethod
    def _is_known(entry: Entry, seen: Seen, submission: Submission) -> bool:
        """Say whether a disguise may mean this entry: nobody disguises mild words, nor words of another language."""
        return entry.score >= 0.7 and (not entry.own_language or entry.language == language_of(seen, submission))

    def _is_innocent(self, seen: Seen, submission: Submission, hit: Hit) -> bool:
        return any_near(hit, groups(seen, submission, self._lexicon).get("words.innocent", ()), 60)

    def _is_aimed(self, seen: Seen, submission: Submission, hit: Hit) -> bool:
        """Say whether somebody is named right before the insult, in the same sentence."""
        for pointer in groups(seen, submission, self._lexicon).get("pointing.persons", ()):
            if pointer.end > hit.start:
                return False
            if hit.start - pointer.end <= _BEFORE and not _BREAK.search(seen.folded, pointer.end, hit.start):
                return True
        return False


def _is_name(seen: Seen, hit: Hit) -> bool:
    """Say whether the word is written like a name: a capital first, small letters after it."""
    start, end = seen.span(hit.start, hit.end)
    written = seen.original[start:end]
    return written[:1].isupper() and written[1:].islower()
