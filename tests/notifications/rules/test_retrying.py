"""When a message is tried again: RFC 5321 §4.5.4, and at least a day."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from broadsheet.notifications.rules.answers import Meaning, Stage, meaning_of
from broadsheet.notifications.rules.retrying import next_try, pause

pytestmark = [pytest.mark.row("NOT-03"), pytest.mark.files]
THEN = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stage", "code", "meaning"),
    [
        (Stage.CONNECTING, 0, Meaning.NO_SERVER),
        (Stage.CONNECTING, 421, Meaning.NO_SERVER),
        (Stage.CONNECTING, 535, Meaning.NO_SERVER),
        (Stage.CONNECTING, 554, Meaning.NO_SERVER),
        (Stage.SENDER, 550, Meaning.NO_SERVER),
        (Stage.SENDER, 0, Meaning.LATER),
        (Stage.RECIPIENT, 450, Meaning.LATER),
        (Stage.RECIPIENT, 550, Meaning.NEVER),
        (Stage.RECIPIENT, 553, Meaning.NEVER),
        (Stage.RECIPIENT, 530, Meaning.NO_SERVER),
        (Stage.DATA, 451, Meaning.LATER),
        (Stage.DATA, 554, Meaning.NEVER),
        (Stage.END, 250, Meaning.ACCEPTED),
        (Stage.END, 452, Meaning.LATER),
        (Stage.END, 552, Meaning.NEVER),
        (Stage.END, 0, Meaning.LATER),
    ],
)
def test_what_an_answer_means(stage, code, meaning):
    assert meaning_of(stage, code) is meaning


@given(some.sampled_from(Stage), some.integers(0, 599))
def test_nothing_is_taken_for_accepted_but_a_2xx_after_the_end(stage, code):
    assert (meaning_of(stage, code) is Meaning.ACCEPTED) == (stage is Stage.END and 200 <= code < 300)


@given(some.integers(1, 10_000), some.floats(0, 1), some.floats(0, 23.9))
def test_for_a_day_nothing_is_given_up(attempts, chance, hours):
    now = THEN + timedelta(hours=hours)
    due = next_try(attempts=attempts, failing_since=THEN, now=now, chance=chance)
    assert due is not None
    assert timedelta(seconds=40) <= due - now <= timedelta(hours=3)


def test_the_waits_grow_and_in_the_end_it_is_given_up():
    now, waits = THEN, []
    while (due := next_try(attempts=len(waits) + 1, failing_since=THEN, now=now, chance=0.5)) is not None:
        waits.append(due - now)
        now = due
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert timedelta(days=3) <= now - THEN <= timedelta(days=4)
    assert 10 < len(waits) < 100


@given(some.integers(1, 10_000))
def test_chance_spreads_what_failed_together(attempts):
    early, late = (next_try(attempts=attempts, failing_since=THEN, now=THEN, chance=chance) for chance in (0, 1))
    assert (late - THEN) / (early - THEN) == pytest.approx(1.5)


@given(some.integers(1, 10_000), some.floats(0, 1))
def test_a_server_that_fails_is_asked_again_within_two_minutes(failures, chance):
    assert 1 < pause(failures=failures, chance=chance) < 120
