"""Trust is earned by what stands over some time, and lost with the first comment that is removed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.discussion.rules.trust import trust

pytestmark = [pytest.mark.row("MOD-12"), pytest.mark.files]
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def rows(days_and_states: list[tuple[int, str]]) -> list[tuple[str, datetime]]:
    return [(state, NOW - days * DAY) for days, state in sorted(days_and_states)]


def test_twenty_that_stand_over_a_month_are_trusted_since_the_last_condition_was_met():
    found = trust(NOW - 40 * DAY, rows([(40 - number, "visible") for number in range(20)]), NOW)
    assert found.since == NOW - 10 * DAY, "a month after the first, later than the twentieth"
    late = trust(NOW - 400 * DAY, rows([(20 - number, "visible") for number in range(20)]), NOW)
    assert late.since == NOW - DAY, "the twentieth"


def test_one_removed_lately_ends_it_for_ninety_days():
    standing = [(200 + number, "visible") for number in range(25)]
    lost = trust(NOW - 300 * DAY, rows([*standing, (10, "removed")]), NOW)
    assert lost.since is None
    assert lost.clean_at == NOW + 80 * DAY
    again = trust(NOW - 300 * DAY, rows([*standing, (100, "removed")]), NOW)
    assert again.since == NOW - 10 * DAY


def test_what_is_missing_is_told():
    assert trust(None, [], NOW).seen == 0
    young = trust(NOW - 5 * DAY, rows([(number, "visible") for number in range(5)]), NOW)
    assert (young.seen, young.needed, young.since, young.old_enough_at) == (5, 20, None, NOW + 25 * DAY)


STATES = st.sampled_from(["visible", "held", "removed", "withdrawn"])


@given(st.lists(st.tuples(st.integers(0, 400), STATES), max_size=60))
def test_the_three_conditions_and_no_other(found):
    first = NOW - max((days for days, _state in found), default=0) * DAY if found else None
    trusted = trust(first, rows(found), NOW).since
    enough = sum(state == "visible" for _days, state in found) >= 20
    clean = not any(state == "removed" and days < 90 for days, state in found)
    assert (trusted is not None) is (enough and clean and first is not None and first <= NOW - 30 * DAY)
    assert trusted is None or trusted <= NOW
