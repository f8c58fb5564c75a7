"""Words a judge noticed are marked, and no sign of the text is lost (STD-03)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.web.rules.marking import pieces_of

pytestmark = pytest.mark.row("STD-03")
SPANS = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=8)


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        ([], "one two three"),
        ([(4, 7)], "one [two] three"),
        ([(4, 7), (0, 3)], "[one] [two] three"),
        ([(0, 5), (4, 7)], "[one two] three"),
        ([(0, 4), (4, 7)], "[one two] three"),
        ([(8, 99)], "one two [three]"),
        ([(5, 5), (9, 2), (-4, 0)], "one two three"),
    ],
)
def test_spans_are_marked_once(spans, said):
    pieces = pieces_of("one two three", spans)
    assert "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces) == said


@given(st.text("aé ☂\U0001f600", max_size=30), SPANS)
def test_together_the_pieces_are_the_text(text, spans):
    pieces = pieces_of(text, spans)
    assert "".join(piece.text for piece in pieces) == text
    wanted = {at for start, end in spans for at in range(max(0, start), min(end, len(text)))}
    found, at = set(), 0
    for piece in pieces:
        assert piece.text
        if piece.marked:
            found |= set(range(at, at + len(piece.text)))
        at += len(piece.text)
    assert found == wanted
