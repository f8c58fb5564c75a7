"""What could not be sent stands in the desk, for those who manage accounts, and is sent again by one click."""

import pytest
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.notifications.models import Message, State
from broadsheet.readers.actions.staff import put_staff
from broadsheet.readers.conf import DESK_SESSION_KEY
from tests.notifications.sending import queue

pytestmark = [pytest.mark.row("NOT-03"), pytest.mark.django_db]
ADDRESS = "/editor/mail/"


def at_the_desk(role: str) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(put_staff(email=f"{role}@courier.example", role=role))
    session = client.session
    session[DESK_SESSION_KEY] = True
    session.save()
    return client


@pytest.fixture
def dead() -> Message:
    message = queue("one", address="ada@reader.example")
    Message.objects.update(state=State.DEAD, failed_with="550 5.1.1", attempts=1, ended_at=clock.now())
    return message


def test_one_click_sends_a_dead_mail_again(dead):
    desk = at_the_desk("operator")
    page = desk.get(ADDRESS).content.decode()
    assert "550 5.1.1" in page
    assert "…@reader.example" in page
    assert "ada@reader.example" not in page
    desk.post(ADDRESS, {"message": str(dead.pk)})
    dead.refresh_from_db()
    assert dead.state == State.DUE
    assert "Nothing needs you" in desk.get(ADDRESS).content.decode()


def test_each_state_is_explained_with_what_to_do(dead):
    desk = at_the_desk("operator")
    for key, state in (("two", State.UNANSWERED), ("three", State.DUE)):
        queue(key)
        Message.objects.filter(key=key).update(state=state, failed_with="451 4.7.1", failing_since=clock.now())
    Message.objects.filter(pk=dead.pk).update(purpose="passed-on")
    page = " ".join(desk.get(ADDRESS).content.decode().split())
    assert "1 mail could not be sent" in page
    assert "nobody tries it again by itself" in page
    assert "News of the desk" in page, "what it is for is said in words"
    assert "1 mail without an answer" in page
    assert "it may come twice" in page
    assert "1 of them failed before, last with 451 4.7.1" in page
    assert "tried again by itself for three days" in page
    desk.post(ADDRESS, {"message": "all"})
    assert Message.objects.get(key="two").state == State.UNANSWERED, "what may have come is sent again one by one"


@pytest.mark.parametrize("which", ["", "x", "-1", "9" * 40])
def test_a_strange_number_sends_nothing(dead, which):
    at_the_desk("operator").post(ADDRESS, {"message": which})
    dead.refresh_from_db()
    assert dead.state == State.DEAD


def test_who_does_not_manage_accounts_sees_none_of_it(dead):
    desk = at_the_desk("author")
    assert "550 5.1.1" not in desk.get(ADDRESS, follow=True).content.decode()
    desk.post(ADDRESS, {"message": "all"})
    dead.refresh_from_db()
    assert dead.state == State.DEAD


def test_strangers_are_sent_to_log_in(dead):
    assert Client(headers={"host": "localhost"}).get(ADDRESS).status_code == 302


def test_the_menu_leads_there():
    assert f'{ADDRESS}"' in at_the_desk("operator").get("/editor/").content.decode()
    assert f'{ADDRESS}"' not in at_the_desk("author").get("/editor/").content.decode()
