"""A statement of reasons has every element of article 17(3) of the DSA, and no markup of anybody."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.moderation.engines.statements import StatementText, Told, statement_of
from broadsheet.moderation.rules.decisions import (
    About,
    Actor,
    Decision,
    Duration,
    Measure,
    Noticed,
    Redress,
    Role,
    Source,
)
from broadsheet.moderation.rules.duties import PLATFORM, ROLES, duties_of
from tests.factories.moderation import INSULT, LAW

pytestmark = [pytest.mark.row("MOD-03", "MOD-09", "ACC-06"), pytest.mark.files]
NOW = datetime(2026, 11, 1, 12, 30, tzinfo=UTC)
UNTIL = datetime(2027, 5, 4, 12, tzinfo=UTC)
DECISION = Decision(
    clauses=(INSULT,), facts="It calls the mayor a fool.", actor=Actor(77, Role.MODERATOR), measures=(Measure.REMOVE,),
    about=About(3, 5, 9, "The mayor is a fool.\nReally.", 1, "https://paper.example/a/#5", datetime(2026, 10, 30, 8, tzinfo=UTC), "en"),
    redress=Redress("moderators@paper.example", UNTIL, "https://bodies.example/"), duration=Duration(NOW),
)  # fmt: skip


def told(decision: Decision = DECISION, *, ordinal: int = 0, final: bool = False, zone: str = "UTC") -> StatementText:
    return statement_of(
        decision, user_id="AB23CD45EF", puid="17-abc", told=Told(17, NOW, ordinal, final), zone=ZoneInfo(zone)
    )


def test_every_element_of_the_law_is_there():
    text = told().text
    for element in (
        "Your comment was deleted", "without an end", "in all countries",  # (a)
        "It calls the mayor a fool.", "of our own accord", "> The mayor is a fool.\n> Really.",  # (b)
        "https://paper.example/a/#5", "30 October 2026",
        "No program marked it", "made by a person, a moderator",  # (c)
        "INSULT (version 2)", "version 3", "A comment is deleted if it insults somebody.", "Insults, threats",  # (e)
        "moderators@paper.example", "4 May 2027", "https://bodies.example/", "go to court",  # (f)
        "AB23CD45EF", "17-abc",
    ):  # fmt: skip
        assert element in text, element
    assert "77" not in text, "whoever decided appears by role"


@pytest.mark.parametrize(
    ("source", "words"),
    [(Source.OWN, "own accord"), (Source.REPORT, "A reader reported it"), (Source.NOTICE, "article 16"),
     (Source.TRUSTED, "article 22")],
)  # fmt: skip
def test_it_says_by_what_it_came_to_light_and_what_a_machine_did(source, words):
    text = told(replace(DECISION, noticed=Noticed(source, ("encoder",)))).text
    assert words in text
    assert "A program on our own servers marked it" in text
    assert "No machine took part" in text


def test_the_law_is_named_where_content_is_illegal():
    assert "Criminal Code, section 12" in told(replace(DECISION, clauses=(LAW,), law="Criminal Code, section 12")).text


def test_a_block_says_how_long_and_whether_it_counts_and_a_second_that_nobody_restores():
    timed = replace(DECISION, measures=(Measure.BLOCK,), duration=Duration(NOW, NOW + timedelta(days=10)))
    text = told(timed, ordinal=1, zone="Africa/Cairo").text
    assert "from 1 November 2026, 14:30 (EET) to 11 November 2026, 14:30 (EET)" in text
    assert "A second one that counts would have no end" in text
    assert "Restore account" in text
    one = told(replace(timed, scope=9)).text
    assert "in this discussion" in one
    assert "counts" not in one
    second = told(replace(timed, duration=Duration(NOW)), ordinal=2, final=True).text
    assert "for good" in second
    assert "restoration is impossible for everyone" in second
    assert "Restore account" not in second
    closed = told(replace(DECISION, measures=(Measure.DELETE_ACCOUNT,)), ordinal=1).text
    assert "kept hidden for 180 days" in closed


class Tags(HTMLParser):
    """Collects what a browser would see as tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=80))
def test_no_word_of_anybody_becomes_markup(word):
    shown = f"x{word}<script>alert(1)</script>"
    about = replace(DECISION.about, quoted=shown)
    made = replace(DECISION, about=about, facts=shown, law=shown, clauses=(replace(INSULT, title=shown, text=shown),))
    assert set(Tags(told(made).html).tags) == {"h1", "section", "h2", "p", "blockquote"}


@pytest.mark.parametrize("role", ROLES)
def test_out_of_court_bodies_are_named_where_the_paper_s_role_owes_it_and_complaints_always(role):
    written = statement_of(
        DECISION, user_id="AB23CD45EF", puid="17-abc", told=Told(17, NOW, 0, final=False), duties=duties_of(role)
    ).text
    assert ("https://bodies.example/" in written) == (role == PLATFORM)
    assert "You can complain about this decision, free of charge, until 4 May 2027" in written
    assert "go to court" in written


@pytest.mark.parametrize(
    ("language", "subjects", "day"),
    [("en", ("Restore account", "Unlock access"), "30 October 2026"),
     ("fr", ("Rétablir le compte", "Débloquer l’accès"), "30 octobre 2026"),
     ("ar", ("استعادة الحساب", "فتح الوصول"), "30 أكتوبر 2026")],
)  # fmt: skip
def test_subjects_of_letters_are_those_of_the_standards_and_days_those_of_the_language(language, subjects, day):
    kept = resources.files("broadsheet.standards") / "rulebook/preset/texts/restoration.toml"
    standards = tomllib.loads(kept.read_text(encoding="utf-8"))["text"][language]
    text = told(replace(DECISION, measures=(Measure.BLOCK,), language=language), ordinal=1).text
    for subject in subjects:
        assert subject in standards
        assert subject in text
    assert day in text
