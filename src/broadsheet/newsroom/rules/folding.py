"""Text as comparing sees it: words without case, accents and joining marks, each with its place in the original."""

import re
import unicodedata
from dataclasses import dataclass

ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": ""})
JOINS = frozenset("-‐‑–'’ʼ`´")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: folded, as written, and its place."""

    folded: str
    written: str
    start: int
    end: int
    joined: bool = False  # whether a hyphen or apostrophe binds it to the word before
    broken: bool = False  # whether more than space, hyphen or quotation marks stand before it


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order."""
    found: list[Word] = []
    place = 0
    end_before = 0
    while place < len(text):
        if not _is_letter(text[place]):
            place += 1
            continue
        start = place
        while place < len(text) and (_is_letter(text[place]) or unicodedata.category(text[place]) in {"Mn", "Cf"}):
            place += 1
        between = text[end_before:start]
        found.append(
            Word(
                folded=folded(text[start:place]),
                written=text[start:place],
                start=start,
                end=place,
                joined=len(between) == 1 and between in JOINS,
                broken=bool(found) and not _is_light(between),
            )
        )
        end_before = place
    return found


def folded(word: str) -> str:
    """Return a word without case, accents, vowel marks and joining characters."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(sign for sign in plain if unicodedata.category(sign) not in {"Mn", "Cf"})
    return unicodedata.normalize("NFKC", plain).translate(_LETTERS)


def _is_letter(sign: str) -> bool:
    return sign.isalnum()


def _is_light(between: str) -> bool:
    """Return whether two words with this between them can belong to one name."""
    return len(between) <= 3 and all(
        sign.isspace() or sign in JOINS or sign in '"«»“”„\u200c\u200d\u200e\u200f' for sign in between
    )
