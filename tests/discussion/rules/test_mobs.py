"""Who joins a flash mob."""

import pytest

from broadsheet.discussion.rules.mobs import joined

pytestmark = pytest.mark.row("MOD-01")


@pytest.mark.parametrize(
    ("votes", "near", "mob"),
    [({}, 10, None), ({7: 4}, 10, 7), ({7: 3}, 10, None), ({7: 5, 8: 5}, 10, 7), ({7: 4, 8: 6}, 10, 8)],
)
def test_two_in_five_of_the_copies_decide(votes, near, mob):
    assert joined(votes, near) == mob
