"""The alarm when a clause's rate jumps, from counts that no post waited for."""

from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.discussion.actions.count_findings import DELAY, KEPT, count_findings
from broadsheet.discussion.models import FindingRow, JudgedHour, Judgement
from broadsheet.discussion.queries.alarms import alarms_of, rates_of
from tests.factories.accounts import make_reader
from tests.factories.discussion_judge import make_comment
from tests.factories.newsroom import make_article, make_section

pytestmark = [pytest.mark.row("STD-06"), pytest.mark.django_db]
NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
EDITION = 17


@pytest.fixture
def comment(db):
    return make_comment(make_article(make_section()), make_reader(), "Some words.")


def judged(comment, version, clauses=(), failed=(), *, at=NOW):
    Judgement.objects.create(comment=comment, version=version, at=at, rulebook_version=0, outcome="publish",
                             not_scored=list(failed))  # fmt: skip
    for clause in clauses:
        FindingRow.objects.create(comment=comment, version=version, clause=clause, handling="flag", detector="words",
                                  detector_version=1, score=0.9)  # fmt: skip


def counts(edition):
    return {(row.kind, row.what): row.found for row in JudgedHour.objects.filter(edition_id=edition)}


def test_each_judgement_is_counted_once_and_each_clause_once_a_text(comment):
    edition = comment.thread.edition_id
    judged(comment, 1, ["HATE", "HATE", "SPAM"])
    judged(comment, 2, ["HATE"], ["encoder"])
    assert count_findings(now=NOW + DELAY) == 2
    first = {("judged", ""): 2, ("clause", "HATE"): 2, ("clause", "SPAM"): 1, ("failing", "encoder"): 1}
    assert counts(edition) == first
    assert count_findings(now=NOW + DELAY) == 0
    assert counts(edition) == first
    judged(comment, 3, at=NOW + timedelta(minutes=1))
    assert count_findings(now=NOW + DELAY) == 0  # a lower number may still be on its way
    assert count_findings(now=NOW + DELAY + timedelta(minutes=1)) == 1
    assert counts(edition) == {**first, ("judged", ""): 3}
    rates = rates_of(edition, NOW + timedelta(hours=1))
    hour = NOW.replace(minute=0)
    assert rates.clauses == {hour: {"": 3, "HATE": 2, "SPAM": 1}}
    assert rates.failing == {hour: {"": 3, "encoder": 1}}


def test_one_that_is_young_is_not_passed_over(comment):
    judged(comment, 1, at=NOW + timedelta(seconds=2))  # it has the lower number, and the later time
    judged(comment, 2, at=NOW)
    assert count_findings(now=NOW + DELAY) == 0
    assert count_findings(now=NOW + DELAY + timedelta(seconds=2)) == 2


def history(found_today, *, edition=EDITION, kind="clause", what="INSULT"):
    """Four weeks of 200 comments a day with ten findings each, and a last day."""
    for day in range(29):
        at = (NOW - timedelta(days=day, hours=2)).replace(minute=0)
        JudgedHour.objects.create(edition_id=edition, hour=at, kind="judged", found=200)
        found = found_today if day == 0 else 10
        JudgedHour.objects.create(edition_id=edition, hour=at, kind=kind, what=what, found=found)


@pytest.mark.parametrize(("today", "direction"), [(60, "up"), (11, None), (0, None)])
def test_a_clause_that_is_found_six_times_as_often_raises_an_alarm(today, direction):
    history(today)
    found = alarms_of(EDITION, NOW)
    assert [one.direction for one in found] == ([direction] if direction else [])
    if found:
        assert (found[0].kind, found[0].what, found[0].found, found[0].judged) == ("clause", "INSULT", 60, 200)


@pytest.mark.row("STD-02")
def test_a_detector_that_begins_to_fail_raises_an_alarm():
    history(60, kind="failing", what="encoder")
    assert [(one.kind, one.what) for one in alarms_of(EDITION, NOW)] == [("failing", "encoder")]


def test_another_edition_s_jump_is_not_one_here():
    history(60, edition=EDITION + 1)
    history(10)
    assert alarms_of(EDITION, NOW) == []


def test_counts_that_nothing_asks_for_are_dropped():
    JudgedHour.objects.create(edition_id=1, hour=NOW - KEPT - timedelta(hours=1), kind="judged", found=1)
    JudgedHour.objects.create(edition_id=1, hour=NOW, kind="judged", found=1)
    count_findings(now=NOW)
    assert JudgedHour.objects.count() == 1
