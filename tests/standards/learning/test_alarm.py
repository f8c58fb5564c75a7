"""Alarms on simulated streams: few false ones at steady rates, jumps found within a day, small numbers left alone."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from broadsheet.standards.learning.alarm import Alarm, Rates, alarms, read_rates
from broadsheet.standards.learning.rates import Day, Usual, usual
from broadsheet.standards.learning.refusals import LearningError

pytestmark = [pytest.mark.row("STD-06"), pytest.mark.files]
MONDAY = datetime(2026, 6, 1, tzinfo=UTC)
NIGHT = np.array([1, 1, 1, 1, 1, 2, 4, 8, 8, 6, 6, 6, 8, 6, 5, 5, 6, 8, 9, 9, 8, 6, 4, 2]) / 121  # comments by the hour


def stream(
    draw: np.random.Generator, days: int, *, judged: float = 1000, jump: float = 1.0, since: int = 10**6, **a_day: float
) -> Rates:
    """Return hours of verdicts: findings a day per clause, `jump` times as many from day `since` on."""
    rates = Rates()
    for day in range(days):
        busy = 1.5 if day % 7 >= 5 else 1.0  # weekends bring more comments, and insults are a larger part of them
        loud = draw.gamma(50, 1 / 50)  # days differ by a seventh beyond chance
        for hour in range(24):
            at = MONDAY + timedelta(days=day, hours=hour)
            counted = Counter({"": int(draw.poisson(judged * busy * NIGHT[hour]))})
            for code, mean in a_day.items():
                factor = (jump if day >= since else 1.0) * (1.3 if day % 7 >= 5 else 1.0) * loud
                counted[code] = int(draw.poisson(mean * busy * factor * NIGHT[hour]))
            rates.clauses[at] = counted
            rates.failing[at] = Counter({"": counted[""]})
    return rates


def at_end_of(day: int) -> datetime:
    return MONDAY + timedelta(days=day + 1)


def test_steady_rates_raise_less_than_one_false_alarm_in_thirty_clause_days() -> None:
    draw = np.random.default_rng(20261128)
    false = days = 0
    for _ in range(4):
        rates = stream(draw, 58, QUIET=1, SOME=6, INSULT=20, SPAM=150)
        for day in range(29, 58):
            false += len(alarms(rates, at_end_of(day)))
            days += 4
    assert false < days / 30


@pytest.mark.parametrize("mean", [20, 60, 400])
def test_a_tripled_rate_is_found_within_a_day(mean: float) -> None:
    found = []
    for seed in range(20):
        draw = np.random.default_rng([7, seed])
        since = 28 + seed % 7  # on any weekday
        rates = stream(draw, since + 1, jump=3.0, since=since, INSULT=mean, CALM=mean)
        found.append({one.what: one.direction for one in alarms(rates, at_end_of(since))}.get("INSULT") == "up")
    assert sum(found) >= 19


def test_a_clause_that_is_found_no_more_is_told_too() -> None:
    rates = stream(np.random.default_rng(3), 35, jump=0.1, since=34, INSULT=60)
    (alarm,) = alarms(rates, at_end_of(34))
    assert (alarm.what, alarm.direction, alarm.kind) == ("INSULT", "down", "clause")
    assert alarm.found < alarm.expected / 3


def test_twice_as_many_comments_are_no_jump() -> None:
    rates = stream(np.random.default_rng(4), 35, INSULT=40)
    for hour in range(24):
        counted = rates.clauses[MONDAY + timedelta(days=34, hours=hour)]
        for name in counted:
            counted[name] *= 2
    assert alarms(rates, at_end_of(34)) == []


def test_an_hour_of_the_day_is_no_jump() -> None:
    """The 24 hours end at any hour, in the middle of a busy evening as well."""
    rates = stream(np.random.default_rng(5), 40, INSULT=60)
    ends = [MONDAY + timedelta(days=33, hours=6 * part) for part in range(24)]
    assert sum(len(alarms(rates, end)) for end in ends) <= 1


def test_small_numbers_raise_no_alarm() -> None:
    rates = stream(np.random.default_rng(6), 35, RARE=0.2)
    rates.clauses[MONDAY + timedelta(days=34, hours=20)]["RARE"] += 5
    assert alarms(rates, at_end_of(34)) == []


def test_a_week_is_needed_to_know_what_is_usual() -> None:
    draw = np.random.default_rng(8)
    assert alarms(stream(draw, 7, jump=9, since=6, INSULT=60), at_end_of(6)) == []
    assert alarms(stream(draw, 8, jump=9, since=7, INSULT=60), at_end_of(7)) != []
    assert alarms(Rates()) == []


def test_an_odd_day_in_the_past_hides_no_later_one() -> None:
    rates = stream(np.random.default_rng(9), 35, jump=3, since=34, INSULT=40)
    for hour in range(24):
        rates.clauses[MONDAY + timedelta(days=25, hours=hour)]["INSULT"] += 20
    assert [one.what for one in alarms(rates, at_end_of(34))] == ["INSULT"]


def test_a_detector_that_fails_is_told_and_one_that_stops_failing_is_not() -> None:
    rates = stream(np.random.default_rng(10), 35)
    rates.failing[MONDAY + timedelta(days=34, hours=9)]["encoder"] = 6
    assert [(one.kind, one.what, one.found) for one in alarms(rates, at_end_of(34))] == [("failing", "encoder", 6)]
    for hours in rates.failing.values():
        hours["links"] = 5
    for hour in range(24):
        rates.failing[MONDAY + timedelta(days=34, hours=hour)]["links"] = 0
    assert "links" not in {one.what for one in alarms(rates, at_end_of(34))}


def test_verdicts_are_counted_from_lines() -> None:
    lines = []
    for day in range(9):
        for at in range(60):
            when = MONDAY + timedelta(days=day, minutes=20 * at)
            clauses = ["SPAM"] if at < (40 if day == 8 else 4) else []
            lines.append(json.dumps({"id": at, "at": when.isoformat(), "clauses": clauses, "not_scored": []}))
    (alarm,) = alarms(read_rates(["\n", *lines]))
    assert isinstance(alarm, Alarm)
    assert (alarm.what, alarm.found, alarm.judged) == ("SPAM", 40, 60)
    assert alarm.expected == pytest.approx(4, abs=0.5)
    assert "SPAM was found 40 times in 60 comments" in str(alarm)


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"clauses": []}', '{"at": "soon"}', '{"at": "2026-06-01", "clauses": [1]}']
)
def test_a_line_that_is_no_verdict_is_refused_with_its_number(line: str) -> None:
    with pytest.raises(LearningError, match="Line 2"):
        read_rates(['{"at": "2026-06-01T10:00:00Z", "clauses": []}', line])


def test_tails_are_those_of_the_negative_binomial() -> None:
    # Mean 4, size 1/spread = 2: P(K=k) = (k+1) (1/3)^2 (2/3)^k.
    one = Usual(4.0, 0.5)
    chances = [(k + 1) / 9 * (2 / 3) ** k for k in range(200)]
    assert one.tail(7) == pytest.approx(sum(chances[7:]))
    assert one.tail(1) == pytest.approx(sum(chances[:2]))
    assert Usual(4.0, 0.5).tail(0) == pytest.approx(1 / 9)


def test_what_is_usual_follows_the_number_of_comments_and_the_weekday() -> None:
    past = [Day(30 if day % 7 >= 5 else 10, 1000, day % 7) for day in range(28)]
    weekday, weekend = usual(past, Day(0, 1000, 2)), usual(past, Day(0, 1000, 6))
    assert weekday.mean < 14 < 22 < weekend.mean
    assert usual(past, Day(0, 500, 2)).mean == pytest.approx(weekday.mean / 2)
