"""Footnotes that name a banned organisation become notices, and missing marks are listed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importing.rules.notices import find_notices, read_notice, unmarked_mentions

pytestmark = pytest.mark.row("ART-16", "ART-08")

CASES = [
    (
        "* Jabhat al-Fajr (also known as al-Fajr Front, Dawn Brigade, JF) is a terrorist group banned in Ruritania.",
        ("Jabhat al-Fajr", ("al-Fajr Front", "Dawn Brigade", "JF"), "Ruritania"),
    ),
    (
        "*The Northern Dawn (a.k.a. ND, Dawn Front) is a terrorist organisation banned in Ruritania and many other countries",
        ("Northern Dawn", ("ND", "Dawn Front"), "Ruritania"),
    ),
    (
        "Fajr (also known as F1/F2/Dawn State) is a terrorist group outlawed in the United Republic and many other states.",
        ("Fajr", ("F1", "F2", "Dawn State"), "United Republic"),
    ),
    (
        '*Fajr (F1/F2/"Dawn State"), a terrorist group banned in Ruritania',
        ("Fajr", ("F1", "F2", "Dawn State"), "Ruritania"),
    ),
    (
        "Fajr, also known as F1, is a terrorist group banned in Ruritania.",
        ("Fajr", ("F1",), "Ruritania"),
    ),
    (
        "* L'Aube du Nord (également connue sous le nom de AN, Front de l'Aube) est une organisation terroriste "
        "interdite en Ruritanie.",
        ("L'Aube du Nord", ("AN", "Front de l'Aube"), "Ruritanie"),
    ),
    (
        "* «Северная заря» (также известна как «СЗ», «Фронт зари») — террористическая организация, запрещённая в Руритании.",
        ("Северная заря", ("СЗ", "Фронт зари"), "Руритании"),
    ),
    (
        "* جبهة الفجر (المعروفة أيضا باسم الفجر، جبهة الشمال) منظمة إرهابية محظورة في روريتانيا",
        ("جبهة الفجر", ("الفجر", "جبهة الشمال"), "روريتانيا"),
    ),
    ("**Grey League is an extremist group banned in Ruritania", ("Grey League", (), "Ruritania")),
    (
        "*Wintergarde (auch bekannt als Garde 94, Eisfront) ist eine in Deutschland verbotene Organisation.",
        ("Wintergarde", ("Garde 94", "Eisfront"), "Deutschland"),
    ),
    (
        "*Frente del Alba (conocido también como FA o Aurora), organización terrorista prohibida en Ruritania.",
        ("Frente del Alba", ("FA", "Aurora"), "Ruritania"),
    ),
    (
        "* جبهة الموج (المعروف أيضا باسم: رجال المد، كتيبة الشاطئ) تنظيم إرهابي محظور في عدد من الدول.",
        ("جبهة الموج", ("رجال المد", "كتيبة الشاطئ"), "عدد من الدول"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_footnote_becomes_a_notice(text: str, expected: tuple[str, tuple[str, ...], str]) -> None:
    notice = read_notice(text)
    assert notice is not None
    assert (notice.name, notice.aliases, notice.jurisdiction) == expected
    assert notice.text == text.lstrip("* ")


@pytest.mark.parametrize(
    "text",
    [
        "The minister (left) is happy in London.",
        "He said the group (also known as X) is banned.",
        "* Updated to correct the name of the street.",
        "The lake (also known as Big Water) is deep.",
        "",
    ],
)
def test_other_lines_are_no_notices(text: str) -> None:
    assert read_notice(text) is None


def test_a_name_is_noticed_once() -> None:
    line = "* Fajr (also known as F1) is banned in Ruritania."
    assert len(find_notices([line, line])) == 1


def test_mentions_without_the_mark_are_listed_also_by_a_distinctive_part() -> None:
    notice = read_notice(CASES[0][0])
    assert notice is not None
    body = ["Fighters of Jabhat al-Fajr* and Dawn Brigade met.", "Then al-Fajr left; “Dawn Brigade”* stayed."]
    found = [(mention.name, mention.text) for mention in unmarked_mentions([notice], body)]
    assert found == [("Jabhat al-Fajr", "Dawn Brigade"), ("Jabhat al-Fajr", "al-Fajr")]


def test_a_part_of_another_word_is_no_mention() -> None:
    notice = read_notice("* Fajr (also known as F1) is banned in Ruritania.")
    assert notice is not None
    assert unmarked_mentions([notice], ["The Fajrians drove an F16."]) == ()


@given(st.text(max_size=500))
def test_no_text_breaks_the_reader(text: str) -> None:
    notice = read_notice(f"* {text}")
    if notice is not None:
        assert notice.name
        unmarked_mentions([notice], [text])


def test_a_mark_behind_german_quotation_marks_is_seen() -> None:
    notice = read_notice("*Wintergarde (auch bekannt als Garde 94) ist eine in Deutschland verbotene Organisation.")
    assert notice is not None
    assert unmarked_mentions([notice], ["Der Turm war Treffpunkt der „Wintergarde“*, sagte sie."]) == ()
    assert [item.text for item in unmarked_mentions([notice], ["Die Wintergarde schwieg."])] == ["Wintergarde"]
