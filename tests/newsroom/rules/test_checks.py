"""What is asked of an article before it is published."""

from dataclasses import replace

import pytest

from broadsheet.newsroom.rules.checks import (
    Draft,
    Severity,
    UsedLink,
    UsedPicture,
    UsedText,
    blocking,
    check_draft,
)
from broadsheet.newsroom.rules.notices import NoticeNames

pytestmark = pytest.mark.row("ART-13")
GOOD = Draft(
    headline="The barrier held",
    short_title="Barrier held",
    standfirst="The gates at the mouth of the river closed for the first time against a storm, and held.",
    bylines=1,
    pictures=(UsedPicture("lead_picture", "Gates", "© Tidewire", "Six gates stand in the river", "The gates"),),
)
NAMES = NoticeNames("front", "Harrow Front", ("Jabhat al-Harrow",))


def codes(draft):
    return [finding.code for finding in check_draft(draft)]


def test_a_complete_article_has_nothing_to_see_to():
    assert check_draft(GOOD) == []


@pytest.mark.parametrize(
    ("change", "code", "severity", "anchor"),
    [
        ({"headline": " "}, "headline-missing", Severity.BLOCKS, "title"),
        ({"headline": "x" * 111}, "headline-long", Severity.WARNS, "title"),
        ({"headline": "x" * 61, "short_title": ""}, "short-title-missing", Severity.WARNS, "short_title"),
        ({"standfirst": ""}, "standfirst-missing", Severity.WARNS, "standfirst"),
        ({"standfirst": "Too short."}, "standfirst-short", Severity.WARNS, "standfirst"),
        ({"standfirst": "x" * 261}, "standfirst-long", Severity.WARNS, "standfirst"),
        ({"has_section": False}, "section-missing", Severity.BLOCKS, ""),
        ({"bylines": 0}, "byline-missing", Severity.WARNS, "bylines"),
        ({"foreign_terms": ("Paris",)}, "foreign-term", Severity.BLOCKS, "tagged"),
        ({"has_body": False}, "body-missing", Severity.WARNS, "body"),
        ({"kind": "video"}, "recording-missing", Severity.WARNS, "lead_media"),
        ({"kind": "cartoon", "pictures": ()}, "picture-missing", Severity.WARNS, "lead_picture"),
        ({"links": (UsedLink("body.1", "", "this", "withdrawn"),)}, "link-withdrawn", Severity.WARNS, "body.1"),
        ({"links": (UsedLink("body.1", "", "this", "missing"),)}, "link-missing", Severity.WARNS, "body.1"),
        ({"links": (UsedLink("body.1", "https://x.example", "this", "dead"),)}, "link-dead", Severity.WARNS, "body.1"),
    ],
)
def test_one_thing_missing_is_one_finding(change, code, severity, anchor):
    found = check_draft(replace(GOOD, **change))
    assert [(one.code, one.severity, one.anchor) for one in found] == [(code, severity, anchor)]
    assert found[0].text.endswith(".")


@pytest.mark.row("ART-03")
@pytest.mark.parametrize(
    ("change", "code", "blocks"),
    [
        ({"credit": ""}, "credit-missing", True),
        ({"alt": ""}, "alt-missing", True),
        ({"alt": "the GATES "}, "alt-is-caption", False),
        ({"credit": "", "decorative": True, "alt": ""}, "credit-missing", True),
    ],
)
def test_a_picture_needs_credit_and_words_of_its_own(change, code, blocks):
    draft = replace(GOOD, pictures=(replace(GOOD.pictures[0], **change),))
    assert codes(draft) == [code]
    assert bool(blocking(check_draft(draft))) is blocks


def test_a_decorative_picture_needs_no_words():
    draft = replace(GOOD, pictures=(replace(GOOD.pictures[0], alt="", decorative=True),))
    assert check_draft(draft) == []


def notices(*texts):
    found = check_draft(replace(GOOD, texts=texts, register=(NAMES,)))
    return [(one.code, one.severity, one.mark) for one in found]


@pytest.mark.row("ART-08")
def test_an_unmarked_name_is_found_and_can_be_marked():
    assert notices(UsedText("body.1", "The Harrow Front said", can_mark=True)) == [
        ("notice-unmarked", Severity.WARNS, ("front", "Harrow Front"))
    ]


@pytest.mark.row("ART-08")
def test_a_part_of_a_name_is_perhaps_one():
    assert notices(UsedText("body.1", "men of al-Harrow", can_mark=True)) == [
        ("notice-perhaps", Severity.PERHAPS, ("front", "al-Harrow"))
    ]


@pytest.mark.row("ART-08")
def test_a_marked_name_is_not_listed_and_later_ones_weigh_less():
    text = "The Harrow Front said. The Harrow Front denied."
    assert notices(UsedText("body.1", text, marked=(("front", 4, 16),), can_mark=True)) == [
        ("notice-again", Severity.PERHAPS, ("front", "Harrow Front"))
    ]


@pytest.mark.row("ART-08")
def test_a_mark_on_one_name_does_not_cover_another():
    text = "The Harrow Front, Jabhat al-Harrow"
    assert notices(UsedText("body.1", text, marked=(("front", 4, 16),), can_mark=True)) == [
        ("notice-unmarked", Severity.WARNS, ("front", "Jabhat al-Harrow"))
    ]


@pytest.mark.row("ART-08")
def test_a_headline_cannot_carry_a_mark():
    assert notices(UsedText("title", "Harrow Front banned")) == [("notice-outside-text", Severity.PERHAPS, None)]


def test_what_blocks_comes_first():
    draft = replace(GOOD, standfirst="", has_section=False)
    assert codes(draft) == ["section-missing", "standfirst-missing"]
