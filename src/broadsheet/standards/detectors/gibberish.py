"""Text that says nothing: keys hit at random, the same again and again, piles of marks, encoded data."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from ahocorasick_rs import AhoCorasick

from broadsheet.standards.detectors.contract import Sighting, Use
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen

_ROWS = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertzuiop",
    "qazwsxedcrfvtgbyhnujmik",
    "wsxqazrfvedcyhntgb",
    "yxcvbnm",
    "ضصثقفغعهخح",
    "شسيبلاتنم",
)
_STRETCHES = frozenset(row[at : at + 4] for line in _ROWS for row in (line, line[::-1]) for at in range(len(row) - 3))
_ALONG_ROWS = AhoCorasick(sorted(_STRETCHES))
_SHORT_STRETCHES = frozenset(
    row[at : at + 3] for line in _ROWS for row in (line, line[::-1]) for at in range(len(row) - 2)
)
_LATIN = re.compile(r"[a-z]{7,60}")
_WORD = re.compile(r"[a-z]{4,60}")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{7,}")
_RUN = re.compile(r"([^\W_])\1{24,}|([^\W_]{2,4})\2{7,}")
_LONG = re.compile(r"[^\W_]{16}")
# Pairs of letters that hardly a word of a dozen languages has, nor a town of the world: signs of a hand on the keys.
_ODD_PAIR = re.compile(
    "b[qx]|c[dgnpvwx]|d[qx]|f[cjqx]|gv|h[jqx]|j[blmqrstvwxyz]|k[dqx]|lx|m[jqvx]|p[bcdgjknqvwxz]|q[bcdfghjklmnprstvwxyz]|"
    "[rst]x|tq|v[bcfghjmpqtwxz]|w[gjkmpqtvxz]|x[bdfgjklmnqrsvwz]|y[fhqx]|z[jpqrvx]"
)
_NO_VOWEL = re.compile(r"(?<![^\W_])[bcdfghjklmnpqrstvwxz]{4,}(?![^\W_])")
_MIXED = re.compile(
    r"(?<![^\W_])(?:(?:[a-z]{1,4}\d{1,4}){2,20}[a-z]{0,4}|(?:\d{1,4}[a-z]{1,4}){2,20}\d{0,4})(?![^\W_])"
)
_ODD_WORDS = 3
# Who hits keys at random writes none of these.
_EVERYDAY = frozenset(
    ["the", "and", "to", "of", "in", "is", "it", "that", "for", "was", "on", "with", "you", "this", "not", "are",
     "but", "have", "la", "le", "les", "de", "des", "et", "est", "que", "pas", "der", "die", "das", "und", "ist",
     "nicht", "ich", "ein", "el", "los", "en", "y", "no", "un", "una", "il", "di", "che", "non", "per", "o", "um",
     "een", "het", "van", "nie", "w", "na", "ze", "je", "bir", "ve", "bu"]
)  # fmt: skip
_DIVIDER = re.compile(r"[\s\-–—_=*~]*")
_LEAST_SIGNS = 20
_LEAST_NUMBERS = 20
_LONGEST_PHRASE, _TIMES = 40, 3  # words of what is said again, and how often
_ENCODED = re.compile(
    r"(?<![\w/+:.])(?=[\w+/]{0,200}\d)(?=[\w+/]{0,200}[A-Z])(?=[\w+/]{0,200}[a-z])[A-Za-z0-9+/_-]{50,}={0,2}"
)
_UNBROKEN = re.compile(r"\S{50}")
LEAST_REPEATS = 8  # words of a comment that says one thing over and over
READ = 5000  # signs; what comes after them changes nothing


class Gibberish:
    """Judges the words' making, not their meaning. No options."""

    name, version, cost = "gibberish", 2, 2
    needs: tuple[str, ...] = ()
    clauses: Mapping[str, Mapping[str, object]] = {"FLOOD": {}}
    languages: frozenset[str] = frozenset()

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield each reason that is found."""
        text = seen.folded[:READ]
        words = seen.words[: READ // 4]
        yield from self._hit_at_random(seen, text)
        if len(words) >= LEAST_REPEATS and (len(set(words)) <= 0.25 * len(words) or _comes_again(words)):
            yield Sighting(0.8)
        if len(words) >= _LEAST_NUMBERS and all(map(str.isdigit, words)):
            yield Sighting(0.7)
        if not words and _is_row_of_signs(seen.original[:READ]):
            yield Sighting(0.7)
        for match in _RUN.finditer(text) if _LONG.search(text) else ():
            yield Sighting(0.7, (seen.span(*match.span()),))
        for match in _ENCODED.finditer(seen.original[: 4 * READ]) if _UNBROKEN.search(text) else ():
            if not any(link.start <= match.start() < link.end for link in seen.links):
                yield Sighting(0.75, (match.span(),))
        if not seen.original.isascii():
            shown = seen.original[:READ]
            marks = sum(unicodedata.combining(sign) > 0 and not "\u064b" <= sign <= "\u0655" for sign in shown)
            if marks > 20 and marks > 0.8 * (len(shown) - marks):
                yield Sighting(0.8)

    @staticmethod
    def _hit_at_random(seen: Seen, text: str) -> Iterator[Sighting]:
        odd = []
        along = len(_ALONG_ROWS.find_matches_as_indexes(text, overlapping=True)) >= 2
        for match in _LATIN.finditer(text) if along or _CONSONANTS.search(text) else ():
            word = match[0]
            hits = sum(word[at : at + 4] in _STRETCHES for at in range(len(word) - 3))
            if hits >= 2 or (_CONSONANTS.search(word) and not _is_german(word)):
                odd.append(match.span())
        few, part = 1, 0.4
        if not odd and _EVERYDAY.isdisjoint(seen.words):
            odd, few, part = _odd_words(seen, text), _ODD_WORDS, 0.5
        weight = sum(end - start for start, end in odd)
        letters = sum(map(len, seen.words[: READ // 4])) if weight >= 8 and len(odd) >= few else 0
        if letters and weight > part * letters:
            yield Sighting(0.85, tuple(seen.span(*place) for place in odd))


def _odd_words(seen: Seen, text: str) -> list[tuple[int, int]]:
    """Return the small-lettered words that no tongue has, where there are some; short names and abbreviations are none."""
    places = sorted(match.start() for match in (*_ODD_PAIR.finditer(text), *_NO_VOWEL.finditer(text)))
    words = [match.span() for match in _WORD.finditer(text) if _holds(match, places) or _is_of_rows(match[0])]
    words += [match.span() for match in _MIXED.finditer(text)]
    if len(words) < _ODD_WORDS:
        return []
    return sorted(place for place in words if seen.original[slice(*seen.span(*place))].islower())


def _is_of_rows(word: str) -> bool:
    return sum(word[at : at + 3] in _SHORT_STRETCHES for at in range(len(word) - 2)) >= 2


def _comes_again(words: Sequence[str]) -> bool:
    """Say whether the comment is one phrase, said some times over."""
    lengths = range(1, min(_LONGEST_PHRASE, len(words) // _TIMES) + 1)
    return any(words[length] == words[0] and words[length:] == words[:-length] for length in lengths)


def _holds(word: re.Match[str], places: list[int]) -> bool:
    at = bisect_left(places, word.start())
    return at < len(places) and places[at] < word.end()


def _is_row_of_signs(text: str) -> bool:
    """Say whether there are many signs and nothing said: a few emoji and a line that divides are none."""
    signs = "".join(text.split())
    return len(signs) >= _LEAST_SIGNS and not _DIVIDER.fullmatch(text)


def _is_german(word: str) -> bool:
    """Say whether the word's crowd of consonants is one that German builds of sounds written with several letters."""
    return any(sound in word for sound in ("sch", "cht", "ngs", "chts"))
