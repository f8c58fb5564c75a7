"""Recovering a forgotten password: one answer, a link that works once, other sessions ended, the owner told."""

from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import Client

from broadsheet.newsroom.models import EditionPage
from broadsheet.readers.models import Reader
from tests.factories.policies import put_in_force
from tests.readers.entrance import (
    PASSWORD,
    confirmed_reader,
    due,
    is_in,
    last_link,
    log_in,
    mails,
    recover,
    register,
    solution,
)

pytestmark = [pytest.mark.row("ACC-03"), pytest.mark.django_db, pytest.mark.usefixtures("paper")]
NEW = "four herons above the weir"


@pytest.fixture
def reader() -> Reader:
    return confirmed_reader()


def choose(client: Client, link: str, password: str = NEW) -> object:
    """Follow the link and send the form behind it."""
    response = client.get(link)
    if response.status_code != 302:
        return response
    return client.post(response["Location"], {"password1": password})


def test_the_page_has_a_captcha_and_leads_on(client):
    put_in_force(EditionPage.objects.get(at_root=True), "privacy")
    page = client.get("/accounts/recover/").content.decode()
    assert "captcha-proof" in page
    for link in ('href="/accounts/login/"', 'href="/privacy/"'):
        assert link in page


def test_one_answer_whether_or_not_the_address_has_an_account(reader):
    known, unknown = recover(Client()), recover(Client(), "nobody@mail.example")
    assert (known.status_code, known["Location"], known.content) == (
        unknown.status_code,
        unknown["Location"],
        unknown.content,
    )
    assert known["Location"] == "/accounts/recover/sent/"
    assert [each["purpose"] for each in due()].count("recover") == 1
    page = Client().get("/accounts/recover/sent/").content.decode()
    assert "If an account has that address" in page


def test_without_captcha_no_link_is_sent(reader, client):
    assert recover(client, proof="").status_code == 200
    assert recover(client, **solution(client, "register")).status_code == 200
    assert [each["purpose"] for each in due()].count("recover") == 0


def test_a_reader_recovers_and_logs_in_with_the_new_password(reader, client):
    recover(client)
    assert choose(client, last_link("recover"))["Location"] == "/accounts/recover/done/"
    assert not is_in(client), "the link logs nobody in by itself"
    assert log_in(client).status_code == 200, "the old password is gone"
    assert log_in(client, password=NEW).status_code == 302
    told = next(mail for mail in reversed(mails()) if mail.values.get("what") == "password")
    assert told.address == reader.email


def test_the_link_is_not_kept_and_works_once(reader, client):
    recover(client)
    assert "link" not in due()[-1]
    link = last_link("recover")
    assert "/recover/" in link
    choose(client, link)
    again = choose(Client(), link)
    assert again.status_code == 410
    assert "Ask for another link" in again.content.decode()


def test_the_link_ends_after_four_hours_and_with_a_log_in(reader, client, monkeypatch):
    recover(client)
    link = last_link("recover")
    with monkeypatch.context() as later:
        then = datetime.now() + timedelta(hours=4, minutes=1)
        later.setattr(PasswordResetTokenGenerator, "_now", lambda _self: then)
        assert choose(Client(), link).status_code == 410
    log_in(Client())
    assert choose(Client(), link).status_code == 410


def test_all_other_sessions_end(reader):
    home, work = Client(), Client()
    log_in(home)
    log_in(work)
    assert is_in(home)
    assert is_in(work)
    stranger = Client()
    recover(stranger)
    choose(stranger, last_link("recover"))
    assert not is_in(home)
    assert not is_in(work)
    assert reader.sessions.count() == 0


def test_the_second_factor_is_not_passed_by(reader, client):
    totp.TOTP.activate(reader, totp.generate_totp_secret())
    recover(client)
    choose(client, last_link("recover"))
    assert log_in(client, password=NEW)["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(client)


def test_a_squatted_address_comes_back_to_its_owner(client):
    """Somebody registers with another's address; its owner gets it by the link that only they can read."""
    register(Client(), password1="the squatter's own words", display_name="Squatter")
    register(client)
    assert mails()[-1].purpose == "already"
    recover(client)
    choose(client, last_link("recover"))
    assert EmailAddress.objects.get().verified
    assert log_in(client, password=NEW).status_code == 302
    assert log_in(Client(), password="the squatter's own words").status_code == 200


def test_an_address_is_not_flooded(reader, client):
    for _number in range(5):
        assert recover(client).status_code == 302
    assert [each["purpose"] for each in due()].count("recover") == 3


def test_the_link_leads_to_the_paper_whatever_host_was_asked_for(reader, client, settings):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "evil.example"]
    form = {"email": reader.email, **solution(client, "recover")}
    client.post("/accounts/recover/", form, headers={"host": "evil.example"})
    assert mails()[-1].values["link"].startswith("http://localhost:8000/")


def test_a_deleted_account_gets_no_link(reader, client):
    Reader.objects.update(is_active=False)
    recover(client)
    assert [mail.purpose for mail in mails()] == []


def test_a_weak_new_password_is_refused(reader, client):
    recover(client)
    assert choose(client, last_link("recover"), "reader@mail.example").status_code == 200
    assert Reader.objects.get().check_password(PASSWORD)
