"""Pieces of a text and what is marked in them (MOD-02)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.moderation.rules.marked import Mark, not_found, pieces, spans_of

pytestmark = pytest.mark.row("MOD-02")
edges = st.integers(-5, 60)


@given(
    st.text(max_size=50), st.lists(st.tuples(edges, edges), max_size=6), st.lists(st.tuples(edges, edges), max_size=3)
)
def test_the_pieces_are_the_text_again_however_marks_overlap(text, marks, black):
    found = pieces(text, [Mark(start, end, "HATE", "lexicon") for start, end in marks if start < end], black)
    assert "".join(piece.text for piece in found) == text
    assert all(piece.text for piece in found)


def test_each_piece_says_what_marked_it():
    found = pieces("you liar and fool", [Mark(4, 8, "INSULT", "lexicon"), Mark(4, 17, "RESPECT", "model")], [(13, 17)])
    assert [(one.text, one.clauses, one.blackened) for one in found] == [
        ("you ", (), False),
        ("liar", ("INSULT", "RESPECT"), False),
        (" and ", ("RESPECT",), False),
        ("fool", ("RESPECT",), True),
    ]
    assert [one.veiled for one in found] == [False, True, False, False]


@pytest.mark.row("MOD-10")
@pytest.mark.parametrize(
    ("clause", "detector", "veiled"),
    [
        ("HATE", "encoder", True),
        ("PROFANITY", "words", True),
        ("EXTREMISM", "encoder", False),
        ("EXTREMISM", "words", True),
    ],
)
def test_slurs_are_veiled_and_everyday_words_are_not(clause, detector, veiled):
    assert pieces("the wall", [Mark(4, 8, clause, detector)])[1].veiled is veiled


@given(st.text(alphabet="ab c", max_size=40), st.lists(st.text(alphabet="ab ", max_size=3), max_size=4))
def test_words_are_found_wherever_they_stand(text, words):
    spans = spans_of(text, words)
    assert all(text[start:end] in {word.strip() for word in words} for start, end in spans)
    missing = set(not_found(text, words))
    for word in {word.strip() for word in words} - missing - {""}:
        assert word in {text[start:end] for start, end in spans}
