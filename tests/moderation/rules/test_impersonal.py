"""What goes to a public database names and quotes nobody, whatever a moderator wrote (MOD-11; DSA art. 24(5))."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.moderation.rules.impersonal import GAP, impersonal, nameless

pytestmark = pytest.mark.row("MOD-11")
COMMENT = "The mayor of Orrel is a fool, and whoever votes for him is another one."
PLAIN = "An insult against a holder of public office, without any matter to it."
words = st.lists(
    st.sampled_from(["the", "comment", "says", "that", "of", "a", "neighbour", "and", "threatens", "harm"]), max_size=6
).map(" ".join)


@pytest.mark.parametrize(
    "personal",
    ["ann@harrow.example", "Ann.Harrow+x@sub.harrow.example", "https://paper.example/comment/17/", "www.harrow.example/ann",
     "@ann_harrow", "AB23CD45EF", "+44 20 7946 0958", "020 7946 0958", "“Ann is a liar”", "«Ann ment»", "\"Ann is a liar\"",
     "„Ann lügt“", "“Ann, never closed", "The Mayor of Orrel is a fool", "Ann Harrow", "ANN HARROW"],
)  # fmt: skip
def test_each_way_of_naming_somebody_leaves_a_gap(personal):
    said = impersonal(f"It says {personal} and more.", comment=COMMENT, names=["Ann Harrow"])
    assert GAP in said
    assert said.startswith("It says")
    for word in ("Ann", "harrow", "HARROW", "liar", "7946", "fool", "AB23", "comment/17"):
        assert word not in said


def test_what_names_nobody_stays_as_it_was():
    assert impersonal(PLAIN, comment=COMMENT, names=["Ann Harrow", ""]) == PLAIN
    law = (
        "Regulation (EU) 2022/2065, article 16; § 185 StGB (“Beleidigung”), https://eur-lex.europa.eu/eli/reg/2022/2065"
    )
    assert nameless(law) == law
    assert nameless("see https://paper.example/comment/17/ by ann@harrow.example") == f"see {GAP} by {GAP}"


def test_where_nothing_is_left_it_is_empty():
    assert impersonal("“Ann is a liar” (ann@harrow.example)") == ""
    assert impersonal("") == ""


@given(before=words, quoted=words, after=words, mark=st.sampled_from(["“”", "«»", '""', "„“", "‘’"]))
def test_nothing_between_marks_of_quotation_is_left(before, quoted, after, mark):
    secret = f"zyx {quoted} xyz"
    said = impersonal(f"{before} {mark[0]}{secret}{mark[1]} {after}")
    assert "zyx" not in said
    assert "xyz" not in said


@given(text=st.text(max_size=200), comment=st.text(max_size=80), names=st.lists(st.text(max_size=8), max_size=3))
def test_it_never_fails_and_repeating_it_changes_nothing_more(text, comment, names):
    once = impersonal(text, comment=comment, names=names)
    assert "@x.example" not in impersonal(f"{text} a@x.example", comment=comment, names=names)
    assert isinstance(once, str)
