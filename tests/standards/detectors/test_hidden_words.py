"""Words of the set `profanity`, hidden by tricks and by two at once, are found; clean words and names of the set are not.

Some of its words were added to the lists after a first look: 1.6 % of the clean ones were hit then, 6 to 15 % of the hidden
ones missed.
"""

from collections.abc import Callable

import pytest

from broadsheet.standards.judging import judge
from broadsheet.standards.senses import Senses
from tests.standards.fresh_sets import Case, half
from tests.standards.small_rulebook import Book, Clause, Use, saying

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]
ONLY = Book({"PROFANITY": Clause((Use("words"),))})
VOWELS = "aeiouéß"
LOOKALIKES = dict(zip("aceopsxyikhu", "аϲеорѕхуіκһυ", strict=True))
DIGITS = dict(zip("aeiosbt", "4310587", strict=True))
SIGNS = dict(zip("aiscolt", "@!$<0|+", strict=True))


def swapped(table: dict[str, str]) -> Callable[[str], str]:
    return lambda word: "".join(table.get(sign, sign) for sign in word)


def vowel(word: str) -> int:
    return next((at for at, sign in enumerate(word) if at and sign in VOWELS), 1)


def styled(first: int) -> Callable[[str], str]:
    return lambda word: "".join(chr(first + ord(sign) - 97) if "a" <= sign <= "z" else sign for sign in word)


def masked(word: str, sign: str) -> str:
    return word[: vowel(word)] + sign + word[vowel(word) + 1 :]


TRICKS: dict[str, Callable[[str], str]] = {
    "digits": swapped(DIGITS),
    "signs": swapped(SIGNS),
    "letters of other scripts": swapped(LOOKALIKES),
    "a vowel masked": lambda word: masked(word, "*"),
    "a vowel masked by a hash": lambda word: masked(word, "#"),
    "spaced": " ".join,
    "dotted": ".".join,
    "slashed": "/".join,
    "every letter doubled": lambda word: "".join(sign * 4 for sign in word),
    "a vowel stretched": lambda word: word[: vowel(word)] + word[vowel(word)] * 9 + word[vowel(word) + 1 :],
    "soft hyphens": "\u00ad".join,
    "joined by nothing": "\u2060".join,
    "circled": styled(0x24D0),
    "bold": styled(0x1D41A),
    "monospaced": styled(0x1D68A),
    "struck out": lambda word: "".join(sign + "\u0336" for sign in word),
    "accents": lambda word: "".join(sign + "\u0308" for sign in word),
    "odd capitals": lambda word: "".join(sign.upper() if at % 2 else sign for at, sign in enumerate(word)),
    "entities": lambda word: "".join(f"&#{ord(sign)};" for sign in word),
    "digits and dots": lambda word: ".".join(swapped(DIGITS)(word)),
    "other scripts and spaces": lambda word: " ".join(swapped(LOOKALIKES)(word)),
    "capitals and a mask": lambda word: masked(word, "*").upper(),
    "signs and soft hyphens": lambda word: "\u00ad".join(swapped(SIGNS)(word)),
    "stretched and struck out": lambda word: "".join(sign + "\u0336" for sign in word[:-1] + word[-1] * 4),
}
ARABIC: dict[str, Callable[[str], str]] = {
    "spaced": " ".join,
    "dotted": ".".join,
    "drawn out": lambda word: word[0] + "ـــ" + word[1:],
    "vowelled": lambda word: "".join(sign + "\u064e" for sign in word),
    "stretched": lambda word: word[:-1] + word[-1] * 6,
    "joined by nothing": "\u200d".join,
    "slashed": "/".join,
}
CARRIERS = {
    "en": ("this whole council is a {} really", "{}"),
    "fr": ("ce conseil est une {} vraiment", "{}"),
    "de": ("der ganze Rat ist eine {} sage ich", "{}"),
    "ar": ("هذا المجلس كله {} فعلاً", "{}"),
}


def words(found: bool) -> list[Case]:
    return [case for which in ("tuned", "measured") for case in half("profanity", which) if case.found == found]  # type: ignore[arg-type]


def missed(tricks: dict[str, Callable[[str], str]], language: str, senses: Senses) -> tuple[list[tuple[str, str]], int]:
    """Return what was not found, by trick, and how many were tried."""
    lost, tried = [], 0
    for case in words(True):
        if case.submission.edition_language != language:
            continue
        for name, trick in tricks.items():
            for carrier in CARRIERS[language]:
                text = carrier.format(trick(case.text))
                tried += 1
                if not judge(saying(text, language=language, edition_language=language), ONLY, senses).findings:
                    lost.append((name, text))
    return lost, tried


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_hidden_words_are_found(language: str, senses: Senses) -> None:
    lost, tried = missed(TRICKS, language, senses)
    assert tried > 400
    assert len(lost) <= 0.05 * tried, lost


def test_hidden_arabic_words_are_found(senses: Senses) -> None:
    lost, tried = missed(ARABIC, "ar", senses)
    assert tried > 50
    assert len(lost) <= 0.05 * tried, lost


def test_clean_words_and_names_are_left_alone_in_every_language(senses: Senses) -> None:
    clean = words(False)
    assert len(clean) > 450
    hits, tried = [], 0
    for case in clean:
        own = case.submission.edition_language
        for text in (case.text, case.text.upper(), f"So: {case.text}, und {case.text}!"):
            tried += 1
            if judge(saying(text, language=own, edition_language=own), ONLY, senses).findings:
                hits.append(text)
    assert len(hits) <= 0.001 * tried, hits
