"""The roster on the screen, and rules that hold while nobody is on duty (DIS-06, MOD-12)."""

from datetime import UTC, datetime

import pytest

from broadsheet.discussion.actions.set_mode import put_mode_rule
from broadsheet.discussion.queries.modes import mode_of
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.moderation.actions.appoint_moderator import dismiss_moderator
from broadsheet.moderation.actions.keep_duty import put_duty
from broadsheet.moderation.models import AuditEntry, Duty
from broadsheet.readers.models import Reader
from tests.factories.cases import make_moderator
from tests.factories.newsroom import make_edition

pytestmark = [pytest.mark.row("DIS-06", "MOD-12"), pytest.mark.django_db]
DESK = "/editor/moderation/"


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def chief(sit):
    return sit(make_moderator(chief=True))


@pytest.fixture
def at(monkeypatch):
    """Return a function that puts the clock to an hour of the week of Monday, 6 July 2026, in UTC."""
    return lambda day, hour, minute=0: monkeypatch.setattr(
        clock, "now", lambda: datetime(2026, 7, 6 + day, hour, minute, tzinfo=UTC)
    )


def duty(person, edition="", days=(0, 1), begins="09:00", ends="17:00"):
    return {"moderator": person, "edition": edition, "weekdays": list(days), "begins": begins, "ends": ends}


def test_a_chief_keeps_the_roster_and_rules_for_when_nobody_is_on_duty_follow(chief, article, at):
    at(0, 12)
    person = make_moderator()
    put_mode_rule(scope="site", mode="premoderated", unstaffed=True)
    assert mode_of(article.pk, clock.now()).mode == "premoderated", "nobody is on the roster"
    assert chief.post(f"{DESK}roster/new/", duty(person.reader_id, article.edition_id)).status_code == 302
    assert mode_of(article.pk, clock.now()).mode == "open"
    page = text_of(chief.get(f"{DESK}roster/"))
    assert "Monday, Tuesday from 09:00 to 17:00" in page
    assert "On duty now:" in page
    assert "nobody</span>" not in page
    assert "00:00–24:00" in page, "a day without anybody"
    for hour, minute, mode in ((8, 59, "premoderated"), (9, 0, "open"), (16, 59, "open"), (17, 0, "premoderated")):
        assert mode_of(article.pk, datetime(2026, 7, 7, hour, minute, tzinfo=UTC)).mode == mode, (hour, minute)
    one = Duty.objects.get()
    chief.post(f"{DESK}roster/{one.pk}/", duty(person.reader_id, article.edition_id, days=[5]))
    saturday = datetime(2026, 7, 11, 12, tzinfo=UTC)
    assert [mode_of(article.pk, when).mode for when in (clock.now(), saturday)] == ["premoderated", "open"]
    assert chief.post(f"{DESK}roster/{one.pk}/remove/").status_code == 302
    assert mode_of(article.pk, saturday).mode == "premoderated"
    assert list(AuditEntry.objects.order_by("seq").values_list("action", flat=True)) == ["duty", "duty", "duty-removed"]


def test_who_moderates_no_longer_is_on_duty_no_longer(article, at):
    at(0, 12)
    chief, person = make_moderator(chief=True), make_moderator()
    put_mode_rule(scope="site", mode="closed", unstaffed=True)
    values = {
        "weekdays": [0],
        "begins": clock.now().replace(hour=9).time(),
        "ends": clock.now().replace(hour=17).time(),
    }
    put_duty(by=chief.reader_id, now=clock.now(), moderator_id=person.reader_id, edition_id=None, **values)
    assert mode_of(article.pk, clock.now()).mode == "open"
    dismiss_moderator(reader_id=person.reader_id, by=chief.reader_id, now=clock.now())
    assert mode_of(article.pk, clock.now()).mode == "closed"
    assert not Duty.objects.exists()


def test_whoever_moderates_a_part_of_an_edition_alone_doesnt_count_as_its_watch(chief, article, at):
    at(0, 12)
    part = make_moderator(sections=[article.section_id])
    put_mode_rule(scope="site", mode="closed", unstaffed=True)
    assert chief.post(f"{DESK}roster/new/", duty(part.reader_id, article.edition_id)).status_code == 302
    assert mode_of(article.pk, clock.now()).mode == "closed"
    assert "a part of the edition only" in text_of(chief.get(f"{DESK}roster/"))


def test_moderators_see_the_roster_and_change_nothing(sit, chief, article, at):
    at(0, 12)
    me = make_moderator()
    chief.post(f"{DESK}roster/new/", duty(me.reader_id))
    desk, one = sit(me), Duty.objects.get()
    page = text_of(desk.get(f"{DESK}roster/"))
    assert "Your duty" in page
    assert "mod-bar--own" in page
    assert "Put somebody on duty" not in page
    for path in ("roster/new/", f"roster/{one.pk}/", f"roster/{one.pk}/remove/"):
        assert desk.post(f"{DESK}{path}", duty(me.reader_id, days=[6])).status_code == 404, path
    assert Duty.objects.get().weekdays == [0, 1]
    with pytest.raises(Refused):
        put_duty(
            by=me.reader_id, now=clock.now(), moderator_id=me.reader_id, edition_id=None, weekdays=[1],
            begins=clock.now().time(), ends=clock.now().time(),
        )  # fmt: skip


def test_nobody_is_put_on_duty_where_they_moderate_nothing(chief, article):
    elsewhere = make_moderator(editions=[make_edition("fr", at_root=False).pk])
    answer = chief.post(f"{DESK}roster/new/", duty(elsewhere.reader_id, article.edition_id))
    assert answer.status_code == 422
    assert "moderates nothing there" in text_of(answer)
    assert chief.post(f"{DESK}roster/new/", duty(elsewhere.reader_id, article.edition_id, days=[])).status_code == 422
    assert not Duty.objects.exists()


def test_the_roster_is_erased_with_its_owner(article):
    person, chief = make_moderator(), make_moderator(chief=True)
    put_duty(
        by=chief.reader_id, now=clock.now(), moderator_id=person.reader_id, edition_id=None, weekdays=[1],
        begins=clock.now().time(), ends=clock.now().time(),
    )  # fmt: skip
    from broadsheet.kernel.personal_data import holdings

    holding = next(one for one in holdings() if one.name == "moderation.duties")
    assert [row["weekdays"] for row in holding.rows(person.reader_id)] == [["Tuesday"]]
    assert holding.erase(person.reader_id) == 1
    assert holding.erase(person.reader_id) == 0
    assert Reader.objects.filter(pk=person.reader_id).exists()
