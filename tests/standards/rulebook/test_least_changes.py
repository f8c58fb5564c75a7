"""What a draft stores of a rulebook's files: the least that makes them, and files as TOML for people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.standards.rulebook import RulebookError, as_toml, changes_between, laid_over, read_toml, tables_of

pytestmark = [pytest.mark.files, pytest.mark.row("STD-06")]
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
KEYS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=6)
PLAIN = st.one_of(WORDS, st.booleans(), st.integers(-1000, 1000), st.floats(0, 1), st.lists(WORDS, max_size=3))
TABLES = st.recursive(
    st.dictionaries(KEYS, PLAIN, max_size=4), lambda inner: st.dictionaries(KEYS, st.one_of(PLAIN, inner), max_size=4)
)
FILES = st.dictionaries(st.sampled_from(["clauses/A.toml", "clauses/B.toml", "texts/a.toml"]), TABLES, max_size=3)


@given(FILES, FILES)
def test_the_least_changes_laid_over_make_the_files_again(below, above):
    assert laid_over(below, changes_between(below, above)) == above


@given(FILES)
def test_what_stays_the_same_is_not_stored(tables):
    assert changes_between(tables, tables) == {}


@given(TABLES)
def test_a_table_written_as_toml_is_read_the_same(table):
    assert read_toml(as_toml(table), "x.toml") == table


def test_every_shipped_file_can_be_edited_as_toml_and_stays_what_it_is():
    for name, table in tables_of().items():
        assert read_toml(as_toml(table), name) == table, name
        assert read_toml(as_toml(table).replace("\n", "\r\n"), name) == table, name


def test_what_is_no_toml_is_named_with_its_line():
    with pytest.raises(RulebookError) as error:
        read_toml('a = 1\nb = "x\n', "clauses/HATE.toml")
    assert str(error.value).startswith("clauses/HATE.toml:2")
