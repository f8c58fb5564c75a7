"""Dumps of many shapes, each beside what a person says is in it."""

import json
from pathlib import Path
from typing import Any

import pytest

from broadsheet.importing.engines.dump import read_dump
from tests.importing.dump.scoring import shingle_f1, texts_of

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.txt"))
EXACT = (
    "headline", "short_title", "standfirst", "section", "tags", "published_on", "public_id", "language",
    "canonical_url", "images",
)  # fmt: skip
NOT_THE_ARTICLE = (
    "will be deleted", "Forgot your password", "By logging in", "cookies", "Cookies", "Get push notifications",
    "moderators at", "All news", "Comment via", "Subscribe", "Newsletter", "newsletter", "rights reserved",
    "пользовател", "المستخدم", "Nutzungsbedingungen", "modérateurs", "moderatori", "people are talking about",
    "Restore access", "I forgot my password", "SKIP ADVERTISEMENT", "kullanıcı", "moderadores", "Moderatoren",
)  # fmt: skip


def _read(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the dump gives and what a person says it holds."""
    text = (PAGES / f"{name}.txt").read_bytes().decode("utf-8")
    return read_dump(text).as_json(), json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))


def test_at_least_forty_sites_are_tried() -> None:
    assert len(NAMES) >= 40


@pytest.mark.row("ART-16")
@pytest.mark.parametrize("field", EXACT)
@pytest.mark.parametrize("name", NAMES)
def test_field_is_what_a_person_says(name: str, field: str) -> None:
    got, expected = _read(name)

    assert got[field] == expected[field]


@pytest.mark.row("ART-16")
@pytest.mark.parametrize("name", NAMES)
def test_body_is_the_article(name: str) -> None:
    got, expected = _read(name)

    assert shingle_f1(" ".join(texts_of(expected["body"])), " ".join(texts_of(got["body"]))) >= 0.95
    assert [block["type"] for block in got["body"] if block["type"] != "related"] == [
        block["type"] for block in expected["body"]
    ]


@pytest.mark.row("ART-16")
@pytest.mark.parametrize("name", NAMES)
def test_body_holds_no_furniture(name: str) -> None:
    got, expected = _read(name)
    body = "\n".join(texts_of(got["body"]))
    wanted = "\n".join(texts_of(expected["body"]))

    assert [words for words in NOT_THE_ARTICLE if words in body and words not in wanted] == []


@pytest.mark.row("ART-08")
@pytest.mark.parametrize("name", NAMES)
def test_footnotes_become_notices(name: str) -> None:
    got, expected = _read(name)

    found = [{key: notice[key] for key in ("name", "aliases", "jurisdiction")} for notice in got["notices"]]
    assert found == expected["notices"]
    assert [mention["text"] for mention in got["unmarked_mentions"]] == expected["unmarked_mentions"]


@pytest.mark.row("ART-16")
@pytest.mark.parametrize("name", NAMES)
def test_everything_else_is_accounted_for(name: str) -> None:
    got, _ = _read(name)

    assert got["dropped"]
    assert all(item["text"] and item["reason"] for item in got["dropped"])
