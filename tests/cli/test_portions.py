"""Portions: everything once, in order, nothing kept waiting, what fails fails after what came before."""

from collections.abc import Iterator
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.cli.portions import in_portions

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]


@given(st.lists(st.integers()), st.integers(1, 7))
def test_everything_once_in_order(items: list[int], most: int) -> None:
    portions = list(in_portions(iter(items), most))
    assert [item for portion in portions for item in portion] == items
    assert all(1 <= len(portion) <= most for portion in portions)


def test_an_answer_comes_before_the_next_question_is_asked() -> None:
    answered = Event()

    def stream() -> Iterator[int]:
        yield 1
        assert answered.wait(10)
        yield 2

    portions = in_portions(stream())
    assert next(portions) == [1]
    answered.set()
    assert list(portions) == [[2]]


def test_what_reading_raises_comes_after_what_was_read() -> None:
    def stream() -> Iterator[int]:
        yield from range(5)
        raise OSError("gone")

    seen: list[int] = []
    with pytest.raises(OSError, match="gone"):
        for portion in in_portions(stream(), 2):
            seen += portion
    assert seen == [0, 1, 2, 3, 4]
