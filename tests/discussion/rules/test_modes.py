"""The most particular rule holds, of equals the strictest."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.discussion.conf import Mode, Scope
from broadsheet.discussion.rules.modes import STRICTNESS, ModeNow, Own, Rule, in_time, mode_at, weigh

pytestmark = [pytest.mark.row("DIS-06"), pytest.mark.files]
MONDAY = datetime(2026, 11, 30, 12, tzinfo=UTC)
PUBLISHED = MONDAY - timedelta(days=3)


def mode(rules: list[Rule], own: Own = Own(), at: datetime = MONDAY) -> ModeNow:  # noqa: B008 - a value
    return mode_at(rules, own, PUBLISHED, at)


def test_without_any_rule_a_discussion_is_open():
    assert mode([]) == ModeNow("open")


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ([Rule("site", "closed"), Rule("edition", "open")], "open"),
        ([Rule("section", "premoderated"), Rule("edition", "closed")], "premoderated"),
        ([Rule("tag", "open"), Rule("tag", "trusted"), Rule("section", "closed")], "trusted"),
        ([Rule("tag", ""), Rule("site", "premoderated")], "premoderated"),
        ([Rule("site", "premoderated"), Rule("site", "open", weekdays=(0,))], "open"),
        ([Rule("site", "premoderated"), Rule("site", "open", weekdays=(1,))], "premoderated"),
    ],
)
def test_the_most_particular_wins_and_of_equals_the_strictest(rules, found):
    assert mode(rules).mode == found
    assert mode(rules[::-1]).mode == found


def test_what_is_set_for_the_thread_wins_over_every_rule():
    rules = [Rule("tag", "closed", slow_seconds=60, shield_hours=24)]
    assert mode(rules, Own("open", 0, 0)) == ModeNow("open")


def test_each_part_is_found_by_itself():
    rules = [Rule("site", slow_seconds=30, shield_hours=48), Rule("tag", "premoderated"), Rule("site", slow_seconds=90)]
    assert mode(rules) == ModeNow("premoderated", timedelta(seconds=90), timedelta(hours=48))


def test_a_discussion_closes_by_the_day_even_where_it_is_set_open():
    rules = [Rule("site", "open", close_after_days=3), Rule("site", close_after_days=30)]
    assert mode(rules, at=MONDAY - timedelta(microseconds=1)).mode == "open"
    assert mode(rules).mode == "closed"
    assert mode(rules, Own("open", closes_at=MONDAY + timedelta(hours=1))).mode == "open"
    assert mode([], Own("open", closes_at=MONDAY)).mode == "closed"


@pytest.mark.parametrize(
    ("days", "begins", "ends", "at", "holds"),
    [
        ((), time(9), time(17), MONDAY, True),
        ((), time(9), time(12), MONDAY, False),
        ((6,), time(9), time(17), MONDAY, False),
        ((0,), time(22), time(6), MONDAY.replace(hour=23), True),
        ((0,), time(22), time(6), MONDAY.replace(hour=5), False),
        ((0,), time(22), time(6), MONDAY.replace(hour=5) + timedelta(days=1), True),
        ((0,), time(22), time(6), MONDAY.replace(hour=6) + timedelta(days=1), False),
        ((0,), None, None, MONDAY, True),
    ],
)
def test_schedules(days, begins, ends, at, holds):
    assert in_time(Rule("site", "closed", weekdays=days, begins=begins, ends=ends), at) is holds


RULES = st.builds(Rule, st.sampled_from(Scope.values), st.sampled_from(["", *Mode.values]))


@given(st.lists(RULES, max_size=8))
def test_no_rule_less_particular_matters_and_no_milder_one_of_the_same_rank(rules):
    given_modes = [rule for rule in rules if rule.mode]
    found = mode(rules).mode
    if not given_modes:
        assert found == "open"
        return
    top = max(rule.rank for rule in given_modes)
    among = [rule.mode for rule in given_modes if rule.rank == top]
    assert found in among
    assert all(STRICTNESS.index(Mode(one)) <= STRICTNESS.index(Mode(found)) for one in among)


def test_a_rule_with_an_end_holds_until_then_and_comes_before_one_that_always_does():
    rules = [Rule("site", "open"), Rule("site", "closed", expires_at=MONDAY)]
    assert mode(rules, at=MONDAY - timedelta(seconds=1)).mode == "closed"
    assert mode(rules).mode == "open"


def test_a_shield_with_an_end_is_weakened_by_nothing_more_particular():
    raised = Rule("edition", shield_hours=168, expires_at=MONDAY + timedelta(hours=2))
    week = timedelta(hours=168)
    assert mode([raised, Rule("tag", shield_hours=1)]).shield == week
    assert mode([raised], Own(shield_hours=0)).shield == week
    assert mode([raised, Rule("tag", shield_hours=300)]).shield == timedelta(hours=300)
    assert mode([raised], Own(shield_hours=0), at=MONDAY + timedelta(hours=2)).shield == timedelta(0)


def test_a_rule_for_when_nobody_is_on_duty():
    rule = Rule("edition", "premoderated", unstaffed=True)
    assert mode_at([rule], Own(), PUBLISHED, MONDAY, staffed=True).mode == "open"
    assert mode_at([rule], Own(), PUBLISHED, MONDAY, staffed=False).mode == "premoderated"


def test_it_is_known_which_rule_says_what():
    site, tag = Rule("site", "premoderated", slow_seconds=60, number=1), Rule("tag", "trusted", number=2)
    found = weigh([site, tag], Own(), PUBLISHED, MONDAY)
    assert (found.mode_by, found.slow_by) == (tag, site)
    assert weigh([site, tag], Own("open"), PUBLISHED, MONDAY).mode_by is None
