"""Phone numbers written in words, or half in words: read as digits."""

import re
from collections.abc import Iterator

from broadsheet.standards.detectors.personal_data.surroundings import Surroundings
from broadsheet.standards.text import Seen

_ONES = {
    "en": "zero one two three four five six seven eight nine",
    "de": "null eins zwei drei vier funf sechs sieben acht neun",
    "fr": "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve",
}
_DIGITS = {word: str(value) for words in _ONES.values() for value, word in enumerate(words.split())}
_DIGITS |= {"oh": "0", "nought": "0", "zwo": "2", "dix-sept": "17", "dix-huit": "18", "dix-neuf": "19", "hundred": "00"}
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "quatre-vingt": 80}
for _word, _ten in _TENS.items():
    _DIGITS |= {_word: str(_ten), _word + "s": str(_ten)}
    _DIGITS |= {f"{_word}-{one}": str(_ten + value) for value, one in enumerate(_ONES["fr"].split()) if 0 < value < 10}
    if _ten in {60, 80}:
        _DIGITS |= {f"{_word}-{one}": str(_ten + value) for value, one in enumerate(_ONES["fr"].split()) if value > 9}
        _DIGITS |= {
            f"{_word}-dix-{one}": str(_ten + value) for one, value in (("sept", 17), ("huit", 18), ("neuf", 19))
        }
    _DIGITS[f"{_word}-et-un"] = str(_ten + 1)
_TWICE = {"double": 2, "triple": 3, "treble": 3}
_WORDS = "|".join(sorted((*_DIGITS, *_TWICE), key=len, reverse=True))
_PIECE = re.compile(rf"(?:{_WORDS})(?![a-z])|\d{{1,12}}+|o(?=\d{{2}})")
_RUN = re.compile(rf"(?<![\w.])(?:(?:(?:{_WORDS})(?![^\W\d_])|\d{{1,12}}+|o(?=\d{{2}}))[ ,.\-]{{0,2}}+){{2,24}}+")
_GLUED = re.compile(rf"(?<!\w)o\d{{3}}|\d{{3}}(?:{_WORDS})(?!\w)")
LEAST_WORDS = 2
LEAST, MOST = 9, 13  # digits of a number that somebody spells out


def spoken_numbers(seen: Seen, near: Surroundings) -> Iterator[tuple[str, int, int]]:
    """Yield the digits of each run that holds a word, and where it stands in the original."""
    glued = any(map(seen.folded.__contains__, "0123456789")) and _GLUED.search(seen.folded)
    if not glued and near.count("digit") < LEAST_WORDS:
        return
    for match in _RUN.finditer(seen.folded):
        pieces = [piece[0] for piece in _PIECE.finditer(match[0])]
        digits, times = "", 1
        for piece in pieces:
            digits += times * (piece if piece.isdigit() else _DIGITS.get(piece, "0" if piece == "o" else ""))
            times = _TWICE.get(piece, 1)
        if LEAST <= len(digits) <= MOST and not all(piece.isdigit() for piece in pieces):
            yield digits, *seen.span(match.start(), match.start() + len(match[0].rstrip(" ,.-")))
