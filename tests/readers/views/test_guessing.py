"""Guessing at the log-in: how far a captcha helps, where it ends, and how its owner always gets in."""

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.readers.actions.login_attempts import Attempt, note_wrong
from broadsheet.readers.models import Reader
from tests.factories.accounts import make_reader
from tests.readers.entrance import (
    PASSWORD,
    body,
    confirmed_reader,
    is_in,
    last_link,
    log_in,
    recover,
    register,
    solution,
)

pytestmark = [pytest.mark.row("ACC-02"), pytest.mark.django_db, pytest.mark.usefixtures("paper")]
NEW = "four herons above the weir"
ADDRESSES = ["reader@mail.example", "nobody@mail.example"]


@pytest.fixture
def reader() -> Reader:
    return confirmed_reader()


def attacked(email: str, times: int, network: str = "198.51.100.0/24") -> None:
    """Let strangers fail so often at the account."""
    for _number in range(times):
        note_wrong(Attempt(email, network), clock.now())


def prove(client: Client, email: str, password: str = PASSWORD, work: int = 0, **headers: Any) -> Any:
    form = {"login": email, "password": password, **solution(client, "login", work=work)}
    return client.post("/accounts/login/", form, **headers)


@pytest.mark.parametrize("email", ADDRESSES)
def test_a_captcha_stands_in_for_the_wait_ten_times_an_hour(reader, client, email, later):
    attacked(email, 6, "127.0.0.0/24")
    for number in range(10):
        assert "captcha-proof" in prove(client, email, "a wrong guess", work=int(number > 3)).content.decode()
    page = prove(client, email, work=1)
    assert page.status_code == 200
    assert re.search(r"too many attempts to log in\. Wait (\d+) minutes, then try again\.", page.content.decode())
    assert "captcha-proof" not in page.content.decode()
    later.pass_(minutes=7)
    assert prove(client, email, work=1).status_code == (302 if email == reader.email else 200)


def test_its_owner_gets_in_elsewhere_meanwhile(reader, client):
    attacked(reader.email, 19)
    for _number in range(10):
        prove(Client(), reader.email, "a wrong guess", work=2, REMOTE_ADDR="198.51.100.9")
    assert prove(Client(), reader.email, work=2, REMOTE_ADDR="198.51.100.9").status_code == 200
    assert prove(client, reader.email, work=2, REMOTE_ADDR="203.0.113.9").status_code == 302


@pytest.mark.parametrize("email", ADDRESSES)
def test_the_captcha_asks_for_more_work_where_more_failed(reader, client, email):
    for failed, work in ((6, 0), (4, 1), (10, 2)):
        attacked(email, failed)
        page = log_in(client, email, "a wrong guess").content.decode()
        assert f'/challenge/?form=login{f"&amp;work={work}" if work else ""}"' in page
    less = prove(client, email, work=1)
    assert "too old" in less.content.decode()
    assert prove(client, email, work=2).status_code == (302 if email == reader.email else 200)
    assert client.get("/accounts/challenge/", {"form": "login", "work": "3"}).status_code == 404


def test_after_a_hundred_failures_the_password_is_looked_at_in_known_browsers_alone(reader, client, later):
    home = Client()
    log_in(home)
    home.post("/accounts/logout/")
    answers = []
    for email in ADDRESSES:
        attacked(email, 100)
        later.pass_(hours=1)
        page = prove(client, email, work=2)
        assert page.status_code == 200
        answers.append(body(page).replace(email, ""))
        assert "A hundred wrong passwords in a row" in answers[-1]
        assert "captcha-proof" not in answers[-1]
    assert answers[0] == answers[1]
    later.pass_(days=3)
    assert log_in(client).status_code == 200
    assert log_in(home).status_code == 302


@pytest.mark.row("ACC-03")
def test_recovering_by_mail_opens_the_log_in_again(reader, client):
    attacked(reader.email, 100)
    assert log_in(client).status_code == 200
    recover(client)
    client.post(client.get(last_link("recover"))["Location"], {"password1": NEW})
    assert log_in(Client(), password=NEW).status_code == 302


@pytest.mark.row("ACC-01")
def test_who_registers_with_an_address_that_strangers_tried_logs_in(client):
    attacked("new@mail.example", 100)
    register(client, "new@mail.example")
    client.post(last_link("confirm"))
    assert log_in(client, "new@mail.example").status_code == 302


def test_logging_in_elsewhere_does_not_begin_a_known_browsers_count_anew(reader):
    mallory = confirmed_reader(email="mallory@mail.example")
    shared = Client()
    for email in (reader.email, mallory.email):
        log_in(shared, email)
        shared.post("/accounts/logout/")
    for _number in range(6):
        log_in(shared, password="a wrong guess")
    assert log_in(shared, mallory.email).status_code == 302
    shared.post("/accounts/logout/")
    assert "Wait" in log_in(shared).content.decode()


def test_a_browser_is_known_for_half_a_year_after_the_accounts_own_last_log_in(reader, later):
    other = confirmed_reader(email="other@mail.example")
    home = Client()
    log_in(home)
    home.post("/accounts/logout/")
    later.pass_(days=100)
    log_in(home, other.email)
    home.post("/accounts/logout/")
    later.pass_(days=90)
    for email in (reader.email, other.email):
        attacked(email, 6)
    assert log_in(home, other.email).status_code == 302
    home.post("/accounts/logout/")
    assert log_in(home).status_code == 200, "190 days after this account was open here"


def test_mistyped_passwords_of_others_let_nobody_wait_who_is_asked_again():
    for number in range(7):
        client = Client()
        client.force_login(make_reader(f"r{number}@mail.example", password=PASSWORD))
        for _number in range(6 if number < 6 else 0):
            assert client.post("/accounts/reauthenticate/", {"password": "wrong"}).status_code == 200
        answer = client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        assert answer.status_code == (200 if number < 6 else 302), "who mistyped six times waits, nobody else"


def test_a_code_of_the_app_opens_once_whichever_process_is_asked(reader, client):
    """ASVS 6.5.1. Each process has a memory of its own: another one doesn't know what this one saw."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(reader, secret)
    for _attempt in range(2):  # once more where the half minute ended between
        code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
        first, second = Client(), Client()
        for each in (first, second):
            log_in(each)
        first.post("/accounts/2fa/authenticate/", {"code": code})
        cache.clear()
        second.post("/accounts/2fa/authenticate/", {"code": f" {code[:3]} {code[3:]} "})
        if is_in(first):
            break
    assert is_in(first)
    assert not is_in(second)
