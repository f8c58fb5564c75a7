"""The clock that a stored page carries (PAGE-02)."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.web.rules.clock import clock_face

ZONES = st.sampled_from(
    [
        "Etc/GMT",
        "Europe/London",
        "Europe/Paris",
        "Asia/Beirut",
        "Asia/Kathmandu",
        "Africa/Casablanca",
        "America/St_Johns",
    ]
)
TIMES = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@pytest.mark.row("PAGE-02")
def test_a_page_knows_when_the_clocks_change():
    face = clock_face(datetime(2026, 10, 24, 12, tzinfo=UTC), ZoneInfo("Europe/London"))
    spans = json.loads(face.spans)
    # Summer time in the United Kingdom ended on 25 October 2026 and begins on 28 March 2027, both at 01:00 UTC.
    assert spans[0] == [0, 60, "BST"]
    assert spans[1] == [int(datetime(2026, 10, 25, 1, tzinfo=UTC).timestamp()), 0, "GMT"]
    assert spans[2] == [int(datetime(2027, 3, 28, 1, tzinfo=UTC).timestamp()), 60, "BST"]


@pytest.mark.row("PAGE-02")
def test_an_edition_may_name_its_zone():
    assert clock_face(datetime(2026, 11, 20, tzinfo=UTC), ZoneInfo("Etc/GMT"), "UTC").label == "UTC"


def test_a_zone_without_a_name_of_its_own_is_told_by_its_distance():
    face = clock_face(datetime(2026, 11, 20, tzinfo=UTC), ZoneInfo("Asia/Kathmandu"))
    assert face.label == "GMT+5:45"


@pytest.mark.row("PAGE-02")
@given(ZONES, TIMES, st.integers(0, 300 * 24))
def test_the_offsets_carried_are_right_for_months(name, rendered, hours):
    zone = ZoneInfo(name)
    later = rendered.timestamp() + hours * 3600
    spans = json.loads(clock_face(rendered, zone).spans)
    minutes = [span for span in spans if span[0] <= later][-1][1]
    expected = datetime.fromtimestamp(later, UTC).astimezone(zone).utcoffset()
    assert expected is not None
    last_known = spans[-1][0] if len(spans) == 4 else later + 1
    if later < last_known:
        assert minutes * 60 == expected.total_seconds()
