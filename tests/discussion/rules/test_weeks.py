"""Times of the week against a clock that is asked minute by minute, over midnight and over changes of the clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.discussion.rules.modes import ModeNow, Own, Rule, mode_at, next_change
from broadsheet.discussion.rules.weeks import WHOLE_WEEK, OnDuty, Weekly, gaps, is_staffed, turns

pytestmark = [pytest.mark.row("DIS-06"), pytest.mark.files]
MINUTE = timedelta(minutes=1)
ZONES = [ZoneInfo(name) for name in ("Europe/London", "Asia/Beirut", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")]
# Weeks in which clocks are put forward or back in one of the zones, and quiet ones.
WEEKS = [datetime(2026, month, day, 11, 7, tzinfo=UTC) for month, day in ((3, 26), (10, 22), (4, 1), (10, 1), (7, 15))]
TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 30, 45, 59]))
WEEKLIES = st.builds(
    Weekly,
    st.lists(st.integers(0, 6), unique=True, max_size=3).map(tuple),
    *(TIMES, TIMES),
) | st.builds(Weekly, st.lists(st.integers(0, 6), unique=True, max_size=3).map(tuple))


def brute(week: Weekly, at: datetime, zone: ZoneInfo) -> bool:
    """Say whether the wall clock shows a time of the week, told in the plainest way."""
    local = at.astimezone(zone)
    days = week.weekdays or tuple(range(7))
    if week.begins is None or week.ends is None:
        return local.weekday() in days
    minute = local.hour * 60 + local.minute
    begins, ends = week.begins.hour * 60 + week.begins.minute, week.ends.hour * 60 + week.ends.minute
    for day in days:
        length = (ends - begins) % 1440 or 1440
        passed = ((local.weekday() - day) % 7) * 1440 + minute - begins
        if 0 <= passed < length or 0 <= passed + 7 * 1440 < length:
            return True
    return False


@given(WEEKLIES, st.sampled_from(ZONES), st.sampled_from(WEEKS))
def test_every_minute_is_as_the_wall_clock_says_and_every_change_is_foreseen(week, zone, since):
    until = since + WHOLE_WEEK
    moments = sorted({at.replace(second=0, microsecond=0) for at in turns(week, zone, since, until)})
    before = brute(week, since, zone)
    changed = []
    at = since
    while at < until:
        at += MINUTE
        now = brute(week, at, zone)
        assert week.holds(at.astimezone(zone)) is now
        if now is not before:
            changed.append(at)
        before = now
    assert set(changed) <= set(moments)


@given(st.lists(st.tuples(WEEKLIES, st.sampled_from(ZONES)), max_size=3), WEEKLIES, st.sampled_from(WEEKS))
def test_a_rule_for_when_nobody_is_on_duty_holds_exactly_then(rota, week, start):
    duties = [OnDuty(zone, each) for each, zone in rota]
    rule = Rule("edition", "closed", weekdays=week.weekdays, begins=week.begins, ends=week.ends, unstaffed=True)
    home = ZONES[0]

    def state(at: datetime) -> ModeNow:
        return mode_at([rule], Own(), None, at.astimezone(home), staffed=is_staffed(duties, at))

    moments = [*turns(week, home, start, start + WHOLE_WEEK)]
    for duty in duties:
        moments += turns(duty.week, duty.zone, start, start + WHOLE_WEEK)
    foreseen = next_change(state, moments, start)
    at, first = start, None
    while at < start + timedelta(days=2):
        staffed = any(brute(each, at, zone) for each, zone in rota)
        assert (state(at).mode == "closed") is (brute(week, at, home) and not staffed)
        if first is None and state(at) != state(start):
            first = at
        at += timedelta(minutes=7)
    if first is not None:
        assert foreseen is not None
        assert start < foreseen <= first
    elif foreseen is not None:  # then not within the time that was walked, or between two steps
        assert state(foreseen) != state(start)


@given(st.lists(WEEKLIES, max_size=4))
def test_gaps_are_what_no_span_covers(weeks):
    spans = [span for week in weeks for span in week.spans()]
    left = gaps(spans)
    covered = {(day, minute) for day, begins, ends in spans for minute in range(begins, ends)}
    opened = {(day, minute) for day, begins, ends in left for minute in range(begins, ends)}
    assert covered | opened == {(day, minute) for day in range(7) for minute in range(1440)}
    assert not covered & opened


def test_a_time_that_clocks_leave_out_turns_where_they_are_put_forward():
    zone = ZoneInfo("Europe/London")  # 01:00 to 02:00 is left out on 29 March 2026
    since = datetime(2026, 3, 28, 12, tzinfo=UTC)
    week = Weekly((6,), time(1, 30), time(12))
    assert datetime(2026, 3, 29, 1, tzinfo=UTC) in set(turns(week, zone, since, since + timedelta(days=1)))
    assert week.holds(datetime(2026, 3, 29, 1, tzinfo=UTC).astimezone(zone))
    assert not week.holds(datetime(2026, 3, 29, 0, 59, tzinfo=UTC).astimezone(zone))
