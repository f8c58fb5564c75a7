"""In which of a few languages a text is written; no answer where there is too little of it."""

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LEAST_LETTERS = 12
_READ = 200  # letters beyond these change no answer
_LETTERS = re.compile(r"[^\W\d_]+")
# Scripts by the ranges of their letters: only those that tell languages apart.
SCRIPTS = {
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
    "arabic": re.compile(r"[\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
    "cyrillic": re.compile(r"[\u0400-\u052f]"),
    "greek": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
    "hebrew": re.compile(r"[\u05d0-\u05ea]"),
    "east asian": re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"),
    "indic": re.compile(r"[\u0900-\u0dff]"),
    "thai": re.compile(r"[\u0e00-\u0e7f]"),
}
SCRIPT_OF = dict.fromkeys(["ar", "fa", "ur"], "arabic") | dict.fromkeys(
    ["ru", "uk", "bg", "sr", "mk", "be"], "cyrillic"
)
SCRIPT_OF |= {"el": "greek", "he": "hebrew", "hi": "indic", "th": "thai"} | dict.fromkeys(
    ["zh", "ja", "ko"], "east asian"
)
# Little words that hardly any other language has: enough of them say the language sooner than any statistics.
_LITTLE = {
    "en": frozenset(
        [
            "the",
            "and",
            "of",
            "that",
            "it",
            "you",
            "was",
            "for",
            "are",
            "with",
            "have",
            "this",
            "they",
            "not",
            "but",
            "his",
            "from",
            "what",
            "would",
            "there",
            "their",
            "been",
        ]
    ),
    "fr": frozenset(
        [
            "les",
            "des",
            "est",
            "pas",
            "qui",
            "dans",
            "pour",
            "une",
            "vous",
            "nous",
            "cette",
            "sur",
            "avec",
            "mais",
            "sont",
            "et",
            "être",
            "aux",
            "ces",
            "c'est",
            "leur",
            "ont",
        ]
    ),
    "de": frozenset(
        [
            "der",
            "das",
            "und",
            "ist",
            "nicht",
            "ich",
            "mit",
            "ein",
            "eine",
            "auf",
            "für",
            "wir",
            "wird",
            "sind",
            "von",
            "auch",
            "dass",
            "zu",
            "den",
            "dem",
            "sich",
            "aber",
        ]
    ),
}
_LEAST_LITTLE = 3
_NEITHER = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+")


def script_of(text: str) -> str:
    """Return the script of most of the text's letters; empty where it has none that tells."""
    if text.isascii():
        return "latin" if any(map(str.isalpha, text)) else ""
    counted = Counter({name: len(pattern.findall(text)) for name, pattern in SCRIPTS.items()})
    name, count = counted.most_common(1)[0]
    return name if count else ""


@cache
def _identifier(languages: frozenset[str]) -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier: LanguageIdentifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(languages & set(identifier.labels)))
    identifier._full_model = None  # the tables of all its languages, 28 MB: this one is asked for no others
    return identifier


def _by_little_words(words: list[str], languages: frozenset[str]) -> str:
    """Return the language whose little words make a seventh of the text, where no other has a third as many."""
    lowered = [word.lower() for word in words[:80]]
    counted = sorted(((sum(map(known.__contains__, lowered)), name) for name, known in _LITTLE.items()), reverse=True)
    (most, name), (second, _) = counted[:2]
    return (
        name if name in languages and most >= _LEAST_LITTLE and 7 * most >= len(lowered) and 3 * second <= most else ""
    )


def chances(text: str, languages: frozenset[str]) -> dict[str, float]:
    """Return how likely the text is in each of the languages; empty where it has too few letters, or is in none's script."""
    words = _LETTERS.findall(_NEITHER.sub(" ", text[: 4 * _READ]))
    if sum(map(len, words)) < LEAST_LETTERS:
        return {}
    little = _by_little_words(words, languages)
    if little:
        return dict.fromkeys(languages, 0.0) | {little: 1.0}
    read = " ".join(words)[:_READ]
    script = script_of(read)
    possible = frozenset(name for name in languages if SCRIPT_OF.get(name, "latin") == script)
    if not possible:
        return {}
    if len(possible) == 1:
        return dict.fromkeys(languages, 0.0) | dict.fromkeys(possible, 1.0)
    ranked = _identifier(possible).rank(read.lower() if read.isupper() else read)
    return dict.fromkeys(languages, 0.0) | {name: float(chance) for name, chance in ranked}
