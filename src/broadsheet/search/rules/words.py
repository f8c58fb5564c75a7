"""Words of any script, their stems in one language, and where they stand in the text."""

import re
import unicodedata
from functools import lru_cache
from itertools import islice
from typing import Any

import snowballstemmer

# Scripts written without spaces are searched by the letter.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+(?:[\u0300-\u036f\u064b-\u0652]+[^\W_]*)*"
)
_STEMMERS: dict[str, str] = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
_ARABIC_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640]")


def word_spans(text: str, count: int | None = None) -> list[tuple[int, int]]:
    """Return where each word of the text begins and ends; of the first `count` words only, where given."""
    return [match.span() for match in islice(_WORD.finditer(text), count)]


def words(text: str) -> list[str]:
    """Return the words of the text as they stand."""
    return _WORD.findall(text)


def stems(text: str, language: str) -> list[str]:
    """Return one stem for each word of the text, in order."""
    return [stem(word, language) for word in words(text)]


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Return the word's stem in the language: small letters, no accents, never empty for a word."""
    plain = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", word)).casefold()
    stemmer = _stemmer(language.partition("-")[0])
    return fold(stemmer.stemWord(plain) if stemmer else plain) or fold(plain) or plain or "·"


def fold(word: str) -> str:
    """Return the word in small letters without accents, Arabic without short vowels and with one alef."""
    plain = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", word)).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return bare.translate(_ALEF)


_ALEF = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"})


@lru_cache(maxsize=40)
def _stemmer(language: str) -> Any:
    name = _STEMMERS.get(language)
    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None


def is_stemmed(language: str) -> bool:
    """Return whether words of the language are reduced to stems."""
    return language.partition("-")[0] in _STEMMERS
