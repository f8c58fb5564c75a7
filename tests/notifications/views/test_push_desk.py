"""Push in the desk, also from the wrong side (NOT-01)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from broadsheet.kernel import clock
from broadsheet.newsroom.actions.desk_setup import set_up_desk
from broadsheet.newsroom.actions.roles import give_role
from broadsheet.newsroom.actions.withdraw import withdraw_article
from broadsheet.notifications.models import PushCampaign
from broadsheet.readers.conf import DESK_SESSION_KEY
from tests.factories.accounts import make_reader
from tests.factories.newsroom import make_draft, make_section
from tests.notifications.pushing import push

pytestmark = [pytest.mark.row("NOT-01"), pytest.mark.django_db]


@pytest.fixture
def enter(client, settings):
    from broadsheet.config.env import new_push_key

    settings.PUSH_KEYS = (new_push_key(),)

    def as_member(role: str = "", *, staff: bool = True):
        set_up_desk()
        person = make_reader(is_staff=staff, is_superuser=staff and not role)
        if role:
            person.groups.add(Group.objects.get(name=role))
        client.force_login(person)
        session = client.session
        session[DESK_SESSION_KEY] = True
        session.save()
        return person

    return as_member


def form(article, **words):
    return {
        "title": "The bridge is open", "text": "Ferries end.", "topic": f"news:{article.edition_id}", "follows": 0, **words,
    }  # fmt: skip


def address(article) -> str:
    return reverse("notifications_push_write", args=[article.pk])


def test_an_editor_sends_sees_it_and_recalls_it(client, enter, article):
    enter("Editors")
    shown = client.get(address(article)).content.decode()
    assert "How it will look" in shown
    assert "0 browsers" in shown
    assert address(article) in client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert client.post(address(article), form(article)).status_code == 302
    [queued] = PushCampaign.objects.all()
    assert (queued.title, queued.state, queued.breaking) == ("The bridge is open", "waiting", False)
    again = client.post(address(article), form(article))
    assert again.status_code == 200
    assert "Somebody queued one" in again.content.decode()
    assert PushCampaign.objects.count() == 1
    assert f'name="follows" value="{queued.pk}"' in again.content.decode(), "by now it was seen"
    client.post(reverse("notifications_push_recall", args=[queued.pk]))
    queued.refresh_from_db()
    assert queued.state == "recalled"
    assert "The bridge is open" in client.get(reverse("notifications_pushes")).content.decode()


def test_a_time_is_by_the_editions_clock_and_not_for_ever_away(client, enter, article):
    type(article.edition).objects.filter(pk=article.edition_id).update(time_zone="Asia/Tokyo")
    from broadsheet.newsroom.queries.editions import editions, forget_editions

    forget_editions()
    enter("Editors")
    at = (clock.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    local = timezone.localtime(at, editions()[0].zone)
    client.post(address(article), form(article, due_at=f"{local:%Y-%m-%d %H:%M}"))
    assert PushCampaign.objects.get().due_at == at
    late = client.post(
        address(article), form(article, due_at="2099-01-01 10:00", follows=PushCampaign.objects.get().pk)
    )
    assert "30 days" in late.content.decode()
    assert PushCampaign.objects.count() == 1


def test_a_second_person_confirms_and_not_the_first(client, enter, article, settings):
    settings.PUSH_CONFIRM = 0
    enter("Editors")
    client.post(address(article), form(article))
    queued = PushCampaign.objects.get()
    assert queued.state == "confirming"
    client.post(reverse("notifications_push_confirm", args=[queued.pk]))
    queued.refresh_from_db()
    assert queued.state == "confirming"
    enter("Chiefs")
    assert "Confirm and send" in client.get(address(article)).content.decode()
    client.post(reverse("notifications_push_confirm", args=[queued.pk]))
    queued.refresh_from_db()
    assert queued.state == "waiting"


@pytest.mark.parametrize(
    ("role", "staff", "status"),
    [("visitor", False, 302), ("", False, 404), ("Authors", True, 403), ("Moderators of comments", True, 403)],
)
def test_nobody_else_sends_confirms_recalls_or_sees(client, enter, article, role, staff, status):
    queued = push(article)
    if role != "visitor":
        enter(role if staff else "", staff=staff)
    one = [queued.pk]
    asked = (
        client.get(address(article)), client.post(address(article), form(article, follows=queued.pk)),
        client.get(reverse("notifications_pushes")), client.post(reverse("notifications_push_confirm", args=one)),
        client.post(reverse("notifications_push_recall", args=one)),
    )  # fmt: skip
    # Wagtail itself shows those without a right the way home.
    assert {answer.status_code for answer in asked} <= {status, 302}
    assert not any("Title" in answer.content.decode() for answer in asked)
    queued.refresh_from_db()
    assert (PushCampaign.objects.count(), queued.state) == (1, "waiting")


def test_an_editor_of_another_section_is_out_of_bounds(client, enter, article):
    person = enter("Authors")
    other = make_section(article.edition, "sport")
    give_role(user=person, role="section-editor", sections=[other])
    queued = push(article)
    client.post(address(article), form(article, follows=queued.pk))
    client.post(reverse("notifications_push_recall", args=[queued.pk]))
    assert "The bridge is open" not in client.get(reverse("notifications_pushes")).content.decode()
    queued.refresh_from_db()
    assert (PushCampaign.objects.count(), queued.state) == (1, "waiting")


def test_what_is_not_public_can_not_be_pushed(client, enter, article):
    enter("Editors")
    draft = make_draft(article.section)
    assert "Publish it first" in client.get(address(draft)).content.decode()
    client.post(address(draft), form(draft))
    withdraw_article(article=article)
    client.post(address(article), form(article))
    assert not PushCampaign.objects.exists()
    assert client.get(reverse("notifications_push_write", args=[999_999])).status_code in {302, 404}
