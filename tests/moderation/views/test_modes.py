"""Rules, single discussions and shields on the screen: chiefs change rules, moderators see them (DIS-06, MOD-12)."""

from datetime import timedelta

import pytest

from broadsheet.discussion.models import ModeRule, Thread
from broadsheet.discussion.queries.modes import mode_of
from broadsheet.kernel import clock
from broadsheet.moderation.models import AuditEntry
from broadsheet.readers.models import Reader
from tests.factories.accounts import make_reader
from tests.factories.cases import make_moderator
from tests.factories.newsroom import make_edition, make_section
from tests.moderation.views.conftest import seated

pytestmark = [pytest.mark.row("DIS-06", "MOD-12"), pytest.mark.django_db]
DESK = "/editor/moderation/"
CLOSED = {"about": "site", "mode": "closed"}


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def chief(sit):
    return sit(make_moderator(chief=True))


def test_a_chief_makes_changes_removes_and_puts_back_a_rule(chief, article):
    night = {
        "about": f"edition:{article.edition_id}", "mode": "trusted", "slow": "2", "unit": "60", "weekdays": [0, 1, 2, 3, 4],
        "begins": "22:00", "ends": "07:00", "note": "As agreed",
    }  # fmt: skip
    assert chief.post(f"{DESK}modes/new/", night).status_code == 302
    rule = ModeRule.objects.get()
    assert (rule.mode, rule.slow_seconds, rule.weekdays) == ("trusted", 120, [0, 1, 2, 3, 4])
    page = text_of(chief.get(f"{DESK}modes/"))
    assert "Monday to Friday from 22:00 to 07:00" in page
    assert "Trusted readers only · slow mode: 2 minutes between two comments" in page
    assert "As agreed" in page
    form = text_of(chief.get(f"{DESK}modes/{rule.pk}/"))
    assert 'value="22:00"' in form
    assert 'x="1320" y="0" width="120"' in form, "the picture of the week"
    assert chief.post(f"{DESK}modes/{rule.pk}/", {**night, "mode": "closed"}).status_code == 302
    rule.refresh_from_db()
    assert rule.mode == "closed"
    removed = chief.post(f"{DESK}modes/{rule.pk}/remove/", follow=True)
    assert "Put it back" in text_of(removed)
    assert not ModeRule.objects.exists()
    chief.post(f"{DESK}modes/put-back/")
    again = ModeRule.objects.values("scope", "ref", "mode", "slow_seconds", "weekdays", "begins", "ends", "note").get()
    assert again == {name: getattr(rule, name) for name in again}
    assert chief.post(f"{DESK}modes/put-back/").status_code == 302, "only once"
    assert ModeRule.objects.count() == 1
    actions = list(AuditEntry.objects.order_by("seq").values_list("action", flat=True))
    assert actions == ["mode-rule", "mode-rule", "mode-rule-removed", "mode-rule"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"about": "site"}, "The rule says nothing"),
        ({"about": "site", "mode": "closed", "begins": "22:00"}, "Give both times, or neither."),
        ({"about": "site", "mode": "closed", "expires_at": "2020-01-01T10:00"}, "This end is in the past."),
        ({"about": "tag", "mode": "closed", "tag": "Nowhere"}, "There is no such tag."),
        ({"about": "edition:999999", "mode": "closed"}, "Select a valid choice"),
        ({"about": "site", "slow": "-1"}, "greater than or equal to 0"),
        ({"about": "site", "mode": "closed", "weekdays": ["7"]}, "Select a valid choice"),
    ],
)
def test_what_makes_no_rule_is_said_beside_the_field(chief, article, values, said):
    answer = chief.post(f"{DESK}modes/new/", values)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not ModeRule.objects.exists()


def test_moderators_see_the_rules_and_change_none(sit, chief, article):
    chief.post(f"{DESK}modes/new/", CLOSED)
    rule = ModeRule.objects.get()
    desk = sit()
    page = text_of(desk.get(f"{DESK}modes/"))
    assert "The whole paper" in page
    assert "holds now" in page
    assert "Make a rule" not in page
    assert "/remove/" not in page
    for path in ("modes/new/", f"modes/{rule.pk}/", f"modes/{rule.pk}/remove/", "modes/put-back/"):
        assert desk.post(f"{DESK}{path}", CLOSED).status_code == 404, path
    assert desk.get(f"{DESK}modes/new/").status_code == 404
    assert ModeRule.objects.get().mode == "closed"


def test_to_readers_and_visitors_none_of_it_is_there(client, article):
    reader = seated(make_reader())
    paths = (
        "modes/", "modes/new/", "modes/1/", "modes/1/remove/", "modes/put-back/", f"discussions/{article.pk}/", "shields/",
        "shields/1/lift/", "roster/", "roster/new/", "roster/1/", "roster/1/remove/", "comments/1/pick/", "accounts/ABC/badge/",
    )  # fmt: skip
    for path in paths:
        for person in (client, reader):
            assert person.get(f"{DESK}{path}").status_code in {302, 404, 405}, path
            assert person.post(f"{DESK}{path}", {"article": article.pk, **CLOSED}).status_code in {302, 404}, path
    assert not ModeRule.objects.exists()
    assert not Thread.objects.exists()


def test_a_moderator_sets_a_single_discussion_in_bounds_alone(sit, article):
    here = f"{DESK}discussions/{article.pk}/"
    inside = sit(make_moderator(sections=[article.section_id]))
    assert (
        inside.post(here, {"mode": "trusted", "slow": "30", "unit": "1", "closes_at": "2099-01-02T08:30"}).status_code
        == 302
    )
    thread = Thread.objects.get()
    assert (thread.mode, thread.slow_seconds) == ("trusted", 30)
    page = text_of(inside.get(here))
    assert "Trusted readers only · slow mode: 30 seconds between two comments" in page
    assert "set for this discussion itself" in page
    assert "By the rules alone:" in page
    assert article.title in text_of(inside.get(f"{DESK}modes/"))
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject) == ("thread-mode", f"thread:{article.pk}")
    assert inside.post(here, {"mode": "shut"}).status_code == 422
    outside = sit(make_moderator(editions=[make_edition("fr", at_root=False).pk]))
    assert outside.get(here).status_code == 404
    assert outside.post(here, {"mode": "closed"}).status_code == 404
    assert article.title not in text_of(outside.get(f"{DESK}modes/"))
    assert inside.post(here, {"action": "rules"}).status_code == 302
    thread.refresh_from_db()
    assert (thread.mode, thread.slow_seconds, thread.closes_at) == ("", None, None)


def test_the_article_in_the_desk_leads_there_for_those_who_moderate(chief, article):
    page = chief.get(f"/editor/pages/{article.pk}/edit/")
    assert f"{DESK}discussions/{article.pk}/" in page.content.decode()


def test_a_shield_goes_up_by_one_button_ends_by_itself_and_is_lifted(sit, article, later):
    inside = sit(make_moderator(sections=[article.section_id]))
    assert inside.post(f"{DESK}shields/", {"article": article.pk}).status_code == 302
    week = timedelta(days=7)
    assert mode_of(article.pk, clock.now()).shield == week
    assert "Ends by itself in 2 hours" in text_of(inside.get(f"{DESK}discussions/{article.pk}/"))
    later.pass_(minutes=119)
    assert mode_of(article.pk, clock.now()).shield == week
    later.pass_(minutes=2)
    assert mode_of(article.pk, clock.now()).shield == timedelta(0)
    assert "Ends by itself" not in text_of(inside.get(f"{DESK}discussions/{article.pk}/"))
    # Over the whole edition only those raise and lift it whose bounds hold all of it.
    assert inside.post(f"{DESK}shields/", {"edition": article.edition_id}).status_code == 404
    whole = sit(make_moderator(editions=[article.edition_id]))
    assert whole.post(f"{DESK}shields/", {"edition": article.edition_id}).status_code == 302
    assert mode_of(article.pk, clock.now()).shield == week
    number = ModeRule.objects.get(scope="edition").pk
    assert inside.post(f"{DESK}shields/{number}/lift/").status_code == 404
    assert whole.post(f"{DESK}shields/{number}/lift/").status_code == 302
    assert mode_of(article.pk, clock.now()).shield == timedelta(0)
    elsewhere = sit(make_moderator(sections=[make_section(make_edition("fr", at_root=False)).pk]))
    assert elsewhere.post(f"{DESK}shields/", {"article": article.pk}).status_code == 404
    assert elsewhere.post(f"{DESK}shields/", {"edition": "x"}).status_code == 404


def test_the_actions_themselves_refuse_who_may_not(article):
    from broadsheet.kernel.errors import Refused
    from broadsheet.moderation.actions.keep_mode_rule import keep_mode_rule
    from broadsheet.moderation.actions.set_discussion import set_discussion
    from broadsheet.moderation.actions.shield import shield

    person, now = make_moderator(editions=[make_edition("fr", at_root=False).pk]).reader_id, clock.now()
    calls = (
        lambda: keep_mode_rule(by=person, now=now, scope="site", mode="closed"),
        lambda: set_discussion(by=person, now=now, article_id=article.pk, mode="closed"),
        lambda: shield(by=person, now=now, article_id=article.pk),
        lambda: shield(by=person, now=now, edition_id=article.edition_id),
    )
    for call in calls:
        with pytest.raises(Refused):
            call()
    assert not ModeRule.objects.exists()
    assert Reader.objects.filter(pk=person).exists()
