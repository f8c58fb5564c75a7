"""Pages with new comments are renewed every few seconds, by one clock."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.delivery.rules.calm import EVERY_SECONDS, is_calm, next_turn

pytestmark = pytest.mark.row("DIS-04")


def test_only_what_new_comments_touch_may_wait():
    assert is_calm("thread:7")
    assert [key for key in ("discussion:7", "article:7", "modes:site:0", "edition:1") if is_calm(key)] == []


@given(st.integers(1, 10**9), st.floats(1.6e9, 2.5e9))
def test_turns_are_ahead_and_as_far_apart_as_said(number, now):
    key = f"thread:{number}"
    turn = next_turn(key, now)
    assert now < turn <= now + EVERY_SECONDS + 0.01
    assert next_turn(key, turn) == pytest.approx(turn + EVERY_SECONDS, abs=0.01)
    assert next_turn(key, (now + turn) / 2) == pytest.approx(turn, abs=0.01)  # whoever asks, whenever
