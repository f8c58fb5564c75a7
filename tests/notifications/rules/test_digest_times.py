"""When a digest comes: once on each day that the reader's calendar has, at the hour that was chosen."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.notifications.rules.digest_times import next_digest

pytestmark = pytest.mark.row("NOT-02")
ZONES = (
    "Europe/Brussels", "America/New_York", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "Asia/Kabul",
    "Pacific/Apia", "Africa/Casablanca", "Pacific/Chatham", "America/Sao_Paulo", "Etc/GMT",
)  # fmt: skip
MOMENTS = st.datetimes(datetime(2005, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))


def times(**wanted) -> dict:
    return {"rhythm": "daily", "hour": 7, "weekday": 0, "zone": "Europe/Brussels", **wanted}


@pytest.mark.parametrize(
    ("after", "wanted", "expected"),
    [
        # Clocks in Brussels go forward at 02:00 on 29 March 2026, and back at 03:00 on 25 October.
        ("2026-03-28T12:00", times(hour=7), "2026-03-29T05:00"),
        ("2026-03-27T12:00", times(hour=7), "2026-03-28T06:00"),
        ("2026-03-28T12:00", times(hour=2), "2026-03-29T01:00"),  # 02:00 isn't there: 03:00 is the same moment
        ("2026-03-29T01:00", times(hour=2), "2026-03-30T00:00"),
        ("2026-10-24T12:00", times(hour=2), "2026-10-25T00:00"),  # of two, the first
        ("2026-10-25T00:00", times(hour=2), "2026-10-26T01:00"),  # and the second isn't one more digest
        # Weekly, on a Saturday; from a Saturday at the very hour, the next one.
        ("2026-11-30T03:00", times(rhythm="weekly", weekday=5), "2026-12-05T06:00"),
        ("2026-12-05T06:00", times(rhythm="weekly", weekday=5), "2026-12-12T06:00"),
        # Samoa left out the 30th of December 2011.
        ("2011-12-29T19:00", times(zone="Pacific/Apia", hour=8), "2011-12-30T18:00"),
        ("2011-12-30T18:00", times(zone="Pacific/Apia", hour=8), "2011-12-31T18:00"),
        # Nepal is five hours and three quarters ahead.
        ("2026-11-30T00:00", times(zone="Asia/Kathmandu", hour=6), "2026-11-30T00:15"),
        # A zone that nobody knows is that of Greenwich.
        ("2026-11-30T00:00", times(zone="Mars/Olympus", hour=6), "2026-11-30T06:00"),
    ],
)
def test_the_next_digest_is_due_at_the_hour_of_the_readers_clock(after, wanted, expected):
    found = next_digest(datetime.fromisoformat(after).replace(tzinfo=UTC), **wanted)
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@given(MOMENTS, st.sampled_from(ZONES), st.integers(0, 23), st.sampled_from(("daily", "weekly")), st.integers(0, 6))
def test_digests_follow_each_other_by_the_calendar(after, zone, hour, rhythm, weekday):
    first = next_digest(after, rhythm=rhythm, hour=hour, weekday=weekday, zone=zone)
    second = next_digest(first, rhythm=rhythm, hour=hour, weekday=weekday, zone=zone)
    there = ZoneInfo(zone)
    assert after < first < second
    # None is left out: between them lies one step of the calendar, give or take a change of clocks or of the date line.
    step = timedelta(days=7 if rhythm == "weekly" else 1)
    assert first - after <= step + timedelta(days=1)
    assert abs((second - first) - step) <= timedelta(hours=24 if zone == "Pacific/Apia" else 3)
    # The clock shows the hour, unless that hour isn't on the clocks of that day.
    local = first.astimezone(there)
    if local.hour != hour:
        gone = datetime.combine(local.date(), datetime.min.time().replace(hour=hour), tzinfo=there)
        assert gone.astimezone(UTC).astimezone(there).hour != hour
    assert (local.minute, local.second, local.microsecond)[1:] == (0, 0)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from(ZONES), st.integers(0, 23))
def test_a_year_has_one_digest_for_each_of_its_days(day, zone, hour):
    now = datetime.combine(day, datetime.min.time(), tzinfo=ZoneInfo(zone)).astimezone(UTC) - timedelta(seconds=1)
    end, days = now + timedelta(days=365), []
    while (now := next_digest(now, rhythm="daily", hour=hour, weekday=0, zone=zone)) < end:
        days.append(now.astimezone(ZoneInfo(zone)).date())
    assert len(set(days)) == len(days)
    assert 364 <= len(days) <= 366
