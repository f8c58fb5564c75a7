"""Tables that no spreadsheet runs, and figures as people say them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kernel.csv_text import csv_text
from broadsheet.kernel.figures import grouped, span_said

pytestmark = pytest.mark.row("MOD-11")


@given(rows=st.lists(st.lists(st.text(alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters="\r\n\0"), max_size=9), min_size=2, max_size=4)))  # fmt: skip
def test_no_cell_begins_as_a_formula_and_all_can_be_read_back(rows):
    read = list(csv.reader(io.StringIO(csv_text(rows), newline="")))
    assert len(read) == len(rows)
    for row, cells in zip(rows, read, strict=True):
        for text, cell in zip(row, cells, strict=True):
            assert not cell.startswith(("=", "+", "-", "@", "\t"))
            assert cell in {text, f"'{text}"}


def test_formulas_begin_with_an_apostrophe_and_numbers_do_not():
    assert csv_text([["=1+1", "-cmd", "@x", -3, None, "a"]]) == "'=1+1,'-cmd,'@x,-3,,a\r\n"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "less than a minute"), (59, "less than a minute"), (60, "1 minute"), (7199, "120 minutes"), (7200, "2 hours"),
     (172_799, "48 hours"), (172_800, "2 days"), (86_400 * 1500, "1\u202f500 days")],
)  # fmt: skip
def test_spans_are_said_as_people_say_them(seconds, said):
    assert span_said(seconds) == said
    assert grouped(1234567) == "1\u202f234\u202f567"
