"""Who joins a flash mob, and how often the desk hears of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.discussion.rules.mobs import is_to_be_told, joined

pytestmark = pytest.mark.row("MOD-01")


@pytest.mark.parametrize(
    ("votes", "near", "mob"),
    [({}, 10, None), ({7: 4}, 10, 7), ({7: 3}, 10, None), ({7: 5, 8: 5}, 10, 7), ({7: 4, 8: 6}, 10, 8)],
)
def test_two_in_five_of_the_copies_decide(votes, near, mob):
    assert joined(votes, near) == mob


@given(st.integers(5, 5000))
def test_a_mob_that_grows_one_by_one_is_told_of_a_few_times_and_never_twice_at_one_size(last):
    told = [0]
    for size in range(5, last + 1):
        if is_to_be_told(size, told[-1]):
            told.append(size)
    assert told[1] == 5
    assert len(told) < 22
    assert last < 1.5 * told[-1]
    assert not is_to_be_told(told[-1], told[-1])
