"""What detectors that read by lists have in common: the hits of a text by group, and which of them stand together."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from broadsheet.standards.detectors.lexicon import Hit, Lexicon
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen
from broadsheet.standards.text.tongue import chances

LANGUAGES = frozenset({"en", "fr", "ar", "de"})  # those with word lists
TOLD = LANGUAGES | frozenset(["es", "it", "pt", "nl", "pl", "tr", "ru", "la"])  # those that are told from one another
Groups = Mapping[str, Sequence[Hit]]
_BREAK = re.compile(r"[.!?;\n\u061f\u061b](?=\s|$)")


def language_of(seen: Seen, submission: Submission) -> str:
    """Return the comment's language: as known, else as read, else the edition's."""

    def read() -> str:
        likely = likely_languages(seen, TOLD)
        best = max(likely, key=lambda name: likely[name], default="")
        return best if best and likely[best] > 0.7 else submission.edition_language

    return seen.keep("language", lambda: submission.language or read())


def likely_languages(seen: Seen, among: frozenset[str]) -> dict[str, float]:
    """Return how likely the text is in each of the languages."""
    return seen.keep(("chances", among), lambda: chances(seen.original, among))


def groups(seen: Seen, submission: Submission, lexicon: Lexicon) -> Groups:
    """Return the hits in the folded text by `list.group`, each group in the order of the text."""

    def find() -> Groups:
        found: dict[str, list[Hit]] = {}
        for hit in lexicon.find(seen.folded):
            if hit.entry.own_language and hit.entry.language != language_of(seen, submission):
                continue
            found.setdefault(hit.entry.key, []).append(hit)
        for hits in found.values():
            hits.sort(key=lambda hit: (hit.start, -hit.end))
        return found

    return seen.keep(("groups", id(lexicon)), find)


def near(first: Sequence[Hit], second: Sequence[Hit], gap: int, text: str = "") -> list[tuple[Hit, Hit]]:
    """Return each hit of the first group with the next of the second that begins at most `gap` signs after its end.

    With the text given, no sentence may end between the two.
    """
    pairs = []
    beginnings = [hit.start for hit in second]
    for hit in first:
        at = bisect_left(beginnings, hit.end)
        if (
            at < len(second)
            and beginnings[at] - hit.end <= gap
            and not _BREAK.search(text, hit.end - 1, beginnings[at])
        ):
            pairs.append((hit, second[at]))
    return pairs


def around(first: Sequence[Hit], second: Sequence[Hit], gap: int, text: str = "") -> list[tuple[Hit, Hit]]:
    """Return the pairs of `near` in either order; the hit of the first group comes first in each pair."""
    return near(first, second, gap, text) + [(b, a) for a, b in near(second, first, gap, text)]


def any_near(hit: Hit, others: Sequence[Hit], gap: int) -> bool:
    """Say whether one of the others stands within the gap before or after the hit."""
    at = bisect_left(others, hit.start - gap, key=lambda other: other.end)
    return at < len(others) and others[at].start <= hit.end + gap


def spans(seen: Seen, hits: Iterable[Hit]) -> tuple[tuple[int, int], ...]:
    """Return where the hits stand in the original, in order, each place once."""
    return tuple(sorted({seen.span(hit.start, hit.end) for hit in hits}))
