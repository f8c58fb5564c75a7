"""Deleting and restoring an account as its owner does it in a browser (ACC-07)."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.readers.actions.staff import put_staff
from broadsheet.readers.models import Departure, Reader
from tests.factories.accounts import make_reader
from tests.readers.entrance import PASSWORD, is_in, last_link, log_in, mails

pytestmark = [pytest.mark.row("ACC-07"), pytest.mark.django_db, pytest.mark.usefixtures("paper")]
DELETE = "/accounts/delete/"


@pytest.fixture
def reader() -> Reader:
    return make_reader("ines@mail.example", password=PASSWORD)


@pytest.fixture
def inside(client: Client, reader: Reader) -> Client:
    log_in(client, "ines@mail.example")
    assert is_in(client)
    return client


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def say_yes(client: Client, password: str = PASSWORD, at: str = DELETE) -> Any:
    asked = client.post(at)
    assert asked.status_code == 302
    address = urlsplit(asked["Location"])
    return client.post(address.path, {"password": password, "next": parse_qs(address.query)["next"][0]})


def test_the_question_is_the_rows_with_yes_and_no(inside):
    page = inside.get(DELETE)
    assert "Are you sure you want to delete your estuary.example account?" in text(page)
    buttons = re.findall(r'class="account-button[^"]*"[^>]*>([^<]+)<', page.content.decode())
    assert buttons == ["Yes", "No"]
    assert "no-store" in page["Cache-Control"]


def test_yes_asks_for_the_password_again_then_deletes_and_tells_where_the_link_went(inside, reader):
    other = Client()
    log_in(other, "ines@mail.example")
    done = say_yes(inside)
    assert (done.status_code, done["Location"]) == (302, "/accounts/deleted/")
    told = text(inside.get(done["Location"]))
    assert "Your account has been deleted!" in told
    assert "You can restore it within 30 days by the link sent to ines@mail.example" in told
    assert "Close" in told
    assert not is_in(inside)
    assert not is_in(other)
    assert Departure.objects.filter(reader=reader).exists()
    letter = mails()[-1]
    assert (letter.purpose, letter.address) == ("deleted", "ines@mail.example")


def test_the_first_log_in_is_not_enough_and_a_wrong_password_deletes_nothing(inside, reader):
    assert say_yes(inside, "wrong wrong wrong wrong").status_code == 200
    assert not Departure.objects.exists()
    assert is_in(inside)


def test_a_confirmation_given_for_something_else_deletes_nothing(inside, reader):
    assert inside.post(DELETE).status_code == 302  # and then the reader changed their mind
    done = inside.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/accounts/my-data/"})
    assert done["Location"] == "/accounts/my-data/"
    assert not Departure.objects.exists()


def test_who_has_just_confirmed_is_not_asked_twice_and_after_five_minutes_again(inside, reader, later):
    inside.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/accounts/my-data/"})
    later.pass_(minutes=6)
    assert inside.post(DELETE)["Location"].startswith("/accounts/reauthenticate/")
    later.pass_(minutes=-6)
    assert inside.post(DELETE)["Location"] == "/accounts/deleted/"


def test_an_account_with_neither_password_nor_passkey_confirms_by_a_fresh_sign_in(client, later):
    reader = make_reader("social@mail.example")
    SocialAccount.objects.create(user=reader, provider="openid_connect", uid="77")
    client.force_login(reader)
    unsure = client.post(DELETE)
    assert not Departure.objects.exists(), "a session alone confirms nothing"
    assert unsure.status_code in {200, 302}
    session = client.session
    at = clock.now().timestamp()
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": at, "uid": "77"}]
    session["account_authentication_methods_user"] = str(reader.pk)
    session.save()
    later.pass_(minutes=6)
    client.post(DELETE)
    assert not Departure.objects.exists()
    later.pass_(minutes=-6)
    assert client.post(DELETE)["Location"] == "/accounts/deleted/"


def test_neither_get_nor_a_forged_form_deletes(reader):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(reader)
    careful.get(DELETE)
    assert careful.post(DELETE).status_code == 403
    assert not Departure.objects.exists()


def test_strangers_are_sent_to_log_in(client):
    for path in (DELETE, "/accounts/profile/", "/accounts/my-data/"):
        assert client.get(path)["Location"].startswith("/accounts/login/"), path
    assert client.get("/accounts/deleted/")["Location"] == "/accounts/login/"


def test_staff_are_told_who_ends_their_accounts(client):
    chief = put_staff(email="chief@estuary.example")
    chief.set_password(PASSWORD)
    chief.save()
    client.force_login(chief)
    done = say_yes(client)
    assert done.status_code == 403
    assert "ended by the operator" in text(done)
    assert not Departure.objects.exists()


def test_a_second_yes_from_another_tab_does_no_harm(inside, reader):
    tab = Client()
    log_in(tab, "ines@mail.example")
    say_yes(inside)
    assert tab.post(DELETE)["Location"].startswith("/accounts/login/")
    assert Departure.objects.count() == 1
    assert inside.get("/accounts/deleted/").status_code == 200, "reloaded"


def test_the_link_asks_first_restores_by_the_button_and_logs_nobody_in(inside, reader):
    say_yes(inside)
    link = last_link("deleted")
    scanner, owner = Client(), Client()
    for _visit in range(3):
        page = scanner.get(link)
        assert page.status_code == 200
        assert reader.public_id in page.content.decode()
    assert not Reader.objects.get(pk=reader.pk).is_active
    done = owner.post(link)
    assert (done.status_code, "Your account is restored" in text(done)) == (200, True)
    assert not is_in(owner)
    assert log_in(owner, "ines@mail.example").status_code == 302
    assert is_in(owner)
    assert not is_in(inside), "sessions of before stay ended"
    for answer in (Client().get(link), Client().post(link)):
        assert answer.status_code == 410
        assert "A link works once and for 30 days" in text(answer)


def test_in_another_edition_everything_is_in_its_language_and_under_its_address(client, reader):
    log_in(client, "ines@mail.example")
    done = say_yes(client, at="/fr/accounts/delete/")
    assert done["Location"] == "/fr/accounts/deleted/"
    assert last_link("deleted").startswith("/fr/accounts/restore/")


def test_a_late_link_says_so(inside, reader):
    say_yes(inside)
    link = last_link("deleted")
    Departure.objects.update(deadline=clock.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 410
    assert Client().post(link).status_code == 410
    assert not Reader.objects.get(pk=reader.pk).is_active


def test_who_logs_in_to_a_deleted_account_is_told_its_user_id_after_the_right_password_only(inside, reader):
    say_yes(inside)
    right = log_in(Client(), "ines@mail.example")
    assert right.status_code == 403
    assert reader.public_id in right.content.decode()
    wrong = log_in(Client(), "ines@mail.example", "wrong wrong wrong wrong")
    assert reader.public_id not in wrong.content.decode()
    assert not [one for one in Session.objects.all() if one.get_decoded().get("_auth_user_id") == str(reader.pk)]
