"""Staff enter the desk by a one-use link and a second factor; to others the desk does not exist."""

from datetime import timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.readers.actions.delete_account import delete_account
from broadsheet.readers.actions.erase_account import erase_due, erase_now
from broadsheet.readers.actions.staff import end_staff, make_login_link, put_staff, redeem_login_link
from broadsheet.readers.models import ALPHABET, LoginLink, Reader, ReaderSession
from tests.at_once import at_once
from tests.factories.accounts import make_reader

pytestmark = [pytest.mark.row("MOD-12"), pytest.mark.django_db]
DESK = "/editor/"


@pytest.fixture
def chief() -> Reader:
    return put_staff(email="Chief@Paper.example", name="Ada Vane", role="chief")


def follow_link(client: Client, reader: Reader, **options: bool) -> object:
    token = make_login_link(reader=reader, now=clock.now(), **options)
    return client.post(f"/accounts/link/{token}/")


def test_an_account_has_a_user_id_of_letters_hard_to_misread(chief):
    assert len(chief.public_id) == 10
    assert set(chief.public_id) <= set(ALPHABET)
    assert not set("0O1IL") & set(ALPHABET)


def test_the_desk_sends_strangers_to_log_in(client):
    response = client.get(DESK)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=/editor/")


def test_the_desk_does_not_exist_for_readers(client):
    client.force_login(Reader.objects.create_user("reader@paper.example", "a long enough password"))
    assert client.get(DESK).status_code == 404
    assert client.get("/editor/pages/1/edit/").status_code == 404


def test_staff_without_a_second_factor_are_sent_to_set_one(client, chief):
    follow_link(client, chief)
    response = client.get(DESK)
    assert response.status_code == 302
    assert response["Location"] == "/accounts/2fa/"
    assert client.get("/editor/images/").status_code == 302


def test_staff_with_a_second_factor_are_asked_for_it_after_the_link(client, chief):
    totp.TOTP.activate(chief, totp.generate_totp_secret())
    response = follow_link(client, chief)
    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert client.get(DESK)["Location"].startswith("/accounts/login/")


def test_a_recovery_code_is_a_second_factor_and_works_once(client, chief):
    totp.TOTP.activate(chief, totp.generate_totp_secret())
    codes = RecoveryCodes.activate(chief).generate_codes()
    follow_link(client, chief)
    assert client.post("/accounts/2fa/authenticate/", {"code": codes[0]})["Location"] == DESK
    other = Client()
    follow_link(other, chief)
    assert other.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client, chief):
    RecoveryCodes.activate(chief)
    client.force_login(chief)
    assert client.get(DESK)["Location"] == "/accounts/2fa/"


def test_opening_a_link_asks_first_so_that_a_link_checker_does_not_use_it_up(client, chief):
    token = make_login_link(reader=chief, now=clock.now())
    for _number in range(3):
        assert client.get(f"/accounts/link/{token}/").status_code == 200
    assert client.post(f"/accounts/link/{token}/").status_code == 302


def test_a_link_opens_once(client, chief):
    token = make_login_link(reader=chief, now=clock.now())
    client.post(f"/accounts/link/{token}/")
    response = Client().post(f"/accounts/link/{token}/")
    assert response.status_code == 410
    assert b"no longer opens" in response.content


def test_a_link_expires_after_half_an_hour_and_a_newer_one_ends_it(chief):
    token = make_login_link(reader=chief, now=clock.now())
    assert redeem_login_link(token=token, now=clock.now() + timedelta(minutes=30, seconds=1)) is None
    first = make_login_link(reader=chief, now=clock.now())
    make_login_link(reader=chief, now=clock.now())
    assert redeem_login_link(token=first, now=clock.now()) is None


def test_a_link_is_not_kept_readable(chief):
    token = make_login_link(reader=chief, now=clock.now())
    assert token not in LoginLink.objects.get().digest


def test_a_link_needs_the_forgery_token(chief):
    token = make_login_link(reader=chief, now=clock.now())
    assert Client(enforce_csrf_checks=True).post(f"/accounts/link/{token}/").status_code == 403


def test_a_deactivated_account_is_not_logged_in(client, chief):
    token = make_login_link(reader=chief, now=clock.now())
    Reader.objects.update(is_active=False)
    assert client.post(f"/accounts/link/{token}/").status_code == 410


def test_the_answer_is_the_same_for_known_and_unknown_addresses(client, chief):
    def ask(email: str) -> str:
        response = Client().post("/accounts/login/", {"login": email, "password": "wrong password entirely"})
        return response.content.decode().replace(email, "")

    import re

    strip = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert strip.sub("", ask("chief@paper.example")) == strip.sub("", ask("nobody@paper.example"))
    assert client.get("/accounts/signup/").status_code == 404


@pytest.mark.parametrize(
    ("email", "role", "code"), [("not an address", "chief", "bad-address"), ("a@b.example", "king", "bad-role")]
)
def test_a_wrong_address_or_role_is_refused_in_words(email, role, code):
    with pytest.raises(Refused) as refused:
        put_staff(email=email, role=role)
    assert refused.value.refusal.code == code
    assert Reader.objects.count() == 0


@pytest.mark.row("PAGE-03")
def test_public_addresses_know_no_session(client, chief):
    client.force_login(chief)
    response = client.get("/nowhere/")
    assert "Set-Cookie" not in response
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.django_db(transaction=True)
def test_of_several_who_use_one_link_at_once_one_comes_in():
    for _attempt in range(5):
        token = make_login_link(reader=put_staff(email="chief@paper.example"), now=clock.now())
        found = at_once(*[lambda token=token: redeem_login_link(token=token, now=clock.now())] * 4)
        assert len([link for link in found if link is not None]) == 1


@pytest.mark.row("ACC-07")
def test_who_joins_the_newsroom_after_deleting_the_account_is_not_erased():
    reader = make_reader("gone@paper.example", password="a long enough password")
    delete_account(reader_id=reader.pk, edition="en", now=clock.now() - timedelta(days=29))
    put_staff(email="gone@paper.example")
    assert erase_due(now=clock.now() + timedelta(days=2)) == 0
    reader.refresh_from_db()
    assert (reader.email, reader.is_active, reader.is_staff) == ("gone@paper.example", True, True)


@pytest.mark.row("ACC-07")
def test_who_is_taken_out_of_the_newsroom_is_a_reader_without_a_session(client, chief):
    follow_link(client, chief, opens_desk=True)
    ReaderSession.objects.get_or_create(
        session_key=client.session.session_key,
        defaults={"reader": chief, "device": "", "began_at": clock.now(), "seen_on": clock.now().date()},
    )
    assert client.get("/accounts/sessions/").status_code == 200
    ended = end_staff(email="CHIEF@paper.example")
    ended.refresh_from_db()
    assert (ended.is_staff, ended.is_superuser, ended.is_active, ended.groups.count()) == (False, False, True, 0)
    assert client.get("/accounts/sessions/")["Location"].startswith("/accounts/login/")
    assert client.get(DESK)["Location"].startswith("/accounts/login/")
    with pytest.raises(Refused):
        end_staff(email="chief@paper.example")
    erase_now(reader_id=ended.pk, now=clock.now())
    assert Reader.objects.get(pk=ended.pk).email is None
