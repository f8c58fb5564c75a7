"""The radio's programme: by brute force against a clock on the wall, minute by minute (ART-15)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.newsroom.rules.radio import (
    Exceptional,
    OnAir,
    WeeklyShow,
    broadcasts,
    now_and_next,
    overlapping_exceptions,
    overlapping_shows,
    sound_address,
)
from broadsheet.newsroom.rules.sound_kinds import Heard, foreign_hosts, heard

pytestmark = pytest.mark.row("ART-15")
PARIS = ZoneInfo("Europe/Paris")
MINUTE = timedelta(minutes=1)
# Around the last Sundays of March and October 2026, when Paris changes its clock, and a week without a change.
BEGINNINGS = [date(2026, 3, 28), date(2026, 10, 24), date(2026, 6, 6)]
quarters = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
daily = st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(lambda days: tuple(sorted(days)))


def show(title, begins, ends, *days):
    return WeeklyShow(
        OnAir(title), tuple(days) or tuple(range(7)), time.fromisoformat(begins), time.fromisoformat(ends)
    )


def at(text, zone=PARIS):
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@st.composite
def programmes(draw):
    shows = []
    for number in range(draw(st.integers(1, 6))):
        new = WeeklyShow(OnAir(f"show {number}"), draw(daily), draw(quarters), draw(quarters))
        if overlapping_shows([*shows, new]) is None:
            shows.append(new)
    return shows


def on_the_wall(shows, begin, minutes, zone):
    """What is on in each minute: the show within whose times the furthest time lies that the clock has shown yet."""
    found, furthest, moment = {}, None, begin - timedelta(days=2)
    while moment < begin + minutes * MINUTE:
        wall = moment.astimezone(zone).replace(tzinfo=None)
        furthest = wall if furthest is None else max(furthest, wall)
        if moment >= begin:
            found[moment] = next((one.about.title for one in shows if within(one, furthest)), "")
        moment += MINUTE
    return found


def within(one, wall):
    for day in (wall.date(), wall.date() - timedelta(days=1)):
        start = datetime.combine(day, one.begins)
        end = datetime.combine(day if one.ends > one.begins else day + timedelta(days=1), one.ends)
        if day.weekday() in one.days and start <= wall < end:
            return True
    return False


@given(programmes(), st.sampled_from(BEGINNINGS), st.sampled_from(["Europe/Paris", "America/St_Johns", "Etc/GMT"]))
def test_every_minute_has_the_show_of_the_wall_clock(shows, day, name):
    zone = ZoneInfo(name)
    begin = datetime.combine(day, time(), zone).astimezone(UTC)
    wanted = on_the_wall(shows, begin, 2 * 1440, zone)
    sent = broadcasts(shows, [], zone, begin, begin + timedelta(days=2))
    for before, after in zip(sent, sent[1:], strict=False):
        assert before.ends <= after.begins
    for moment, title in wanted.items():
        assert next((one.about.title for one in sent if one.begins <= moment < one.ends), "") == title, moment


@given(st.lists(st.tuples(daily, quarters, quarters), min_size=2, max_size=5))
def test_an_overlap_is_found_exactly_where_a_minute_has_two_shows(rows):
    shows = [WeeklyShow(OnAir(str(number)), *row) for number, row in enumerate(rows)]
    monday = datetime(2026, 6, 1)
    quarter_hours = [monday + timedelta(minutes=15 * number) for number in range(7 * 96)]
    twice = any(sum(within(one, wall) for one in shows) > 1 for wall in quarter_hours)
    assert (overlapping_shows(shows) is not None) == twice


def test_an_overlap_names_both_and_the_day_also_over_the_end_of_the_week():
    late, early = show("Late", "23:00", "02:00", 6), show("Early", "01:00", "03:00", 0)
    one, other, day = overlapping_shows([early, late])
    assert {one.about.title, other.about.title} == {"Late", "Early"}
    assert day == 0
    assert overlapping_shows([late, show("Early", "02:00", "03:00", 0)]) is None


def test_the_hour_that_is_left_out_and_the_one_that_comes_twice():
    night = [show("Night", "00:00", "02:30"), show("Dawn", "02:30", "06:00")]
    assert now_and_next(night, [], PARIS, at("2026-03-29T01:59"))[0].ends == at("2026-03-29T03:00")
    assert now_and_next(night, [], PARIS, at("2026-03-29T03:00"))[0].about.title == "Dawn"
    once, twice = at("2026-10-25T02:30"), at("2026-10-25T02:30") + timedelta(hours=1)
    for moment in (once, twice, once + timedelta(minutes=45)):
        assert now_and_next(night, [], PARIS, moment)[0].about.title == "Dawn"
    assert now_and_next(night, [], PARIS, once - MINUTE)[0].about.title == "Night"


def test_an_exception_takes_the_place_of_what_the_week_has_and_leaves_the_rest():
    week = [show("Morning", "06:00", "10:00"), show("Noon", "10:00", "14:00")]
    vote = Exceptional(OnAir("The vote"), date(2026, 6, 3), time(9), time(11))
    silence = Exceptional(OnAir(""), date(2026, 6, 3), time(12), time(13))
    sent = broadcasts(week, [vote, silence], PARIS, at("2026-06-03T00:00"), at("2026-06-04T00:00"))
    told = [(one.about.title, f"{one.begins.astimezone(PARIS):%H}-{one.ends.astimezone(PARIS):%H}") for one in sent]
    assert told == [("Morning", "06-09"), ("The vote", "09-11"), ("Noon", "11-12"), ("Noon", "13-14")]
    on, coming = now_and_next(week, [vote, silence], PARIS, at("2026-06-03T12:30"))
    assert (on, coming.about.title) == (None, "Noon")
    assert now_and_next(week, [vote], PARIS, at("2026-06-10T09:30"))[0].about.title == "Morning"
    assert overlapping_exceptions([vote, silence]) is None
    assert overlapping_exceptions([silence, Exceptional(OnAir("x"), date(2026, 6, 2), time(13), time(12, 30))])


@pytest.mark.parametrize(
    ("address", "origin", "hls"),
    [
        ("https://radio.example/live.mp3", "https://radio.example", False),
        ("https://radio.example:8443/a/live.M3U8?x=1", "https://radio.example:8443", True),
        ("/live/radio.wav", "", False),
    ],
)
def test_what_a_page_may_play(address, origin, hls):
    found = sound_address(address)
    assert (found.origin, found.hls) == (origin, hls)


@pytest.mark.parametrize(
    "address",
    ["http://radio.example/live", "//radio.example/live", "javascript:alert(1)", "https://", "https://u:p@radio.example/",
     "https://radio.example/; script-src *", "https://radio.example:x/", "live.mp3", "https://[::1]/live", ""],
)  # fmt: skip
def test_what_no_page_may_play(address):
    assert sound_address(address) is None


@given(st.text(max_size=80))
def test_no_address_can_add_a_word_to_the_policy(text):
    found = sound_address(f"https://{text}")
    assert found is None or not set(found.origin) & set(" ;,'\"\n")


@pytest.mark.parametrize(
    ("kind", "first", "what"),
    [
        ("audio/mpeg", b"\xff\xfb\x90", Heard.STREAM),
        ("application/octet-stream", b"ID3\x04", Heard.STREAM),
        ("application/vnd.apple.mpegurl", b"#EXTM3U\n#EXT-X-VERSION:3\n", Heard.HLS),
        ("audio/x-mpegurl", b"#EXTM3U\nhttps://radio.example/live.mp3\n", Heard.LEADS_ON),
        ("audio/x-scpls", b"[playlist]\nFile1=https://radio.example/live.mp3", Heard.LEADS_ON),
        ("text/html", b"<!doctype html>", Heard.NOTHING),
        ("audio/mpeg", b"", Heard.NOTHING),
    ],
)
def test_what_came_from_an_address(kind, first, what):
    assert heard(kind, first) is what


def test_a_playlist_that_leads_elsewhere_is_noticed():
    assert foreign_hosts("#EXTM3U\nhttps://radio.example/1.ts\nhttps://cdn.example/2.ts\n3.ts", "radio.example") == [
        "cdn.example"
    ]
