"""How failed log-ins count: what a captcha stands in for, how much work it asks, and where guessing ends."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.readers.actions.login_attempts import (
    Attempt,
    attempt_of,
    is_closed,
    note_recovered,
    note_right,
    note_wrong,
    take_proven,
    wait_of,
    work_of,
)

pytestmark = [pytest.mark.row("ACC-02"), pytest.mark.django_db]
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
NONE = timedelta(0)
STRANGER = Attempt("reader@mail.example", "198.51.100.0/24")
HOME = replace(STRANGER, device="mark of a browser")


def fail(attempt: Attempt, times: int, gap: timedelta = NONE) -> datetime:
    """Let it fail so often; return when the last was."""
    now = NOON
    for number in range(times):
        now = NOON + gap * number
        note_wrong(attempt, now)
    return now


def test_of_one_network_ten_attempts_an_hour_at_an_account_need_no_waiting():
    assert [take_proven(STRANGER, NOON) for _number in range(10)] == [NONE] * 10
    assert take_proven(STRANGER, NOON) == timedelta(minutes=6)
    assert take_proven(replace(STRANGER, network="203.0.113.0/24"), NOON) == NONE, "the owner comes from elsewhere"
    assert take_proven(HOME, NOON) == NONE, "or from a known browser"


def test_a_network_has_sixty_an_hour_for_all_accounts():
    for number in range(60):
        assert take_proven(replace(STRANGER, email=f"r{number}@mail.example"), NOON) == NONE
    assert take_proven(replace(STRANGER, email="one.more@mail.example"), NOON) == timedelta(minutes=1)
    assert take_proven(HOME, NOON) == NONE


def test_the_work_grows_with_the_failures_of_the_account_and_of_the_network():
    work = []
    for _number in range(25):
        note_wrong(STRANGER, NOON)
        work.append(work_of(STRANGER, NOON))
    assert work == [0] * 9 + [1] * 10 + [2] * 6
    other = replace(STRANGER, email="other@mail.example")
    assert work_of(other, NOON) == 0
    for number in range(95):
        note_wrong(replace(STRANGER, email=f"r{number}@mail.example"), NOON)
    assert work_of(other, NOON) == 2
    assert work_of(replace(other, network="203.0.113.0/24"), NOON) == 0
    assert work_of(HOME, NOON) == 0


def test_the_hundredth_failure_in_a_row_is_the_last_whatever_the_pace():
    """NIST SP 800-63B-4 3.2.2: no more than 100 in a row; slowly, a week apart, as well as at once."""
    week = timedelta(days=7)
    now = fail(STRANGER, 99, week)
    assert not is_closed(STRANGER, now)
    note_wrong(STRANGER, now)
    for later in (NONE, week, timedelta(days=29, hours=23)):
        assert is_closed(STRANGER, now + later)
        assert is_closed(replace(STRANGER, network="203.0.113.0/24"), now + later)
        assert not is_closed(HOME, now + later)
    assert not is_closed(STRANGER, now + timedelta(days=30))


def test_a_right_password_in_between_begins_the_row_anew():
    fail(STRANGER, 99)
    note_right(STRANGER, NOON)
    note_wrong(STRANGER, NOON)
    assert not is_closed(STRANGER, NOON)


@pytest.mark.row("ACC-03")
def test_recovering_opens_again_whatever_the_writing_of_the_address():
    fail(STRANGER, 100)
    note_recovered("READER@mail.example", NOON)
    assert not is_closed(STRANGER, NOON)
    assert wait_of(replace(STRANGER, network="203.0.113.0/24"), NOON) == NONE


def test_a_known_browser_in_which_a_hundred_failed_is_a_strangers():
    fail(HOME, 99)
    assert attempt_of(HOME.email, HOME.network, HOME.device, NOON) == HOME
    note_wrong(HOME, NOON)
    assert attempt_of(HOME.email, HOME.network, HOME.device, NOON) == STRANGER
    assert not is_closed(STRANGER, NOON)
