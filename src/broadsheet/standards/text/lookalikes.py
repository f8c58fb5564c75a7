"""Which Latin letter a sign looks like, whatever its script: for words that are written not to be recognised."""

import re
import unicodedata
from functools import cache
from typing import Any

# Signs that stand for letters among people who hide words; the further ones where a sign stands for another, too.
SIGNS = dict(zip("4@36901!|¡57$+8€¢£¥(<§©®2", "aaegqoiiiiststbeclyccscrz", strict=True))
TALL = {"1": "l", "|": "l", "!": "l"}
EITHER = {"1": "l", "|": "l", "!": "l", "9": "g", "0": "u", "7": "l"}
# Letters of other scripts that the list of confusable characters gives to none of ours, or to a letter nobody has in mind.
OWN = dict(
    zip(
        "кκвьбнηпπтτмияґгуωчχхνρσοθλлеёεіιјѕςсһԁдδԛԝцυφфαβшþðıøłμо",
        "kkbbbhnnnttmnrrrywyxxvpooolneeeiijsschdddqwuuffabwpdioluo",
        strict=True,
    )
)  # fmt: skip
_NAMED = re.compile(
    r"(?:LATIN (?:SMALL|CAPITAL)? ?LETTER (?:SMALL CAPITAL |TURNED |REVERSED |INVERTED |SIDEWAYS |OPEN |SCRIPT )*|"
    r"(?:NEGATIVE |CROSSED NEGATIVE )?(?:SQUARED|CIRCLED) LATIN (?:SMALL|CAPITAL) LETTER |REGIONAL INDICATOR SYMBOL LETTER |"
    r"CHEROKEE LETTER NONE )([A-Z])(?: WITH .*)?"
)


@cache
def _confusable() -> dict[str, list[dict[str, Any]]]:
    """Return Unicode's table of confusable characters, as the library carries it."""
    from confusable_homoglyphs.confusables import confusables_data

    return dict(confusables_data)


def latin(sign: str) -> str:
    """Return the small Latin letter the sign looks like or stands for, else the sign itself."""
    if sign.isascii():
        return SIGNS.get(sign, sign.lower())
    if sign in SIGNS or sign in OWN:
        return (SIGNS.get(sign) or OWN[sign])[0]
    named = _NAMED.fullmatch(unicodedata.name(sign, ""))
    if named:
        return named[1].lower()
    for other in _confusable().get(sign, ()):
        plain = unicodedata.normalize("NFKD", other["c"])[:1].lower()
        if plain.isascii() and plain.isalpha():
            return plain
    return sign


class Letters(dict[int, str]):
    """A table for `str.translate`, one sign for one, that learns a sign when it meets it first."""

    def __init__(self, other: dict[str, str] | None = None) -> None:
        super().__init__({ord(sign): letter for sign, letter in (other or {}).items()})

    def __missing__(self, code: int) -> str:
        letter = latin(chr(code))
        self[code] = letter
        return letter


LETTERS = Letters()
LETTERS_TALL = Letters(TALL)
LETTERS_EITHER = Letters(EITHER)
_SEVERAL = frozenset(EITHER)


def tables(written: str) -> tuple[Letters, ...]:
    """Return the tables by which it may be meant: further ones only where it has signs that stand for several letters."""
    if _SEVERAL.isdisjoint(written):
        return (LETTERS,)
    return (LETTERS, LETTERS_TALL, LETTERS_EITHER)
