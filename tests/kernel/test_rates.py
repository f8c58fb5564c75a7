"""Limits and growing delays: counted for everybody alike, kept without anybody's address."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kernel.models import Rate
from broadsheet.kernel.rates import Delays, Limit, forgive, network_of, note_failure, purge, take, wait_for
from tests.at_once import at_once

pytestmark = [pytest.mark.row("ACC-02"), pytest.mark.django_db]
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
LIMIT = Limit("letters", times=3, per=timedelta(minutes=3))
DELAYS = Delays("tries", free=2, first=timedelta(seconds=2), longest=timedelta(minutes=1))
NONE = timedelta(0)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_so_many_at_once_and_then_one_by_one():
    assert [take(LIMIT, "anna", NOON) for _number in range(3)] == [NONE] * 3
    assert take(LIMIT, "anna", NOON) == timedelta(minutes=1)
    assert take(LIMIT, "anna", at(59)) == timedelta(seconds=1)
    assert take(LIMIT, "anna", at(60)) == NONE
    assert take(LIMIT, "anna", at(60)) == timedelta(minutes=1)
    assert take(LIMIT, "ben", NOON) == NONE
    assert take(Limit("others", 1, timedelta(hours=1)), "anna", NOON) == NONE


@given(st.lists(st.integers(0, 40), max_size=60))
def test_never_more_than_allowed_in_any_stretch(gaps):
    Rate.objects.all().delete()
    now, taken = NOON, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        if not take(LIMIT, "anna", now):
            taken.append(now)
    for begin in taken:
        stretch = [each for each in taken if begin <= each < begin + LIMIT.per]
        assert len(stretch) <= 2 * LIMIT.times - 1, "a full bucket, and what drips into it meanwhile"


def test_waits_double_up_to_the_longest():
    waits = []
    for number in range(9):
        note_failure(DELAYS, "anna", at(number * 100))
        waits.append(wait_for(DELAYS, "anna", at(number * 100)).total_seconds())
    assert waits == [0, 0, 2, 4, 8, 16, 32, 60, 60]
    assert wait_for(DELAYS, "ben", at(800)) == NONE
    assert wait_for(DELAYS, "anna", at(860)) == NONE


def test_failures_are_forgiven_or_forgotten_after_a_day():
    for _number in range(4):
        note_failure(DELAYS, "anna", NOON)
        note_failure(DELAYS, "ben", NOON)
    forgive(DELAYS, "anna", NOON)
    note_failure(DELAYS, "anna", NOON)
    assert wait_for(DELAYS, "anna", NOON) == NONE
    note_failure(DELAYS, "ben", NOON + timedelta(hours=23))
    assert wait_for(DELAYS, "ben", NOON + timedelta(hours=23)) == timedelta(seconds=8)
    note_failure(DELAYS, "ben", NOON + timedelta(days=3))
    assert wait_for(DELAYS, "ben", NOON + timedelta(days=3)) == NONE


def test_the_key_changes_each_day_and_what_runs_is_taken_along():
    before_midnight = datetime(2026, 11, 28, 23, 59, 59, tzinfo=UTC)
    for _number in range(4):
        note_failure(DELAYS, "anna", before_midnight)
    names = set(Rate.objects.values_list("key", flat=True))
    after = before_midnight + timedelta(seconds=2)
    assert wait_for(DELAYS, "anna", after) == timedelta(seconds=2)
    note_failure(DELAYS, "anna", after)
    assert wait_for(DELAYS, "anna", after) == timedelta(seconds=8)
    assert set(Rate.objects.values_list("key", flat=True)) - names


def test_rows_say_nothing_and_go():
    note_failure(DELAYS, "203.0.113.9", NOON)
    row = Rate.objects.get()
    assert len(row.key) == 64
    assert "203" not in str(row)
    Rate.objects.update(expires_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert purge() == 1
    assert not Rate.objects.exists()


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"), ("2001:db8:aaaa:bbbb::1", "2001:db8:aaaa::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"), ("", "unknown"), ("no address", "unknown"), ("fe80::1%eth0", "fe80::/48"),
    ],
)  # fmt: skip
def test_networks_of_clients(address, network):
    assert network_of(address) == network


@given(st.text(max_size=60) | st.ip_addresses().map(str))
def test_any_address_has_a_network(address):
    assert network_of(address)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_than_allowed_are_let_in():
    results = at_once(*[lambda: take(LIMIT, "anna", NOON)] * 8)
    assert results.count(NONE) == LIMIT.times
    at_once(*[lambda: note_failure(DELAYS, "ben", NOON)] * 6)
    assert wait_for(DELAYS, "ben", NOON) == timedelta(seconds=16)
