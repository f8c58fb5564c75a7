"""Sessions, and what an owner changes: password, address, factors. Each asks again who it is."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from broadsheet.kernel import clock
from broadsheet.readers.actions.end_sessions import end_sessions
from broadsheet.readers.actions.staff import put_staff
from broadsheet.readers.models import FormerAddress, Reader, ReaderSession
from tests.readers.entrance import PASSWORD, confirmed_reader, due, is_in, last_link, log_in, mails, register

pytestmark = [pytest.mark.row("ACC-02"), pytest.mark.django_db, pytest.mark.usefixtures("paper")]
PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


@pytest.fixture
def reader() -> Reader:
    return confirmed_reader()


@pytest.fixture
def home(reader: Reader) -> Client:
    client = Client(headers={"user-agent": PHONE})
    log_in(client)
    return client


def prove(client: Client, password: str = PASSWORD) -> object:
    return client.post("/accounts/reauthenticate/", {"password": password})


def marks(client: Client) -> list[str]:
    return re.findall(r'name="end" value="([0-9a-f]+)"', client.get("/accounts/sessions/").content.decode())


def test_the_page_lists_devices_in_words_and_names_this_one(reader, home):
    log_in(Client())
    page = home.get("/accounts/sessions/").content.decode()
    assert "Firefox on Android" in page
    assert page.count("This device") == 1
    assert "A browser that doesn't say which" in page.replace("&#x27;", "'")
    for row in ReaderSession.objects.all():
        assert row.session_key not in page, "the key would open the session"


def test_each_session_is_ended_by_itself(reader, home):
    work = Client()
    log_in(work)
    home.post("/accounts/sessions/", {"end": marks(home)[0]})
    assert is_in(home)
    assert not is_in(work)


def test_all_others_are_ended_at_once(reader, home):
    others = [Client() for _number in range(3)]
    for other in others:
        log_in(other)
    home.post("/accounts/sessions/", {"others": "1"})
    assert is_in(home)
    assert not any(is_in(other) for other in others)
    assert reader.sessions.count() == 1


def test_nobody_ends_the_session_of_another(reader, home):
    mallory = Client()
    confirmed_reader(email="mallory@mail.example", display_name="Mallory")
    log_in(mallory, "mallory@mail.example")
    other = Client()
    log_in(other)
    mallory.post("/accounts/sessions/", {"end": marks(home)[0]})
    assert is_in(other)
    assert Client().post("/accounts/sessions/", {"others": "1"}).status_code == 302


def test_a_request_writes_nothing_but_once_a_day(home, later):
    home.get("/accounts/sessions/")
    with CaptureQueriesContext(connection) as queries:
        home.get("/accounts/sessions/")
    written = [each["sql"] for each in queries if re.match(r"(INSERT|UPDATE|DELETE)", each["sql"])]
    assert written == []
    later.pass_(days=1)
    home.get("/accounts/sessions/")
    assert ReaderSession.objects.get().seen_on == clock.now().date()


def test_a_session_ends_for_good_after_thirty_days_whatever_happens(home, later):
    for _number in range(3):
        later.pass_(days=9)
        assert is_in(home)
    later.pass_(days=4)
    assert not is_in(home)


def test_a_session_without_a_visit_ends_after_two_weeks(home):
    age = Session.objects.get(pk=home.cookies["broadsheet_session"].value).expire_date - clock.now()
    assert timedelta(days=13, hours=23) < age <= timedelta(days=14)


def test_staff_prove_to_be_staff_every_day(client, later):
    chief = put_staff(email="chief@paper.example", name="Ada Vane")
    client.force_login(chief)
    assert is_in(client)
    later.pass_(hours=23)
    assert is_in(client)
    later.pass_(hours=2)
    assert not is_in(client)


def test_the_session_gets_another_id_at_log_in_and_when_asked_again(reader, home):
    before = home.cookies["broadsheet_session"].value
    assert prove(home).status_code == 302
    after = home.cookies["broadsheet_session"].value
    assert before != after
    assert not Session.objects.filter(pk=before).exists()
    assert is_in(home)
    assert [row.session_key for row in reader.sessions.all()] == [after]


def test_ending_an_account_s_sessions_ends_them_on_the_server(reader, home):
    assert end_sessions(reader_id=reader.pk) == 1
    assert not is_in(home)


def test_changing_the_password_asks_for_the_old_one_ends_other_sessions_and_is_told(reader, home):
    work = Client()
    log_in(work)
    new = "four herons above the weir"
    wrong = home.post("/accounts/password/change/", {"oldpassword": "not the old one", "password1": new})
    assert wrong.status_code == 200
    assert is_in(work)
    home.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new})
    assert is_in(home)
    assert not is_in(work)
    assert Reader.objects.get().check_password(new)
    assert mails()[-1].values["what"] == "password"


def test_changing_the_address_asks_again_verifies_the_new_and_tells_the_old(reader, home):
    response = home.post("/accounts/email/", {"email": "moved@mail.example", "action_add": ""})
    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert EmailAddress.objects.count() == 1
    prove(home)
    home.post("/accounts/email/", {"email": "moved@mail.example", "action_add": ""})
    assert Reader.objects.get().email == reader.email, "nothing changes before the new address is confirmed"
    ask = mails()[-1]
    assert (ask.purpose, ask.address, ask.values["changes"]) == ("confirm", "moved@mail.example", True)
    Client().post(last_link("confirm"))
    assert Reader.objects.get().email == "moved@mail.example"
    assert [(each.email, each.verified, each.primary) for each in EmailAddress.objects.all()] == [
        ("moved@mail.example", True, True)
    ]
    former = FormerAddress.objects.get()
    assert (former.email, former.until - clock.now() > timedelta(days=29, hours=23)) == (reader.email, True)
    told = mails()[-1]
    assert (told.address, told.values["what"]) == (reader.email, "email")
    assert log_in(Client(), "moved@mail.example").status_code == 302
    assert log_in(Client(), reader.email).status_code == 200


def test_an_address_of_another_account_is_not_told_nor_taken(reader, home):
    confirmed_reader(email="taken@mail.example", display_name="Other")
    prove(home)
    free, taken = (
        home.post("/accounts/email/", {"email": email, "action_add": ""})
        for email in ("free@mail.example", "taken@mail.example")
    )
    assert (free.status_code, free["Location"]) == (taken.status_code, taken["Location"])
    told = mails()[-1]
    assert (told.purpose, told.address, told.values["name"]) == ("already", "taken@mail.example", "Other")


def test_an_address_that_was_begun_and_never_confirmed_gives_way(reader, home):
    register(Client(), "wanted@mail.example", display_name="Squatter")
    prove(home)
    home.post("/accounts/email/", {"email": "wanted@mail.example", "action_add": ""})
    Client().post(last_link("confirm"))
    assert [each.email for each in Reader.objects.all()] == ["wanted@mail.example"]
    assert Reader.objects.get().pk == reader.pk


def test_factors_ask_again_and_are_told(reader, home, django_capture_on_commit_callbacks):
    assert home.get("/accounts/2fa/totp/activate/")["Location"].startswith("/accounts/reauthenticate/")
    prove(home)
    page = home.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r'id="authenticator_secret" value="([A-Z0-9]+)"', page)[1]
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    with django_capture_on_commit_callbacks(execute=True):
        assert home.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302
    assert Authenticator.objects.filter(user=reader, type="totp").exists()
    shown = home.get("/accounts/2fa/recovery-codes/").content.decode()
    assert "they are not shown again" in shown
    assert any(mail.values.get("what") == "factor" for mail in mails())


def test_wrong_passwords_when_asked_again_are_slowed(home):
    for _number in range(6):
        prove(home, "wrong password entirely")
    assert "too many attempts" in prove(home).content.decode().lower()


def test_a_pending_change_can_be_taken_back(reader, home):
    prove(home)
    home.post("/accounts/email/", {"email": "moved@mail.example", "action_add": ""})
    link = last_link("confirm")
    home.post("/accounts/email/", {"email": "moved@mail.example", "action_remove": ""})
    assert Client().post(link).status_code == 410
    assert Reader.objects.get().email == reader.email
    assert due()


@pytest.mark.parametrize("path", ["sessions", "email", "password/change", "2fa", "reauthenticate"])
def test_pages_of_an_account_send_strangers_to_log_in(path):
    response = Client().get(f"/accounts/{path}/")
    assert response["Location"].startswith("/accounts/login/?next=")
