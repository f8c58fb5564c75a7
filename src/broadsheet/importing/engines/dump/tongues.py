"""Which language a text is in, and how much of it is words that rules and dialogs are made of."""

import re
from collections import Counter
from functools import cache

from broadsheet.importing.engines.dump.vocabulary import Language, languages

_WORD = re.compile(r"[^\W\d_]+(?:['’‌-][^\W\d_]+)*")
_SCRIPTS = (
    ("el", re.compile("[Ͱ-Ͽ]")), ("he", re.compile("[֐-׿]")), ("hi", re.compile("[ऀ-ॿ]")),
    ("th", re.compile("[฀-๿]")), ("ko", re.compile("[가-힯]")), ("ja", re.compile("[぀-ヿ]")),
    ("zh", re.compile("[一-鿿]")), ("ka", re.compile("[Ⴀ-ჿ]")), ("hy", re.compile("[԰-֏]")),
)  # fmt: skip
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_SAMPLE = 200_000
_LEAST_SHARE = 0.10


def words_of(text: str) -> list[str]:
    """The words of a text in small letters."""
    words = _WORD.findall(text.casefold())
    if not _UNSPACED.search(text):
        return words
    return [part for word in words for part in (_pairs(word) if _UNSPACED.match(word) else [word])]


def _pairs(word: str) -> list[str]:
    """Neighbouring signs two by two, for scripts that set no spaces between words."""
    return [word[place : place + 2] for place in range(max(1, len(word) - 1))]


def unspaced_words(text: str) -> int:
    """About how many words a text has beyond those that spaces show."""
    return len(_UNSPACED.findall(text)) // 2


def language_of(text: str) -> str | None:
    """The language's code, or None where too little tells it."""
    sample = text[:_SAMPLE]
    words = words_of(sample)
    if other := _by_script(sample, len(words)):
        return other
    if len(words) < 6:
        return None
    counts = Counter(words)
    total = sum(counts.values())
    scores = {
        code: sum(count for word, count in counts.items() if word in language.common) / total
        for code, language in languages().items()
    }
    ordered = sorted(scores, key=lambda code: -scores[code])
    best, second = ordered[0], ordered[1]
    clear = scores[best] >= _LEAST_SHARE * 0.4 and scores[best] >= scores[second] * 1.8
    if not clear and (scores[best] < _LEAST_SHARE or scores[best] < scores[second] * 1.08):
        return None
    return best


def _by_script(sample: str, words: int) -> str | None:
    """The language whose script alone tells it."""
    letters = sum(1 for sign in sample if sign.isalpha())
    if not letters:
        return None
    for code, script in _SCRIPTS:
        share = len(script.findall(sample)) / letters
        if share > (0.15 if code == "ja" else 0.5) and (words or letters > 20):
            return code
    return None


@cache
def _all_common() -> frozenset[str]:
    """The commonest words of every language."""
    return frozenset().union(*(language.common for language in languages().values()))


def common_words(code: str | None) -> frozenset[str]:
    """The commonest words of a language, or of all where it is not known."""
    language = languages().get(code or "")
    return language.common if language else _all_common()


@cache
def _rule_languages(code: str | None) -> tuple[Language, ...]:
    """The languages whose rule words count: the text's own and English."""
    table = languages()
    if code not in table:
        return tuple(table.values())
    return (table[code],) if code == "en" else (table[code], table["en"])


def rule_score(words: list[str], code: str | None, excused: frozenset[str]) -> tuple[float, float]:
    """How many strong and weak rule words there are; those that the headline itself uses hardly count."""
    strong = weak = 0.0
    for word in words:
        kind = _kind(word, code)
        if kind:
            worth = 0.25 if word in excused else 1.0
            if kind == 2:
                strong += worth
            else:
                weak += worth
    return strong, weak


@cache
def _stem_lengths(code: str | None) -> tuple[int, ...]:
    """The lengths that stems of these languages have."""
    stems = {len(stem) for language in _rule_languages(code) for stem in language.strong_stems | language.weak_stems}
    return tuple(sorted(stems))


def _kind(word: str, code: str | None) -> int:
    """2 for a strong rule word, 1 for a weak one, 0 for another."""
    for language in _rule_languages(code):
        if word in language.strong:
            return 2
        if word in language.weak:
            return 1
    for length in _stem_lengths(code):
        if length > len(word):
            break
        stem = word[:length]
        for language in _rule_languages(code):
            if stem in language.strong_stems:
                return 2
            if stem in language.weak_stems:
                return 1
    return 0


def content_words(text: str, code: str | None) -> list[str]:
    """The words that say what a text is about."""
    common = common_words(code)
    return [word for word in words_of(text) if (len(word) > 2 or _UNSPACED.match(word)) and word not in common]
