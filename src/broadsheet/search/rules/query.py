"""What a reader typed, taken apart: words that must occur, phrases, and words that must not."""

import re
from dataclasses import dataclass

from broadsheet.search.conf import QUERY_LENGTH, QUERY_WORDS
from broadsheet.search.rules.words import stem, words

_PART = re.compile(r'(?P<minus>(?<![^\s])-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Query:
    """Groups of stems: each group is a phrase in each language asked for; `wanted` must all occur, `unwanted` none."""

    wanted: tuple[tuple[tuple[str, ...], ...], ...]
    unwanted: tuple[tuple[tuple[str, ...], ...], ...]

    def __bool__(self) -> bool:
        """Return whether there is anything to look for."""
        return bool(self.wanted)

    def stems(self) -> frozenset[str]:
        """Return every stem that is to be marked in a result."""
        return frozenset(stem for group in self.wanted for phrase in group for stem in phrase)


def parse(text: str, languages: tuple[str, ...]) -> Query:
    """Return the query in the stems of the languages; never fails, whatever was typed."""
    wanted: list[tuple[tuple[str, ...], ...]] = []
    unwanted: list[tuple[tuple[str, ...], ...]] = []
    for match in _PART.finditer(text[:QUERY_LENGTH]):
        found = words(match["phrase"] or match["word"] or "")
        if not found or len(wanted) + len(unwanted) >= QUERY_WORDS:
            continue
        phrases = [found] if match["phrase"] else [[word] for word in found]
        target = unwanted if match["minus"] else wanted
        target.extend(
            tuple(dict.fromkeys(tuple(stem(word, language) for word in phrase) for language in languages))
            for phrase in phrases
        )
    return Query(tuple(wanted[:QUERY_WORDS]), tuple(unwanted[:QUERY_WORDS]))
