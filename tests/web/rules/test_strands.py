"""Replies are read below what they answer."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.web.rules.initials import initials
from broadsheet.web.rules.strands import arranged

pytestmark = pytest.mark.row("DIS-01")
ROOT = 1


@dataclass(frozen=True)
class Reply:
    id: int
    parent_id: int


def replies(parents: list[int]) -> list[Reply]:
    """Return a thread in which the reply `n` answers one that was there before it."""
    return [Reply(at + 2, ROOT + parent % (at + 1)) for at, parent in enumerate(parents)]


def test_an_answer_stands_below_what_it_answers_and_not_where_its_time_puts_it():
    found = arranged(ROOT, [Reply(2, ROOT), Reply(3, ROOT), Reply(4, 2), Reply(5, 4)], 3)
    assert [(reply.id, indent, stands) for reply, indent, stands in found] == [
        (2, 1, True), (4, 2, True), (5, 3, True), (3, 1, True),
    ]  # fmt: skip


def test_what_is_deeper_than_shown_says_whom_it_answers():
    found = arranged(ROOT, [Reply(2, ROOT), Reply(3, 2), Reply(4, 3), Reply(5, 4), Reply(6, 5)], 3)
    assert [(indent, stands) for _reply, indent, stands in found] == [
        (1, True), (2, True), (3, True), (3, False), (3, False),
    ]  # fmt: skip


def test_an_answer_to_what_is_on_another_page_says_whom_it_answers():
    assert arranged(ROOT, [Reply(9, 4), Reply(10, 9)], 3) == [(Reply(9, 4), 1, False), (Reply(10, 9), 2, True)]


@given(st.lists(st.integers(0, 1000), max_size=40), st.integers(1, 4), st.integers(0, 10))
def test_every_reply_is_there_once_whatever_the_page_begins_with(parents, deepest, skipped):
    page = replies(parents)[skipped:]
    found = arranged(ROOT, page, deepest)
    assert sorted(reply.id for reply, _indent, _stands in found) == [reply.id for reply in page]
    assert all(1 <= indent <= deepest for _reply, indent, _stands in found)
    assert [pair[0] for pair in arranged(ROOT, list(reversed(page)), deepest)] == [pair[0] for pair in found]


def test_two_hundred_deep_is_no_deeper_than_shown():
    found = arranged(ROOT, replies(list(range(200))), 3)
    assert [reply.id for reply, _indent, _stands in found] == list(range(2, 202))
    assert {indent for _reply, indent, _stands in found} == {1, 2, 3}


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Mara Quill", "MQ"),
        ("ines", "I"),
        ("Jean-Luc de la Tour", "JT"),
        ("مريم حداد", "م"),
        ("«Olga»", "O"),
        ("🙂", ""),
        ("", ""),
    ],
)
def test_letters_stand_for_a_reader_without_a_picture(name, letters):
    assert initials(name) == letters
