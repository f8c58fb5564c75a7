"""What counts, which it is, and what can still be lifted (MOD-04, MOD-06, MOD-07)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.moderation.rules.decisions import Actor, Role
from broadsheet.moderation.rules.sanctions import (
    GONE,
    Kind,
    Sanctioned,
    State,
    effect,
    has_final,
    is_final,
    leaders,
    next_ordinal,
    ordinals,
    refuse_annulling,
    refuse_confirming,
    refuse_end,
    refuse_restoring,
    refuse_undoing,
)

pytestmark = [pytest.mark.row("MOD-04", "MOD-06"), pytest.mark.files]
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def block(number: int, incident: int, **fields: object) -> Sanctioned:
    values = {"kind": Kind.BLOCK, "thread": None, "ends": None, "state": State.RUNNING, **fields}
    return Sanctioned(number, incident, **values)  # type: ignore[arg-type]


@st.composite
def histories(draw: st.DrawFn) -> list[Sanctioned]:
    rows = []
    for number in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(Kind))
        rows.append(
            Sanctioned(
                number + 1, draw(st.integers(1, 3)), kind,
                draw(st.sampled_from([None, None, 9])) if kind == Kind.BLOCK else None,
                draw(st.sampled_from([None, NOW - DAY, NOW + DAY])), draw(st.sampled_from(State)),
            )
        )  # fmt: skip
    return rows


@given(histories())
def test_each_incident_counts_once_and_only_what_is_for_all_discussions_and_was_not_wrong(rows):
    counted = {one.incident for one in rows if one.thread is None and one.state not in GONE}
    numbers = ordinals(rows)
    assert set(numbers) == counted
    assert sorted(numbers.values()) == list(range(1, len(counted) + 1))
    assert sorted(leaders(rows).values()) == sorted(numbers.values())
    assert has_final(rows) == (len(counted) >= 2)
    assert next_ordinal(rows, None) == len(counted) + 1
    for incident in counted:
        assert next_ordinal(rows, incident) == numbers[incident]


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_read_does_not_matter(rows, shuffle):
    other = list(rows)
    shuffle.shuffle(other)
    assert ordinals(other) == ordinals(rows)


@given(histories())
def test_what_runs_out_or_is_restored_counts_as_before(rows):
    ended = [replace(one, state=State.EXPIRED) if one.state == State.RUNNING else one for one in rows]
    assert ordinals(ended) == ordinals(rows)


@given(histories())
def test_after_a_second_nothing_that_counts_is_restored_or_undone(rows):
    for one in rows:
        if one.counts and has_final(rows):
            assert refuse_restoring(one, rows, NOW) is not None
            refusal = refuse_undoing([one], rows, decided_at=NOW, contested_until=NOW + DAY, by_letter=True, now=NOW)
            assert refusal is not None
            assert refusal.code == "second-block"
            assert refuse_annulling(one) is None, "annulling is possible after the second, too"


@given(histories())
def test_the_effect_is_that_of_the_longest_that_runs(rows):
    running = [one for one in rows if one.thread is None and one.state == State.RUNNING]
    alive = [one for one in running if one.ends is None or one.ends > NOW]
    come_to = effect(rows, NOW)
    assert come_to.blocked == bool(alive)
    assert come_to.closed == any(one.kind == Kind.DELETION for one in alive)
    if alive:
        endless = any(one.ends is None for one in alive)
        assert come_to.until == (None if endless else NOW + DAY)


def test_the_second_has_no_end_and_the_first_may():
    first = block(1, 1, state=State.EXPIRED, ends=NOW)
    assert refuse_end([], None, NOW + DAY) is None
    assert refuse_end([first], 1, NOW + DAY) is None, "the same incident counts once"
    refusal = refuse_end([first], None, NOW + DAY)
    assert refusal is not None
    assert refusal.code == "second-has-no-end"
    assert refuse_end([first], None, None) is None
    assert is_final(block(2, 2), [first, block(2, 2)])


def test_undoing_takes_30_days_by_key_and_until_it_cannot_be_contested_by_letter():
    one = block(1, 1)
    until = NOW + timedelta(days=184)

    def refused(days: float, *, by_letter: bool) -> bool:
        at = NOW + timedelta(days=days)
        return (
            refuse_undoing([one], [one], decided_at=NOW, contested_until=until, by_letter=by_letter, now=at) is not None
        )

    assert [refused(days, by_letter=False) for days in (0, 29.999, 30)] == [False, False, True]
    assert [refused(days, by_letter=True) for days in (30, 183.999, 184)] == [False, False, True]


def test_two_persons_annul_and_one_of_them_is_a_chief():
    ann, ben = Actor(1, Role.MODERATOR), Actor(2, Role.MODERATOR)
    chief = Actor(3, Role.CHIEF)
    assert refuse_confirming(chief, replace(chief, role=Role.MODERATOR)) is not None
    assert refuse_confirming(ann, ben) is not None
    assert refuse_confirming(ann, chief) is None
    assert refuse_confirming(chief, ann) is None
    assert refuse_annulling(block(1, 1, thread=9)) is not None
    assert refuse_annulling(block(1, 1, state=State.ANNULLED)) is not None
