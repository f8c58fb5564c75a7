"""A page of a discussion is about as long whatever the thread: so many replies are shown below each of its roots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.discussion.rules.shares import shares

pytestmark = pytest.mark.row("DIS-01", "PERF-05")
REPLIES = st.lists(st.integers(0, 9), min_size=1, max_size=30)


def shown(replies: list[int], most: int = 3) -> list[int]:
    return [min(share, count) for share, count in zip(shares(replies, most), replies, strict=True)]


@pytest.mark.parametrize(
    ("replies", "wanted"),
    [
        ([500] * 20, [3] + [1] * 19),
        ([0] * 20, [0] * 20),
        ([1, 0, 2, 0, 9], [1, 0, 2, 0, 3]),
        ([0, 5, 5, 5, 5], [0, 2, 2, 2, 1]),
        ([7], [3]),
        ([1, 4, 4, 4, 4, 4], [1, 2, 2, 1, 1, 1]),
    ],
)
def test_replies_are_shared_out(replies, wanted):
    assert shown(replies) == wanted


@given(REPLIES, st.integers(1, 5))
def test_no_page_is_longer_than_said_and_none_spares_what_it_has_room_for(replies, most):
    found = shown(replies, most)
    room = len(replies) + most - 1
    assert sum(found) <= room
    wanted = [min(count, most) for count in replies]
    assert sum(found) == min(sum(wanted), room) or found == wanted


@given(REPLIES, st.integers(1, 5))
def test_the_first_root_has_all_and_each_has_one_and_the_upper_ones_have_no_less(replies, most):
    found = shown(replies, most)
    assert found[0] == min(replies[0], most)
    assert all(one >= min(count, 1) for one, count in zip(found, replies, strict=True))
    alike = [(at, share) for at, share in enumerate(shares(replies, most)) if replies[at] >= most]
    assert [share for _at, share in alike] == sorted((share for _at, share in alike), reverse=True)
