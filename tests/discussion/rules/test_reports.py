"""What a report counts: right ones weigh more, crowds never outweigh a few who are known to be right (DIS-05)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.discussion.rules.reports import (
    HALF_LIFE,
    MASS_OF_ANYBODY,
    MASS_OF_UNKNOWN,
    VISITOR,
    Filed,
    Record,
    faded,
    learned,
    of_mass,
    pressure,
    unlearned,
    weight,
)

pytestmark = pytest.mark.row("DIS-05")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
OLD = NOW - timedelta(days=400)
COUNTS = st.floats(0, 1000, allow_nan=False)
AGES = st.integers(0, 4000).map(lambda days: NOW - timedelta(days=days))
RECORDS = st.none() | st.builds(Record, COUNTS, COUNTS, st.just(NOW))
FILED = st.builds(
    Filed,
    st.sampled_from(["", "reader 1", "reader 2", "reader 3", "ines@mail.example"]),
    st.floats(0.01, 1, allow_nan=False),
    st.just(NOW),
    st.booleans(),
)


def judged(*outcomes: bool, at: datetime = NOW) -> Record | None:
    record = None
    for upheld in outcomes:
        record = learned(record, upheld=upheld, now=at)
    return record


@given(RECORDS, AGES)
def test_a_weight_is_above_nothing_and_never_more_than_one(record, registered_at):
    assert 0 < weight(record, registered_at, NOW) <= 1


@given(RECORDS, AGES)
def test_who_was_right_once_more_weighs_more_and_who_was_wrong_less(record, registered_at):
    before = weight(record, registered_at, NOW)
    assert weight(learned(record, upheld=True, now=NOW), registered_at, NOW) >= before
    assert weight(learned(record, upheld=False, now=NOW), registered_at, NOW) <= before


def test_an_account_comes_of_age_and_a_visitor_never_does():
    ages = [weight(None, NOW - timedelta(days=days), NOW) for days in (0, 3, 7, 14, 400)]
    assert ages == sorted(ages)
    assert ages[3] == ages[4] > 3 * ages[0]
    assert weight(judged(*[True] * 9), None, NOW) == VISITOR <= ages[0]


def test_what_was_learned_fades():
    liar = judged(*[False] * 10, at=NOW)
    assert weight(liar, OLD, NOW) < 0.15
    assert faded(liar, NOW + HALF_LIFE).rejected == pytest.approx(5)
    assert weight(liar, OLD, NOW + 10 * HALF_LIFE) == pytest.approx(weight(None, OLD, NOW), abs=0.01)
    assert faded(liar, NOW - timedelta(days=3)) == liar, "a clock that jumps back makes nothing grow"


@given(RECORDS, st.booleans(), st.integers(0, 4000))
def test_what_was_learned_wrongly_is_unlearned_whenever(record, upheld, days):
    later = NOW + timedelta(days=days)
    again = unlearned(learned(record, upheld=upheld, now=NOW), upheld=upheld, at=NOW, now=later)
    expected = faded(record or Record(0, 0, NOW), later)
    assert (again.upheld, again.rejected) == (pytest.approx(expected.upheld), pytest.approx(expected.rejected))


@given(st.lists(FILED, max_size=60))
def test_no_number_of_reports_counts_more_than_two_and_a_half_times_the_weightiest(filed):
    total = pressure(filed)
    assert total <= 2.5 * max((one.weight for one in filed), default=0) + 1e-9
    assert (total == 0) == (not filed)


@given(st.lists(FILED, min_size=1, max_size=30), st.data())
def test_reporting_again_adds_nothing(filed, data):
    again = data.draw(st.sampled_from([one for one in filed if one.who or one.mass] or [None]))
    if again is not None:
        assert pressure([*filed, again]) == pytest.approx(pressure(filed))


@given(st.lists(FILED, max_size=30), FILED)
def test_a_further_report_never_makes_a_comment_look_better(filed, one):
    assert pressure([*filed, one]) >= pressure(filed) - 1e-9


@given(st.integers(1, 500), st.integers(0, 500))
def test_new_accounts_and_visitors_in_any_number_never_outweigh_one_reader_who_is_known(accounts, visitors):
    crowd = [Filed(f"reader {number}", weight(None, NOW, NOW), NOW) for number in range(accounts)]
    crowd += [Filed("", VISITOR, NOW)] * visitors
    assert pressure(crowd) < weight(None, OLD, NOW)
    assert pressure(crowd) < weight(judged(True, True, True), OLD, NOW) / 2


@given(st.integers(MASS_OF_UNKNOWN, 300), st.floats(0.01, 0.35))
def test_a_mass_counts_as_one(number, each):
    crowd = [Filed(f"reader {place}", each, NOW) for place in range(number)]
    assert of_mass(crowd, NOW) == list(range(number))
    assert pressure([Filed(one.who, one.weight, one.at, mass=True) for one in crowd]) == pytest.approx(each)


def test_who_is_known_makes_no_mass_before_there_are_very_many_and_slow_ones_never():
    known = [Filed(f"reader {number}", 0.6, NOW) for number in range(MASS_OF_ANYBODY)]
    assert of_mass(known[:-1], NOW) == []
    assert len(of_mass(known, NOW)) == MASS_OF_ANYBODY
    slow = [Filed("", VISITOR, NOW - timedelta(hours=number)) for number in range(40)]
    assert of_mass(slow, NOW) == []
    assert of_mass([Filed("reader 1", 0.1, NOW)] * 40, NOW) == [], "one person is no mass"


@given(st.integers(0, 18), st.integers(0, 300))
def test_a_crowd_does_not_take_their_weight_from_those_who_are_known(known, crowd):
    some = [Filed(f"known {number}", 0.6, NOW) for number in range(known)]
    all_ = [*some, *[Filed("", VISITOR, NOW)] * crowd]
    masses = set(of_mass(all_, NOW))
    if known + crowd < MASS_OF_ANYBODY:
        assert not masses & set(range(known))
        marked = [Filed(one.who, one.weight, one.at, place in masses) for place, one in enumerate(all_)]
        assert pressure(marked) >= pressure(some) - 1e-9
