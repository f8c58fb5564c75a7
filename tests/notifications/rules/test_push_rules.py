"""When a push is tried again, and when a browser may be spoken to."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.notifications.conf import PUSH_LONGEST_RETRY
from broadsheet.notifications.rules.push_answers import Outcome, next_push, outcome_of, retry_after
from broadsheet.notifications.rules.push_topics import topic_of
from broadsheet.notifications.rules.quiet_hours import after_quiet, clock_of, minute_of

pytestmark = pytest.mark.row("NOT-01")
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ZONES = ("UTC", "Europe/Paris", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati", "Australia/Lord_Howe")


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    st.sampled_from(ZONES),
    st.integers(0, 1439),
    st.integers(0, 1439),
)
def test_nobody_is_spoken_to_in_quiet_hours_and_nobody_waits_longer_than_a_day(at, zone, begins, ends):
    now = at.replace(tzinfo=UTC)
    after = after_quiet(now, zone=zone, quiet_from=begins, quiet_to=ends)
    assert now <= after <= now + timedelta(hours=25)
    there = after.astimezone(ZoneInfo(zone))
    minute = there.hour * 60 + there.minute
    quiet = begins <= minute < ends if begins < ends else (minute >= begins or minute < ends) and begins != ends
    # Where clocks are put forward over the end of the quiet hours, they end with the jump.
    assert not quiet or there.utcoffset() != (after - timedelta(hours=3)).astimezone(ZoneInfo(zone)).utcoffset()
    if begins == ends:
        assert after == now


def test_quiet_hours_over_midnight_end_in_the_morning_of_the_readers_own_day():
    evening = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)  # 23:30 in Paris
    words = {"zone": "Europe/Paris", "quiet_from": 22 * 60, "quiet_to": 7 * 60}
    assert after_quiet(evening, **words) == datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
    assert after_quiet(evening + timedelta(hours=3), **words) == datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
    assert after_quiet(NOW, **words) == NOW
    assert after_quiet(evening, zone="No/Where", quiet_from=None, quiet_to=None) == evening


@given(st.integers(0, 1439))
def test_a_minute_is_written_and_read(minute):
    assert minute_of(clock_of(minute)) == minute


@pytest.mark.parametrize(
    "text", ["", "7", "24:00", "12:60", "-1:00", "1:2", "٧:٣٠", "12:00:00", "a:b", "99999999999:00"]
)
def test_what_is_no_time_of_day_is_none(text):
    assert minute_of(text) is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), ("0", 0), ("99999999", PUSH_LONGEST_RETRY.total_seconds()), ("Fri, 20 Nov 2026 12:01:00 GMT", 60),
     ("Fri, 20 Nov 2020 12:01:00 GMT", 0), ("soon", None), ("-5", None), ("1e9", None), ("", None), ("٣", None)],
)  # fmt: skip
def test_a_wish_to_be_left_alone_is_read_and_bounded(value, seconds):
    found = retry_after(value, NOW)
    assert (found.total_seconds() if found is not None else None) == seconds


@given(st.text(max_size=40))
def test_any_header_is_survived(value):
    found = retry_after(value, NOW)
    assert found is None or timedelta(0) <= found <= PUSH_LONGEST_RETRY


@given(st.integers(100, 599))
def test_every_status_means_something(status):
    assert outcome_of(status) in Outcome
    assert (outcome_of(status) is Outcome.GONE) == (status in {404, 410})
    assert (outcome_of(status) is Outcome.ACCEPTED) == (200 <= status < 300)


@given(st.integers(1, 60), st.floats(0, 1), st.integers(0, 1800))
def test_waits_grow_are_bounded_and_end(attempts, chance, asked):
    words = {"attempts": attempts, "chance": chance, "asked": timedelta(seconds=asked)}
    due = next_push(failing_since=NOW, now=NOW, **words)
    assert timedelta(seconds=max(asked, 12)) <= due - NOW <= PUSH_LONGEST_RETRY * 1.2
    assert next_push(failing_since=NOW - timedelta(hours=24), now=NOW, **words) is None


@pytest.mark.parametrize(
    "word", ["", "news", "news:", "news:0", "news:-1", "news:1x", "news: 1", "gossip:1", "news:" + "9" * 19]
)
def test_other_words_are_no_topics(word):
    assert topic_of(word) is None
