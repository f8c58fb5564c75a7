"""How much two articles have in common, and which words say so (ART-11)."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from itertools import chain
from operator import mul

import snowballstemmer

TAG_WEIGHTS = {"person": 4.0, "topic": 3.0, "place": 2.0}
AUTHOR_WEIGHT = 1.0
TEXT_WEIGHT = 8.0
FRESH_WEIGHT = 2.0
FRESH_DAYS = 21.0
TEXT_COUNTS_FROM = 0.12  # less overlap than this says nothing
_WORD = re.compile(r"[^\W\d_]{3,}")
_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nb": "norwegian",
    "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


@lru_cache(maxsize=100_000)
def _stem(algorithm: str, word: str) -> str:
    return str(snowballstemmer.stemmer(algorithm).stemWord(word)) if algorithm else word


@lru_cache(maxsize=4096)  # the newest articles of a tag or section are compared again and again
def stems(text: str, language: str) -> frozenset[str]:
    """Return the stems of the words of a text, short words left out."""
    algorithm = _ALGORITHMS.get(language.partition("-")[0].lower(), "")
    return frozenset(_stem(algorithm, word) for word in _WORD.findall(text.lower()))


def rarity(documents: Iterable[frozenset[str]]) -> dict[str, float]:
    """Return how much each word says, by how few of the texts have it."""
    texts = list(documents)
    seen = Counter(chain.from_iterable(texts))
    weights = [0.0, *(math.log((len(texts) + 1) / times) for times in range(1, len(texts) + 1))]
    return {word: weights[times] for word, times in seen.items()}


def likeness(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    """Return how alike two texts are, 0 to 1: the cosine of their words, each weighed by its rarity."""
    shared = _square(one & other, weights)
    lengths = math.sqrt(_square(one, weights) * _square(other, weights)) if shared else 0.0
    return shared / lengths if lengths else 0.0


def _square(words: Iterable[str], weights: Mapping[str, float]) -> float:
    """Return the square of the length of these words."""
    found = [weights.get(word, 0.0) for word in words]
    return float(sum(map(mul, found, found)))


def freshness(at: datetime, now: datetime) -> float:
    """Return 1 for what is published now, falling by half in two weeks."""
    days = max(0.0, (now - at).total_seconds() / 86_400)
    return math.exp(-days / FRESH_DAYS)
