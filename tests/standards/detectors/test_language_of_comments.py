"""The language of a comment of eight words and more, against its own edition's and against others'."""

from dataclasses import replace

import pytest

from broadsheet.standards.judging import judge
from broadsheet.standards.senses import Senses
from tests.standards.fresh_sets import half
from tests.standards.small_rulebook import Book, Clause, Use, broken

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]
ONLY = Book({"LANGUAGE": Clause((Use("language", 0.8),), "flag")})
LANGUAGES = ("en", "fr", "ar", "de", "es", "it", "pt", "nl", "pl", "tr", "ru")
SHIPPED = ("en", "fr", "ar")
LEAST_WORDS = 8


def test_the_language_of_comments_is_told(senses: Senses) -> None:
    wrong, tried = [], 0
    for language in LANGUAGES:
        cases = [case for case in half(f"language.{language}", "measured") if len(case.text.split()) >= LEAST_WORDS]
        assert len(cases) >= 10, language
        for case in cases:
            for edition in {language, *SHIPPED}:
                tried += 1
                foreign = "LANGUAGE" in broken(judge(replace(case.submission, edition_language=edition), ONLY, senses))
                if foreign != (edition != language):
                    wrong.append((language, edition, case.text))
    assert tried > 800
    assert len(wrong) <= 0.01 * tried, wrong
