"""What the clock alone changes is announced, so that stored pages follow (DIS-06)."""

from datetime import UTC, datetime, time, timedelta

import pytest

from broadsheet.discussion.actions.announce_turns import announce_turns
from broadsheet.discussion.actions.keep_staffed import Staffing, keep_staffed
from broadsheet.discussion.actions.raise_shield import raise_shield
from broadsheet.discussion.actions.set_mode import put_mode_rule, set_thread_mode
from broadsheet.discussion.models import ModeRule
from broadsheet.kernel.models import FactRecord
from tests.factories.newsroom import make_article, make_edition, make_section

pytestmark = [pytest.mark.row("DIS-06"), pytest.mark.django_db]
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)  # a Monday


@pytest.fixture
def told():
    """Return a function that lets the clock be looked at, and returns the keys that went since."""
    seen = [0]

    def look(now: datetime) -> set[str]:
        announce_turns(now=now)
        rows = list(FactRecord.objects.filter(pk__gt=seen[0]).order_by("pk"))
        seen[0] = rows[-1].pk if rows else seen[0]
        return {key for row in rows for key in row.keys}

    return look


def test_schedules_ends_and_closing_times_are_announced_once_each(told):
    edition = make_edition(time_zone="Europe/London")
    article = make_article(make_section(edition), at=NOON)
    put_mode_rule(scope="edition", ref=edition.pk, mode="closed", weekdays=[0], begins=time(22), ends=time(7))
    put_mode_rule(scope="section", ref=article.section_id, close_after_days=1)
    raise_shield(scope="thread", ref=article.pk, until=NOON + timedelta(hours=2))
    set_thread_mode(article_id=article.pk, closes_at=NOON + timedelta(hours=3))
    told(NOON)
    assert told(NOON + timedelta(minutes=1)) == set()
    assert told(NOON + timedelta(hours=2)) == {f"thread:{article.pk}", f"discussion:{article.pk}"}, "the shield ended"
    assert ModeRule.objects.count() == 2
    assert told(NOON + timedelta(hours=3)) == {f"thread:{article.pk}", f"discussion:{article.pk}"}, "it closed"
    assert told(NOON + timedelta(hours=9, minutes=59)) == set()
    assert f"modes:edition:{edition.pk}" in told(NOON + timedelta(hours=10)), "22:00"
    assert f"modes:edition:{edition.pk}" in told(NOON + timedelta(hours=19)), "07:00"
    assert f"modes:edition:{edition.pk}" not in told(NOON + timedelta(hours=23))
    after = told(NOON + timedelta(hours=24, seconds=5))
    assert f"discussion:{article.pk}" in after, "a day after publication"


def test_what_was_missed_while_nothing_ran_is_announced_at_once(told):
    edition = make_edition(time_zone="Asia/Beirut")
    put_mode_rule(scope="site", mode="premoderated", begins=time(9), ends=time(10))
    put_mode_rule(scope="edition", ref=edition.pk, mode="closed", unstaffed=True)
    keep_staffed(times=[Staffing(edition.pk, "Asia/Beirut", (2,), time(9), time(17))])
    told(NOON)
    assert told(NOON + timedelta(days=1)) >= {"modes:site:0"}
    assert told(NOON + timedelta(days=2)) >= {f"modes:edition:{edition.pk}"}, "on duty since 07:00 UTC"
    assert told(NOON + timedelta(days=30)) >= {"modes:site:0", f"modes:edition:{edition.pk}"}
    assert told(NOON) == set(), "a clock that was put back"


def test_staffed_times_are_announced_only_where_they_are_new():
    edition = make_edition()
    times = [Staffing(edition.pk, "UTC", (0,), time(9), time(17))]
    assert keep_staffed(times=times)
    assert not keep_staffed(times=[*times, *times])
    assert keep_staffed(times=[])
    assert FactRecord.objects.filter(name="ModeRulesChanged").count() == 2
