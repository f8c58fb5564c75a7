"""Names of the register in a text: whole names for sure, their distinctive parts perhaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.newsroom.rules.notices import NoticeNames, distinctive_parts, find_mentions

pytestmark = pytest.mark.row("ART-08")
FRONT = NoticeNames("front", "Harrow Front", ("Jabhat al-Harrow", "the Furrow Brigade", "HFO"))


def found(text, *register):
    return [(text[m.start : m.end], m.sure) for m in find_mentions(text, register or (FRONT,))]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("The Harrow Front said so.", [("Harrow Front", True)]),
        ("HARROW FRONT fighters", [("HARROW FRONT", True)]),
        ("the Harrow\nFront", [("Harrow\nFront", True)]),
        ("Harrow-Front's men", [("Harrow-Front", True)]),
        ("«Harrow Front»", [("Harrow Front", True)]),
        ("Jabhat al-Harrow", [("Jabhat al-Harrow", True)]),
        ("Jabhat el‑Harrow", [("Jabhat el‑Harrow", True)]),
        ("by the Furrow Brigade.", [("the Furrow Brigade", True)]),
        ("HFO denies", [("HFO", True)]),
        ("men of al-Harrow", [("al-Harrow", False)]),
        ("Al Harrow fled", [("Al Harrow", False)]),
        ("Harrow met them", [("Harrow", False)]),
        ("Furrow leaders", [("Furrow", False)]),
        ("the front page", []),
        ("Harrowing news from the Frontier", []),
        ("they harrow the fields", []),
        ("hfo is a word here", []),
        ("The brigade came by the front. Harrow", [("Harrow", False)]),
        ("He lives in Harrow. Front doors are red.", [("Harrow", False)]),
        ("", []),
    ],
)
def test_mentions(text, mentions):
    assert found(text) == mentions


def test_accents_and_case_do_not_hide_a_name():
    register = NoticeNames("x", "Brigade de l'Éclair", ("Liwa el-Barq",))
    assert found("la BRIGADE DE L’ECLAIR a", register) == [("BRIGADE DE L’ECLAIR", True)]
    assert found("selon l’Éclair, hier", register) == [("Éclair", False)]
    assert found("liwa al-barq", register) == [("liwa al-barq", True)]


def test_arabic_particles_written_together_do_not_hide_a_name():
    register = NoticeNames("x", "جبهة الحارو", ("لواء الفرو",))
    assert found("وقالت جبهة الحارو", register) == [("جبهة الحارو", True)]
    assert found("وجبهة الحارو", register) == [("وجبهة الحارو", True)]
    assert found("جَبهةُ الحارو", register) == [("جَبهةُ الحارو", True)]
    assert found("للحارو", register) == [("للحارو", False)]
    assert found("الجبهة الوطنية", register) == []


def test_a_name_with_an_ending_of_case_is_found():
    register = NoticeNames("x", "Фронт Борона")
    assert found("бойцы Фронта Борона", register) == [("Фронта Борона", True)]


def test_names_of_countries_in_a_long_name_point_at_nothing():
    register = NoticeNames("x", "Islamic State of Iraq and the Levant", ("ISIL",))
    assert found("The war in Iraq", register) == []
    assert found("the Islamic State claimed", register) == [("Islamic State", False)]
    assert found("ISIL claimed", register) == [("ISIL", True)]


def test_the_longer_name_wins_over_the_part_in_it():
    assert found("Jabhat al-Harrow and al-Harrow") == [("Jabhat al-Harrow", True), ("al-Harrow", False)]


def test_parts():
    assert distinctive_parts("Jabhat al-Nusra") == ["al-Nusra", "Nusra"]
    assert distinctive_parts("Harrow Front") == ["Harrow"]
    assert distinctive_parts("Harrow") == []


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    for mention in find_mentions(text, [FRONT]):
        assert 0 <= mention.start < mention.end <= len(text)


@given(
    st.text(alphabet="abc xyz.,;–\n", max_size=40),
    st.sampled_from(["Harrow Front", "Jabhat al-Harrow", "the Furrow Brigade"]),
    st.text(alphabet="abc xyz.,;–\n", max_size=40),
)
def test_a_name_between_spaces_is_always_found(before, name, after):
    text = f"{before} {name} {after}"
    assert (name, True) in found(text)
