"""The shipped standards, clause by clause."""

import subprocess
import time
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from broadsheet.standards.rulebook import Clause, Example, Handling, Kind, Rulebook, load, text_of
from broadsheet.standards.rulebook.loading import PRESET
from tests.standards.rulebook.preset import DUTIES, FILLED, HANDLING, PEOPLE, PROCEDURE, SUBSTANCE, TOP

ROOT = Path(__file__).resolve().parents[3]
LANGUAGES = ("en", "fr", "ar")
LEAST = {"en": 12, "fr": 6, "ar": 6}
BOOK = load()
pytestmark = pytest.mark.files


def every_example(book: Rulebook) -> list[tuple[Clause, str, Example]]:
    return [
        (clause, language, example)
        for clause in book.clauses.values()
        for side in (clause.permitted, clause.forbidden)
        for language, examples in side.items()
        for example in examples
    ]


def contained(text: str, stems: str) -> list[str]:
    """The stems that are not in the text."""
    plain = " ".join(text.casefold().split())
    return [stem for stem in stems.split() if stem.replace("_", " ").casefold() not in plain]


@pytest.mark.row("STD-08")
def test_the_preset_is_the_22_entries_of_the_table():
    assert list(BOOK.clauses) == list(HANDLING)
    assert {code for code, clause in BOOK.clauses.items() if clause.kind is Kind.DUTY} == DUTIES
    assert [code for code, clause in BOOK.clauses.items() if clause.kind is Kind.DISCRETIONARY] == ["LANGUAGE"]
    assert sum(clause.kind is Kind.GROUND for clause in BOOK.clauses.values()) == 19
    assert all(clause.on for clause in BOOK.clauses.values())
    assert BOOK.languages == LANGUAGES


@pytest.mark.row("STD-01")
@pytest.mark.parametrize("code", HANDLING)
def test_a_clause_is_handled_as_the_table_says(code):
    clause = BOOK.clauses[code]
    assert clause.handling == HANDLING[code]
    assert (clause.priority == "top") == (code in TOP)
    assert clause.care == (code == "SUICIDE")


@pytest.mark.row("STD-01")
def test_no_machine_looks_for_the_clauses_that_people_choose_and_every_other_clause_has_a_detector():
    assert {code for code, clause in BOOK.clauses.items() if not clause.detectors} == PEOPLE
    assert all(use.handling is not Handling.HUMAN for clause in BOOK.clauses.values() for use in clause.detectors)


def test_threats_are_held_and_flooders_slowed_though_their_clauses_are_handled_otherwise():
    threats = {use.handling for use in BOOK.clauses["INSULT"].detectors if "threat" in (use.name + str(use.options))}
    assert threats == {Handling.HOLD}
    assert {use.name: use.handling.value for use in BOOK.clauses["FLOOD"].detectors} == {
        "flood": "slow",
        "gibberish": "hold",
        "copies": "hold",
    }


@pytest.mark.row("STD-08")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", HANDLING)
def test_a_clause_says_every_case_of_the_table(code, language):
    clause = BOOK.clauses[code]
    assert contained(clause.title[language] + " " + clause.text[language], SUBSTANCE[language][code]) == []


@pytest.mark.row("STD-08")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_holds_the_procedure_with_names_filled_in(language):
    document = text_of(load(variables=FILLED), language)
    around = [section for section in document.sections if not section.items]
    text = "\n".join([section.title + "\n" + "\n".join(section.paragraphs) for section in around])
    assert contained(text, PROCEDURE[language]) == []
    assert "{" not in document.markdown(examples=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_has_three_parts(language):
    letter = next(s for s in text_of(load(variables=FILLED), language).sections if s.code == "restoration")
    assert max(paragraph.count("\n- ") + paragraph.startswith("- ") for paragraph in letter.paragraphs) == 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", HANDLING)
def test_a_clause_has_its_pairs_of_examples(code, language):
    clause = BOOK.clauses[code]
    permitted, forbidden = clause.permitted[language], clause.forbidden[language]
    assert len(permitted) == len(forbidden) >= LEAST[language]
    assert all(
        a.texts != b.texts and not set(a.texts) & set(b.texts) for a, b in zip(permitted, forbidden, strict=True)
    )
    assert all((a.article, a.parent) == (b.article, b.parent) for a, b in zip(permitted, forbidden, strict=True))


def test_no_comment_stands_in_two_examples():
    counted = Counter(
        text for _, _, example in every_example(BOOK) for text in {each.casefold() for each in example.texts}
    )
    assert [text for text, count in counted.items() if count > 1] == []


def test_examples_are_not_one_comment_with_a_word_exchanged():
    """No two examples of one side of a clause share nine of ten words: that would be one example, counted twice."""
    alike = []
    for clause in BOOK.clauses.values():
        for side in (clause.permitted, clause.forbidden):
            for examples in side.values():
                words = [set(" ".join(example.texts).casefold().split()) for example in examples]
                alike += [
                    (clause.code, a, b) for a, b in combinations(words, 2) if len(a & b) > 0.9 * max(len(a), len(b))
                ]
    assert alike == []


@pytest.mark.parametrize("code", ["FLASHMOB", "FLOOD"])
def test_crowds_and_floods_are_shown_as_sequences(code):
    clause = BOOK.clauses[code]
    for side in (clause.permitted, clause.forbidden):
        assert all(len(example.steps) >= 3 for examples in side.values() for example in examples)
    authors = [
        len({step.author for step in example.steps}) for examples in clause.forbidden.values() for example in examples
    ]
    assert all(count == 1 for count in authors) if code == "FLOOD" else all(count >= 5 for count in authors)


def test_off_topic_examples_stand_under_an_article():
    assert all(example.article for clause, _, example in every_example(BOOK) if clause.code == "OFFTOPIC")


def script(text: str) -> str:
    letters = [sign for sign in text if sign.isalpha()]
    return "ar" if sum("\u0600" <= sign <= "\u06ff" for sign in letters) * 2 > len(letters) else "latin"


def test_arabic_texts_and_examples_are_arabic_and_the_others_are_not():
    for clause in BOOK.clauses.values():
        for language in LANGUAGES:
            assert script(clause.text[language]) == ("ar" if language == "ar" else "latin"), clause.code
    for clause, language, example in every_example(BOOK):
        if clause.code not in {"LANGUAGE", "FORM", "MALWARE"} and any(t.strip("🍎🍏🍐🥧") for t in example.texts):
            assert script(" ".join(example.texts)) == ("ar" if language == "ar" else "latin"), example


@pytest.mark.slow
def test_no_example_is_used_anywhere_else():
    """Examples measure the judge. In a training text, a prototype or a list they would measure nothing any more."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    own = PRESET.relative_to(ROOT) / "examples"
    texts = {text for _, _, example in every_example(BOOK) for text in example.texts if len(text) >= 25}
    used, read = [], 0
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if own in Path(name).parents or not path.is_file():
            continue
        source = path.read_bytes().decode("utf-8", "ignore")
        read += 1
        used += [(name, text) for text in texts if text in source]
    assert read > 500
    assert used == []


def test_the_preset_loads_within_50_ms():
    taken = []
    for _ in range(5):
        begun = time.process_time()
        load()
        taken.append(time.process_time() - begun)
    assert min(taken) < 0.05
