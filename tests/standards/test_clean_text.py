"""What a newspaper prints is no breach: rules hold no sentence of the demo paper, nor an everyday word of another language.

The model may err: at most three in a hundred clean texts may be held, all clauses together.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import broadsheet
from broadsheet.standards.judging import judge, judge_many
from broadsheet.standards.rulebook import Rulebook, load
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Submission

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]
ARTICLES = Path(broadsheet.__file__).parent / "importing" / "demo" / "articles"
EVERYDAY = {
    "fr": [
        "J'arrive un peu tard",
        "Le train a encore pris du retard ce matin",
        "Ces retards coûtent cher",
        "Trop tard !",
    ],
    "en": ["The dyke held all night", "They should have raised the dykes years ago"],
}


def texts(value: object) -> Iterator[str]:
    """Every text of six words or more within."""
    if isinstance(value, str):
        words = re.sub(r"<[^>]+>", "", value).strip()
        if len(words.split()) >= 6:
            yield words
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


@cache
def printed(language: str) -> list[str]:
    """The texts of the demo paper's articles in an edition, each once."""
    articles = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(ARTICLES.glob("*.json"))]
    return sorted({text for article in articles if article["edition"] == language for text in texts(article)})


@cache
def judges() -> tuple[Rulebook, Senses]:
    """What judging by rules and lists takes, read once."""
    return load(), Senses.load(model=None)


def held(text: str, language: str) -> tuple[str, ...]:
    """The words for which the text would be held."""
    verdict = judge(Submission(text, edition_language=language), *judges())
    return tuple(word for finding in verdict.findings if finding.handling == "hold" for word in finding.words)


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_nothing_that_the_demo_paper_prints_is_held(language: str) -> None:
    assert len(printed(language)) > 200
    assert {text: words for text in printed(language) if (words := held(text, language))} == {}


@pytest.mark.row("STD-04")
def test_with_the_model_at_most_three_in_a_hundred_are_held(whole: Senses) -> None:
    comments = [Submission(text) for text in printed("en")]
    stopped = [verdict for verdict in judge_many(comments, load(), whole) if verdict.outcome in {"hold", "not_scored"}]
    assert len(stopped) <= 0.03 * len(comments)


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, said in EVERYDAY.items() for text in said])
def test_everyday_words_that_look_like_slurs_are_not_held(language: str, text: str) -> None:
    assert held(text, language) == ()


def test_the_slur_itself_is_held() -> None:
    assert held("You are a retard and everybody knows it", "en") == ("retard",)
