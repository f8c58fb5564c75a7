import json
from typing import Any

import pytest

from broadsheet.standards.judging import judge
from broadsheet.standards.lines import UnreadableError, read, submission, written
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Submission
from tests.standards.small_rulebook import book, saying

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]


def taken(lines: list[str], form: Any = "auto") -> list[tuple[Any, Any]]:
    return [(id_, one.text if isinstance(one, Submission) else str(one)) for id_, one in read(lines, form, "en")]


def test_json_where_the_first_line_that_is_not_blank_is_an_object() -> None:
    assert taken(["\n", '{"text": "a"}\n', "\n", '{"id": "x", "text": "b"}\n']) == [(2, "a"), ("x", "b")]


def test_text_else_with_one_comment_a_line() -> None:
    assert taken(["[1]\n", "\n", '{"text": "a"}\n']) == [(1, "[1]"), (2, ""), (3, '{"text": "a"}')]
    assert taken([]) == []


def test_the_format_asked_for_wins() -> None:
    assert taken(['{"text": "a"}'], "text") == [(1, '{"text": "a"}')]
    assert taken(["plain"], "json") == [(1, "Line 1 is not JSON: Expecting value.")]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("{", "Line 1"),
        ("[]", "JSON object"),
        ("{}", "`text` is missing"),
        ('{"text": 5}', "`text` is to be a text"),
        ('{"text": "a", "lang": []}', "`lang`"),
        ('{"text": "a", "article": "b"}', "`article` is to be an object"),
        ('{"text": "a", "article": {"title": 1}}', "`title`"),
        ('{"text": "a", "author_recent": "b"}', "`author_recent` is to be a list"),
        ('{"text": "a", "author_recent": [1]}', "earlier comment"),
        ('{"text": "a", "at": "yesterday"}', "`at`"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_says_what_is_wrong_and_goes_on(line: str, named: str) -> None:
    (_, first), (_, second) = read([line, '{"text": "good"}'], "json", "en")
    assert isinstance(first, UnreadableError)
    assert named in str(first)
    assert isinstance(second, Submission)


def test_takes_all_facts() -> None:
    one = submission({
        "text": "a", "lang": "fr", "edition": "ar", "article": {"title": "t", "standfirst": "s", "body": "b"}, "parent": "p",
        "author": "me", "at": "2026-01-01T00:00:00Z", "unknown": 1,
        "author_recent": ["one", {"text": "two", "at": "2026-01-01T00:00:00", "thread": "7"}],
        "neighbours": [{"text": "three", "author": "you"}],
    })  # fmt: skip
    assert (one.language, one.edition_language, one.parent, one.author) == ("fr", "ar", "p", "me")
    assert one.article
    assert (one.article.title, one.article.standfirst, one.article.body) == ("t", "s", "b")
    assert [(e.text, e.author) for e in one.author_recent] == [("one", "me"), ("two", "me")]
    assert one.at == one.author_recent[1].at
    assert one.neighbours[0].author == "you"


def test_writes_what_the_contract_names(senses: Senses) -> None:
    answer = json.loads(json.dumps(written("x", judge(saying("😀 shit"), book(), senses))))
    assert answer["id"] == "x"
    assert answer["outcome"] == "hold"
    assert answer["clauses"] == ["PROFANITY"]
    assert answer["findings"][0]["spans"] == [[2, 6]]
    assert answer["findings"][0]["words"] == ["shit"]
    assert set(answer["findings"][0]) == {"clause", "handling", "detector", "version", "score", "spans", "words"}
    assert 0 < answer["scores"]["PROFANITY"] <= 1
    assert answer["not_covered"] == []
