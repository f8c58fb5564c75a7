"""Logging in: delays that grow, a way past them for owners, refusals that name the User ID, factors."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.kernel.models import Rate
from broadsheet.newsroom.models import EditionPage
from broadsheet.readers.models import Departure, Reader
from tests.factories.policies import put_in_force
from tests.readers.entrance import PASSWORD, body, confirmed_reader, due, is_in, log_in, mails, solution

pytestmark = [pytest.mark.row("ACC-02"), pytest.mark.django_db, pytest.mark.usefixtures("paper")]


@pytest.fixture
def reader() -> Reader:
    return confirmed_reader()


def fail(client: Client, times: int, email: str = "reader@mail.example", **headers: str) -> str:
    page = ""
    for _number in range(times):
        response = client.post("/accounts/login/", {"login": email, "password": "wrong " + PASSWORD}, **headers)
        assert response.status_code == 200
        page = response.content.decode()
    return page


def test_the_page_asks_for_no_captcha_and_leads_on(client):
    put_in_force(EditionPage.objects.get(at_root=True), "privacy", "terms", "standards")
    page = client.get("/accounts/login/").content.decode()
    assert "<h1>Log in</h1>" in page
    assert "captcha-proof" not in page
    for words in (">Register</a>", ">Forgot your password?</a>", ">Privacy Policy</a>", "Log in with a passkey"):
        assert words in page
    assert (
        'By logging in you accept the <a href="/standards/">community standards</a> and the <a href="/terms/">' in page
    )


def test_a_wrong_password_says_no_more_than_an_unknown_address(reader):
    wrong, unknown = log_in(Client(), password="wrong password entirely"), log_in(Client(), "nobody@mail.example")
    assert wrong.status_code == unknown.status_code == 200
    strip = re.compile(r"(reader|nobody)@mail\.example")
    assert strip.sub("", body(wrong)) == strip.sub("", body(unknown))


@pytest.mark.parametrize("email", ["reader@mail.example", "nobody@mail.example"])
def test_after_five_failures_one_waits_longer_with_each(reader, later, email):
    client = Client()
    assert "captcha-proof" not in fail(client, 5, email)
    assert "captcha-proof" in fail(client, 1, email), "the sixth is the first that is slowed"
    assert "Wait" in fail(client, 1, email)
    waits = []
    for _number in range(5):
        waits.append(max(row.free_at for row in Rate.objects.filter(level__gt=5)) - clock.now())
        later.pass_(seconds=waits[-1].total_seconds() + 1)
        fail(client, 1, email)
    assert all(longer > 1.8 * shorter for shorter, longer in zip(waits, waits[1:], strict=False))


def test_waiting_is_enough_and_a_day_forgets(reader, later):
    client = Client()
    fail(client, 6)
    assert log_in(client).status_code == 200, "even the right password waits"
    later.pass_(seconds=3)
    assert log_in(client).status_code == 302
    fail(Client(), 6, "nobody@mail.example")
    later.pass_(days=1, minutes=20)
    assert "captcha-proof" not in fail(Client(), 5, "nobody@mail.example")


def test_a_botnet_does_not_lock_an_owner_out(reader):
    for number in range(8):
        fail(Client(), 1, REMOTE_ADDR=f"198.51.{number}.7")
    stranger = Client()
    assert log_in(stranger).status_code == 200, "without captcha one waits"
    assert log_in(stranger, **solution(stranger, "login")).status_code == 302, "with captcha one doesn't"


def test_a_known_browser_is_not_slowed_by_strangers_and_not_unlimited_itself(reader):
    home = Client()
    log_in(home)
    home.post("/accounts/logout/")
    fail(Client(), 8, REMOTE_ADDR="198.51.100.7")
    assert log_in(Client(), REMOTE_ADDR="198.51.100.7").status_code == 200
    assert log_in(home).status_code == 302
    home.post("/accounts/logout/")
    assert "captcha-proof" in fail(home, 6)
    other = confirmed_reader(email="other@mail.example")
    fail(Client(), 8, other.email, REMOTE_ADDR="198.51.100.7")
    assert log_in(home, other.email).status_code == 200, "known for one account, a stranger to another"


def test_a_captcha_opens_one_attempt_and_no_more(reader):
    client = Client()
    fail(client, 6)
    solved = solution(client, "login")
    assert log_in(client, password="wrong once more", **solved).status_code == 200
    assert "was sent before" in log_in(client, **solved).content.decode()


def test_a_network_that_tries_many_accounts_is_slowed(reader):
    for number in range(31):
        fail(Client(), 1, f"someone{number}@mail.example")
    assert "Wait" in fail(Client(), 1, "fresh@mail.example")
    assert "Wait" in fail(Client(), 1, "fresh@mail.example", REMOTE_ADDR="127.0.0.200")
    assert "Wait" not in fail(Client(), 1, "fresh@mail.example", REMOTE_ADDR="127.0.9.1")


def test_no_address_of_a_network_or_person_is_kept(reader):
    fail(Client(), 3, REMOTE_ADDR="203.0.113.77")
    kept = " ".join(f"{row.key} {row.level}" for row in Rate.objects.all())
    for part in ("203.0.113", "reader", "mail.example"):
        assert part not in kept


@pytest.mark.row("ACC-06")
def test_a_deleted_account_is_refused_with_its_user_id_and_the_way_back(reader, client):
    now = clock.now()
    Departure.objects.create(reader=reader, began_at=now, deadline=now + timedelta(days=30))
    Reader.objects.update(is_active=False)
    wrong = log_in(client, password="wrong password entirely")
    assert reader.public_id not in wrong.content.decode()
    response = log_in(client)
    page = response.content.decode()
    assert response.status_code == 403
    assert reader.public_id in page
    assert "can be restored" in page
    assert not is_in(client)
    assert due()[-1]["purpose"] == "deleted"
    sent = len(due())
    log_in(client)
    log_in(client)
    assert len(due()) <= sent + 1, "the mail is sent again a few times at most"


@pytest.mark.row("ACC-06")
def test_an_account_ended_by_the_newsroom_is_refused_with_the_way_to_contest(reader, client):
    Reader.objects.update(is_active=False)
    page = log_in(client).content.decode()
    assert reader.public_id in page
    assert "moderators@estuary.example" in page
    assert "can be restored" not in page.replace("can no longer be restored", "")


def test_a_blocked_reader_may_log_in_to_contest(reader, client):
    Reader.objects.update(block="final")
    assert log_in(client).status_code == 302


def test_the_second_factor_is_asked_and_wrong_codes_are_slowed(reader, client, later):
    totp.TOTP.activate(reader, totp.generate_totp_secret())
    codes = RecoveryCodes.activate(reader).generate_codes()
    assert log_in(client)["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(client)
    for _number in range(6):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    page = client.post("/accounts/2fa/authenticate/", {"code": codes[0]}).content.decode()
    assert "too many wrong codes" in page
    later.pass_(seconds=7)
    assert client.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == 302
    assert is_in(client)


def test_a_log_in_in_a_new_browser_is_told_to_the_owner(reader, client):
    log_in(client)
    assert [mail.purpose for mail in mails()] == [], "the first browser is nobody else's"
    log_in(Client())
    told = mails()[-1]
    assert (told.purpose, told.values["what"], told.address) == ("changed", "device", reader.email)
    client.post("/accounts/logout/")
    log_in(client)
    assert len([mail for mail in mails() if mail.purpose == "changed"]) == 1


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/fr/news/", "/fr/news/"), ("https://evil.example/", "/"), ("//evil.example/", "/"), ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"), ("http://localhost/x", "/"), ("http://testserver/in/", "http://testserver/in/"),
    ],
)  # fmt: skip
def test_one_is_led_on_within_the_paper_alone(reader, client, wanted, given):
    response = client.post(
        "/accounts/login/?next=" + wanted, {"login": reader.email, "password": PASSWORD, "next": wanted}
    )
    assert response["Location"] == given


def test_staff_come_to_the_desk_by_the_same_page(client):
    reader = confirmed_reader()
    Reader.objects.update(is_staff=True)
    assert log_in(client, reader.email)["Location"] == "/editor/"


def test_a_megabyte_as_password_is_refused_without_hashing(reader, client):
    response = log_in(client, password="x" * 1_000_000)
    assert response.status_code == 200
    assert "at most 256" in response.content.decode()


def test_logging_out_takes_a_post_and_ends_the_session_on_the_server(reader, client):
    log_in(client)
    cookie = client.cookies["broadsheet_session"].value
    client.get("/accounts/logout/")
    assert is_in(client)
    response = client.post("/accounts/logout/")
    assert response["Location"] == "/"
    assert response["Clear-Site-Data"] == '"cache"'
    thief = Client()
    thief.cookies["broadsheet_session"] = cookie
    assert not is_in(thief)


def test_a_session_prepared_by_a_stranger_is_not_taken_over(reader, client):
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["broadsheet_session"] = session.session_key
    log_in(client)
    assert client.cookies["broadsheet_session"].value != session.session_key


def test_a_form_without_its_cookie_says_so_in_words(reader):
    response = log_in(Client(enforce_csrf_checks=True))
    assert response.status_code == 403
    assert "cookies are switched off" in response.content.decode()


def test_a_foreign_host_is_not_answered(client):
    assert client.get("/accounts/login/", headers={"host": "evil.example"}).status_code == 400
