"""The detector of n-grams: whose texts it reads, what it does not cover, and what follows where a file is damaged."""

import json
import logging
import shutil
from pathlib import Path

import pytest

from broadsheet.standards.judging import judge
from broadsheet.standards.model.ngrams import FOLDER, MANIFEST, SHIPPED, Tables
from broadsheet.standards.rulebook import load
from broadsheet.standards.senses import Senses
from broadsheet.standards.verdict import Verdict
from tests.standards.model.sentences import sentences
from tests.standards.small_rulebook import Book, Clause, Use, broken, saying

pytestmark = [pytest.mark.row("STD-02"), pytest.mark.row("STD-03"), pytest.mark.files]
FOUL = sentences("fr", "hateful")[1]


def used(**options: object) -> Book:
    return Book({"A": Clause((Use("ngrams", 0.0, options),))})


def heard(verdict: Verdict) -> bool:
    return "A" in verdict.scores


def test_a_text_is_read_in_its_own_language_alone(whole: Senses) -> None:
    hate = used(head="hate")
    assert heard(judge(saying(FOUL, language="fr"), hate, whole))
    assert heard(judge(saying(FOUL, edition_language="en"), hate, whole))  # recognised
    assert heard(judge(saying("Sale con", edition_language="fr"), hate, whole))  # too short to be: the edition's
    assert not heard(judge(saying("Sale con", edition_language="en"), hate, whole))
    assert not heard(judge(saying(FOUL, language="en", edition_language="fr"), hate, whole))
    assert not heard(judge(saying(FOUL, language="sv", edition_language="fr"), hate, whole))
    by_language = {
        language: judge(saying(FOUL, language=language), hate, whole).scores["A"] for language in ("ar", "de", "fr")
    }
    assert len(set(by_language.values())) == 3


@pytest.mark.parametrize("text", ["", "😀", " \n", "\ud800", "?!"])
def test_a_text_without_words_says_nothing_and_is_scored(text: str, whole: Senses) -> None:
    verdict = judge(saying(text, language="fr"), used(head="hate"), whole)
    assert (verdict.not_scored, verdict.findings) == ((), ())


def test_a_language_without_the_head_yields_nothing_and_is_not_covered(whole: Senses) -> None:
    assert isinstance(whole.ngrams, Tables)
    tables = whole.ngrams.by_language
    without = next(name for name, table in tables.items() if "insult" not in table.heads)
    for language, covered in (("de", True), (without, False), ("en", False), ("sv", False)):
        verdict = judge(saying("Das ist dumm, du Trottel", language=language), used(head="insult"), whole)
        assert heard(verdict) == covered
        assert verdict.not_covered == (() if covered else ("A",))
        assert verdict.not_scored == ()


def test_a_use_may_name_its_languages(whole: Senses) -> None:
    some = used(head="hate", languages=["fr", "ar"])
    assert heard(judge(saying(FOUL, language="fr"), some, whole))
    other = judge(saying(FOUL, language="de"), some, whole)
    assert not heard(other)
    assert other.not_covered == ("A",)


def test_what_one_detector_does_not_cover_another_may(whole: Senses) -> None:
    both = Book({"A": Clause((Use("ngrams", 0.0, {"head": "insult"}), Use("words")))})
    assert judge(saying("Bonjour à tous", language="fr"), both, whole).not_covered == ()
    assert judge(saying("Hej alla", language="sv"), both, whole).not_covered == ("A",)


@pytest.mark.parametrize("options", [{"head": "weather"}, {}, {"head": "hate", "languages": ["sv"]}])
def test_a_head_that_nobody_has_means_not_scored(options: dict[str, object], whole: Senses) -> None:
    verdict = judge(saying(FOUL, language="fr"), used(**options), whole)
    assert (verdict.outcome, verdict.not_scored) == ("not_scored", ("ngrams",))


def test_attributes_come_from_the_n_grams_where_the_encoder_does_not_read(whole: Senses) -> None:
    verdict = judge(saying(FOUL, language="fr"), Book({}), whole)
    assert {"TOXICITY", "IDENTITY_ATTACK"} <= set(verdict.attributes)
    assert "IDENTITY_ATTACK" not in judge(saying("Hej alla", language="sv"), Book({}), whole).attributes
    alone = judge(saying(FOUL, language="fr"), Book({}), Senses({}))
    assert alone.attributes == {}


@pytest.mark.row("STD-01")
def test_the_shipped_rulebook_flags_by_n_grams_and_holds_nothing_by_them() -> None:
    uses = [use for clause in load().clauses.values() for use in clause.detectors if use.name == "ngrams"]
    assert len(uses) == 4
    assert {use.handling.value for use in uses} == {"flag"}
    chosen = json.loads((SHIPPED / MANIFEST).read_text(encoding="utf-8"))["languages"]
    for use in uses:
        (language,) = use.options["languages"]  # type: ignore[misc]
        assert use.threshold == chosen[language]["heads"][use.options["head"]]["threshold"]


@pytest.mark.parametrize("language", ["ar", "de", "fr"])
def test_the_shipped_rulebook_names_the_words_of_hateful_sentences(language: str, whole: Senses) -> None:
    rules = load()
    found = 0
    for text in sentences(language, "hateful"):
        verdict = judge(saying(text, language=language, edition_language=language), rules, whole)
        for finding in verdict.findings:
            if finding.detector == "ngrams":
                found += 1
                assert finding.words
                assert all(word in text for word in finding.words)
        assert "HATE" not in verdict.not_covered
        assert "ngrams" not in verdict.not_scored
    assert found >= 9


@pytest.mark.parametrize("how", ["missing", "damaged"])
def test_a_damaged_file_means_that_nothing_but_english_goes_unread(
    how: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    if how == "damaged":
        shutil.copytree(SHIPPED, tmp_path / FOLDER)
        (tmp_path / FOLDER / MANIFEST).write_text("{}", encoding="utf-8")
    with caplog.at_level(logging.ERROR):
        senses = Senses.load(model=tmp_path)
    assert FOLDER in caplog.text
    rules = used(head="hate")
    for language in ("fr", "de", "sv"):
        verdict = judge(saying("Bonjour à tous, quel beau jour", language=language), rules, senses)
        assert (verdict.outcome, verdict.not_scored) == ("not_scored", ("ngrams",))
    assert judge(saying("Good morning to all of you", language="en"), rules, senses).not_scored == ()
    assert broken(judge(saying("Bonjour", language="fr"), Book({}), senses)) == set()
