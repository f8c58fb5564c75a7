"""A rulebook as plain values: the same rulebook as in files, and versions that follow one another by themselves."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.standards.rulebook import (
    RulebookError,
    digest_of,
    laid_over,
    load,
    load_tables,
    numbered,
    succeed,
    tables_of,
)
from tests.standards.rulebook.books import book, clause, write

pytestmark = [pytest.mark.files, pytest.mark.row("STD-06")]
HATE, HEAD = "clauses/HATE.toml", "rulebook.toml"


def test_the_shipped_rulebook_is_the_same_from_its_tables_as_from_its_files():
    kept = json.loads(json.dumps(tables_of()))
    assert load_tables(kept) == load()


def test_changes_do_the_same_as_a_folder_laid_over(tmp_path):
    over = {
        HEAD: {"version": 2, "effective": "2027-01-01"},
        HATE: {"version": 2, "detectors": {"words": {"threshold": 0.7}}, "text": {"en": "Our words."}},
        "clauses/SPOILER.toml": clause(handling="human", detectors={}),
    }
    below, above = write(tmp_path / "below", book()), write(tmp_path / "above", over)
    assert load_tables(laid_over(tables_of(below), tables_of(above))) == load(below, over=above)


def test_null_takes_a_detector_or_a_clause_out(tmp_path):
    tables = tables_of(write(tmp_path, book()))
    without = load_tables(laid_over(tables, {HATE: {"detectors": {"words": None}}}))
    assert without.clauses["HATE"].detectors == ()
    gone = {HATE: None, "examples/HATE.toml": None, HEAD: {"clauses": ["LAW"]}}
    assert list(load_tables(laid_over(tables, gone)).clauses) == ["LAW"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"clauses/HATE.txt": {}}, "has no place here"),
        ({"../HATE.toml": {}}, "has no place here"),
        ({HATE: "on"}, "must be a table"),
        ({HATE: {"handling": "hld"}}, "did you mean 'hold'"),
        ({HEAD: {"effective": "soon"}}, "a date"),
        ({HEAD: None}, "is missing"),
    ],
)
def test_what_is_wrong_is_said_with_its_file_and_without_a_line_that_nobody_can_look_up(tmp_path, changes, said):
    with pytest.raises(RulebookError, match=said) as caught:
        load_tables(laid_over(tables_of(write(tmp_path, book())), changes))
    assert caught.value.file == next(iter(changes))
    assert caught.value.line == 0


def test_laying_over_changes_neither_of_both(tmp_path):
    tables = tables_of(write(tmp_path, book()))
    changes = {HATE: {"detectors": {"words": {"threshold": 0.9}}}}
    before = digest_of(tables), digest_of(changes)
    laid_over(tables, changes)[HATE]["detectors"]["words"]["threshold"] = 0.1
    assert (digest_of(tables), digest_of(changes)) == before


DAY = date(2027, 3, 1)
SHIPPED = tables_of()
BEFORE = load()
change = st.fixed_dictionaries(
    {}, optional={"on": st.booleans(), "text": st.fixed_dictionaries({"en": st.sampled_from(["A.", "B."])}),
                  "version": st.integers(1, 9)},
)  # fmt: skip


@settings(max_examples=12)
@given(st.dictionaries(st.sampled_from([f"clauses/{code}.toml" for code in ("HATE", "SPAM", "FORM")]), change))
def test_whatever_is_changed_the_numbered_rulebook_may_follow(changes):
    tables = numbered(BEFORE, laid_over(SHIPPED, changes), DAY)
    after = load_tables(tables)
    succeed(BEFORE, after)
    told = {code for code in after.clauses if after.clauses[code].on != BEFORE.clauses[code].on
            or after.clauses[code].text != BEFORE.clauses[code].text}  # fmt: skip
    assert {code for code in after.clauses if after.clauses[code].version > BEFORE.clauses[code].version} == told
    assert after.version == BEFORE.version + bool(told)
    again = load_tables(numbered(after, tables, DAY))
    assert again == after


def test_names_alone_make_no_version_and_the_day_never_goes_back():
    tables = numbered(BEFORE, laid_over(SHIPPED, {HEAD: {"variables": {"publisher": "We"}}}), date(2020, 1, 1))
    after = load_tables(tables)
    assert (after.version, after.effective) == (BEFORE.version, BEFORE.effective)
    assert after.publisher["en"] == "We"


def test_a_new_text_order_or_language_is_a_new_version():
    order = list(reversed(SHIPPED[HEAD]["clauses"]))
    for changes in ({HEAD: {"clauses": order}}, {HEAD: {"languages": ["en"]}}):
        after = load_tables(numbered(BEFORE, laid_over(SHIPPED, changes), DAY))
        assert after.version == BEFORE.version + 1
    assert after.languages == tuple(after.headings["title"]) == tuple(after.clauses["HATE"].forbidden) == ("en",)


def test_the_digest_knows_every_change_and_no_order():
    assert digest_of({"a": {"b": 1, "c": 2}}) == digest_of({"a": {"c": 2, "b": 1}})
    assert digest_of({"a": {}}) != digest_of({"b": {}})
    assert digest_of({"a": {}}, {"HATE": "x"}) != digest_of({"a": {}})
