"""What is counted of verdicts: per clause and attribute, of clean rows, of groups; and what goes wrong most."""

import pytest

from broadsheet.standards.evaluation.clean import ALL, groups, news, wholes
from broadsheet.standards.evaluation.examples import examples
from broadsheet.standards.evaluation.failures import worst
from broadsheet.standards.evaluation.groups import GROUPS, named
from broadsheet.standards.evaluation.heldout import NEWS
from broadsheet.standards.evaluation.judged import judged, served
from broadsheet.standards.evaluation.measuring import ANY, attributes, clauses
from broadsheet.standards.rulebook import load
from broadsheet.standards.senses import Senses
from tests.standards.evaluation.verdicts import row, said
from tests.standards.rulebook.preset import PEOPLE

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]
BOOK = load()


def test_a_clause_is_counted_as_by_hand() -> None:
    every = [
        said(row(hate=True), "hold", {"HATE": "hold"}, {"HATE": 0.9}),
        said(row(hate=True), "flag", {"HATE": "flag"}, {"HATE": 0.7}),
        said(row(hate=True), "hold", {"INSULT": "hold"}, {"HATE": 0.2, "INSULT": 1.0}),
        said(row(hate=True), "publish", {"HATE": "human"}),
        said(row(hate=False), "hold", {"HATE": "hold"}, {"HATE": 0.8}),
        said(row(hate=False), "not_scored"),
        said(row(hate=False), "publish"),
        said(row(hate=False), "publish", None, None, ("HATE",)),
        said(row(drugs=True), "hold", {"HATE": "hold"}),
    ]
    (one,) = [figures for figures in clauses(every, ["HATE"]) if figures.kind == "set"]
    assert (one.among, one.rows, one.true, one.not_covered) == ("mine", 7, 4, 1)
    counted = [
        (each.count, each.of) for each in (one.precision, one.recall, one.wrongly_held, one.wrongly_found) if each
    ]
    assert counted == [(2, 3), (2, 4), (2, 3), (1, 3)]
    assert one.f1 is not None
    assert one.f1.value == pytest.approx(4 / 7)
    assert one.roc is not None
    # scores 0.9 0.7 0.2 0 against 0.8 0 0: 3 + 2 + 2 + 2 halves of 12
    assert one.roc.value == pytest.approx(8 / 12)


def test_rows_are_told_apart_by_set_source_and_language() -> None:
    found = clauses([said(row(hate=True, name=name)) for name in ("a", "b", "b")], ["HATE"])
    assert [(one.kind, one.among, one.rows) for one in found] == [
        ("set", "a", 1),
        ("set", "b", 2),
        ("language", "en", 3),
    ]


def test_an_attribute_is_measured_by_its_label_and_any_flag_by_the_highest_score() -> None:
    read = {"TOXICITY": 0.1, "THREAT": 0.9}
    every = [
        said(row(threat=True), attributes=read),
        said(row(threat=False, clean=True), attributes={"TOXICITY": 0.2}),
        said(row(threat=True)),  # nobody reads its language
    ]
    found = {one.name: one for one in attributes(every) if one.kind == "set"}
    assert set(found) == {ANY, "THREAT"}
    assert (found["THREAT"].rows, found["THREAT"].not_covered) == (2, 1)
    assert found["THREAT"].precision is None
    assert [(tenth.start, tenth.rows) for tenth in found[ANY].reliability] == [(0.2, 1), (0.9, 1)]


def test_what_becomes_of_sets_and_clean_rows() -> None:
    every = [
        said(row(clean=True), "hold"),
        said(row(clean=True), "flag"),
        said(row(clean=True), "not_scored"),
        said(row(clean=True)),
        said(row(hate=True), "hold"),
    ]
    (whole,) = wholes(every)
    assert (whole.rows, whole.clean, whole.not_scored) == (5, 4, 1)
    assert whole.wrongly_held is not None
    assert whole.wrongly_noticed is not None
    assert (whole.wrongly_held.count, whole.wrongly_noticed.count) == (2, 3)


def test_clean_news_comments_are_counted_with_the_clauses_that_hold_them() -> None:
    every = [
        said(row(clean=True, name=NEWS), "hold", {"HATE": "hold", "INSULT": "flag"}),
        said(row(clean=True, name=NEWS)),
        said(row(name=NEWS, toxicity=True), "hold", {"PROFANITY": "hold"}),
        said(row(clean=True, name="other"), "hold", {"SPAM": "hold"}),
    ]
    found = news(every)
    assert found is not None
    assert (found.wrongly_held.count, found.wrongly_held.of) == (1, 2)
    assert (found.held_by, found.noticed_by) == ({"HATE": 1}, {"HATE": 1, "INSULT": 1})
    assert news(every[3:]) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My Muslim neighbours and their wives", {"Muslims", "women"}),
        ("gay  people\nand black\npeople", {"gay and lesbian", "Black people"}),
        ("a black coat, a white wall, Germany, womanise", set()),
        ("He is an asylum seeker from Syria.", {"immigrants and refugees"}),
        ("pro-trans and anti-gay", set()),
    ],
)
def test_groups_are_named_by_whole_words(text: str, expected: set[str]) -> None:
    assert named(text) == expected


def test_every_word_of_a_group_names_it() -> None:
    assert [
        word for group, words in GROUPS.items() for word in words if group not in named(f"so {word.upper()}, yes")
    ] == []


def test_clean_comments_that_name_a_group_stand_against_all() -> None:
    every = [
        said(row("Jews", clean=True), "hold"),
        said(row("rain", clean=True)),
        said(row("Jews again", hate=True), "hold"),
    ]
    found = {one.group: (one.wrongly_held.count, one.wrongly_held.of) for one in groups(every)}
    assert found == {ALL: (1, 2), "Jews": (1, 1)}


def test_what_goes_wrong_most_is_told_first_and_few_rows_say_nothing() -> None:
    every = [
        said(row(hate=True, name="many"), "hold" if n < 10 else "publish", {"HATE": "hold"} if n < 10 else {})
        for n in range(40)
    ]
    every += [said(row(hate=True, name="all")) for _n in range(20)]
    every += [said(row(hate=True, name="few")) for _n in range(19)]
    every += [said(row(hate=False, name="wrong"), "hold", {"HATE": "hold"}) for _n in range(30)]
    found = [(one.what, one.among, one.wrong.count, one.wrong.of) for one in worst(clauses(every, ["HATE"]), [])]
    assert found == [("found wrongly", "wrong", 30, 30), ("missed", "all", 20, 20), ("missed", "many", 30, 40)]


def test_clauses_that_are_left_to_people_are_not_measured() -> None:
    assert set(served(BOOK)) == set(BOOK.clauses) - PEOPLE


@pytest.mark.row("STD-08")
def test_every_example_is_a_row_and_a_sequence_is_judged_comment_by_comment(senses: Senses) -> None:
    rows = examples(BOOK)
    assert len({one.id for one in rows}) == len(rows)
    assert {one.breaks(code) for one in rows for code in one.labels} == {True, False}
    flood = [one for one in rows if one.id.startswith("FLOOD.en.")]
    assert all(len(one.submissions) > 1 for one in flood)
    last = flood[0].submissions[-1]
    assert len(last.author_recent) + len(last.neighbours) == len(flood[0].submissions) - 1
    assert all(earlier.author == last.author for earlier in last.author_recent)
    told: list[int] = []
    verdicts = judged(flood, BOOK, senses, told.append)
    assert told == [len(flood)]
    assert [one.row for one in verdicts] == flood
    noticed = [one.finds("FLOOD") for one in verdicts if one.row.breaks("FLOOD")]
    assert sum(noticed) / len(noticed) > 0.5  # of a sequence: no single comment of it would be found
