"""Logging in, registering and linking by identities at a real provider of OpenID Connect."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.models import SocialAccount, SocialToken
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.outbox import deliver_due
from broadsheet.newsroom.models import EditionPage
from broadsheet.readers.actions.keep_session import purge_sessions
from broadsheet.readers.models import Acceptance, AwaitedIdentity, Reader
from tests.factories.policies import make_version, put_in_force
from tests.readers.entrance import PASSWORD, confirmed_reader, due, is_in, last_link, solution
from tests.readers.provider import Provider, city, city_running, come_back, leave, sign_in

__all__ = ["city", "city_running"]
pytestmark = [pytest.mark.row("ACC-04"), pytest.mark.django_db]
ADA = {"name": "Ada Quay", "email": "ada@mail.example", "email_verified": True}


def content(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser").select_one("[data-account-content]")


def links(response: Any) -> dict[str, str]:
    return {" ".join(link.get_text().split()): link["href"] for link in content(response).select("a[href]")}


def branch(client: Client, response: Any, choice: str) -> str:
    """Return the path of the branch behind Yes or No."""
    assert response.status_code == 302
    return links(client.get(response["Location"]))[choice]


def register_by(client: Client, provider: Provider, sub: str, **form: str) -> Any:
    path = branch(client, sign_in(client, provider, sub), "No")
    initial = client.get(path).context["form"].initial
    return client.post(path, {**initial, **form})


def test_an_unknown_identity_is_asked_whether_there_is_an_account_and_may_say_yes_or_no(client, city):
    city.person("1", **ADA)
    response = sign_in(client, city, "1")
    page = client.get(response["Location"])
    inside = content(page)
    assert inside.h1.get_text(strip=True) == "Registration"
    assert "Do you have a estuary.example account?" in inside.get_text(" ", strip=True).replace("  ", " ")
    assert [item.get_text(strip=True) for item in inside.select("a, button, input")] == ["Yes", "No"]
    assert SocialAccount.objects.count() == 0
    assert Reader.objects.count() == 0


def test_an_identity_whose_owner_goes_away_is_forgotten_after_half_an_hour(client, city):
    city.person("1", **ADA)
    sign_in(client, city, "1")
    stored = Session.objects.get(pk=client.session.session_key)
    assert "pending_identities" in stored.get_decoded()
    assert stored.expire_date <= clock.now() + timedelta(minutes=31)
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    purge_sessions()
    assert not Session.objects.exists()


def test_a_session_that_was_nobodys_lasts_as_long_as_any_once_somebody_logged_in(client, city):
    reader = confirmed_reader(email="somebody@else.example")
    city.person("1", **ADA)
    path = branch(client, sign_in(client, city, "1"), "Yes")
    client.post(path, {"login": reader.email, "password": PASSWORD})
    assert is_in(client)
    assert Session.objects.get(pk=client.session.session_key).expire_date > clock.now() + timedelta(days=13)


@pytest.mark.row("ACC-05")
def test_yes_greets_and_links_the_identity_after_the_own_password(client, city):
    put_in_force(EditionPage.objects.get(at_root=True), "privacy", "terms", "standards")
    reader = confirmed_reader(email="somebody@else.example")
    city.person("1", **ADA)
    path = branch(client, sign_in(client, city, "1"), "Yes")
    page = client.get(path)
    assert "Hello, Ada Quay!" in " ".join(content(page).get_text(" ", strip=True).split()).replace(" !", "!")
    assert content(page).select("img.avatar")
    assert not content(page).select("[name^=captcha], [name=proof]")
    assert set(links(page)) == {
        "Register", "Forgot your password?", "Privacy Policy", "I do not have a estuary.example account",
        "terms of use", "community standards",
    }  # fmt: skip
    assert links(page)["I do not have a estuary.example account"] == path.replace("/yes/", "/no/")
    assert client.post(path, {"login": reader.email, "password": "not the password"}).status_code == 200
    assert SocialAccount.objects.count() == 0
    client.post(path, {"login": reader.email, "password": PASSWORD})
    assert is_in(client)
    assert SocialAccount.objects.get().user == reader
    assert "linked" in [mail["purpose"] for mail in due()]
    fresh = Client()
    sign_in(fresh, city, "1")
    assert is_in(fresh)


@pytest.mark.row("ACC-09")
def test_registering_and_each_log_in_by_an_identity_accept_the_standards(client, city):
    make_version(EditionPage.objects.get(at_root=True), "standards", at=clock.now() - timedelta(hours=1))
    city.person("1", **ADA)
    register_by(client, city, "1")
    assert ways_of_acceptance() == ["registration", "social"]
    sign_in(Client(), city, "1")
    assert ways_of_acceptance() == ["registration", "social", "social"]


def ways_of_acceptance() -> list[str]:
    return list(Acceptance.objects.filter(kind="standards").order_by("pk").values_list("way", flat=True))


def test_yes_asks_for_the_second_factor_before_anything_is_linked(client, city):
    reader = confirmed_reader()
    totp.TOTP.activate(reader, totp.generate_totp_secret())
    codes = RecoveryCodes.activate(reader).generate_codes()
    city.person("1", **ADA)
    path = branch(client, sign_in(client, city, "1"), "Yes")
    response = client.post(path, {"login": reader.email, "password": PASSWORD})
    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert SocialAccount.objects.count() == 0
    client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert SocialAccount.objects.get().user == reader


def test_a_known_identity_is_asked_for_the_second_factor_too(client, city):
    city.person("1", **ADA)
    register_by(client, city, "1")
    totp.TOTP.activate(Reader.objects.get(), totp.generate_totp_secret())
    fresh = Client()
    assert sign_in(fresh, city, "1")["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(fresh)


@pytest.mark.row("ACC-05")
def test_no_greets_fills_in_the_profile_and_logs_in_where_the_network_vouches(client, city):
    put_in_force(EditionPage.objects.get(at_root=True), "privacy", "terms", "standards")
    city.person("1", **ADA, picture="https://pictures.example/ada.jpg")
    path = branch(client, sign_in(client, city, "1"), "No")
    page = client.get(path)
    assert "Hello, Ada Quay!" in " ".join(content(page).get_text(" ", strip=True).split()).replace(" !", "!")
    fields = {item["name"]: item.get("value") for item in content(page).select("input[name]")}
    assert (fields["display_name"], fields["email"]) == ("Ada Quay", "ada@mail.example")
    assert set(fields) == {"csrfmiddlewaretoken", "display_name", "email", "privacy_shown"}
    assert [button.get_text(strip=True) for button in content(page).select("button")] == ["Log in"]
    assert {
        "Privacy Policy", "terms of use", "community standards", "I have a estuary.example account",
    } == set(links(page))  # fmt: skip
    assert links(page)["I have a estuary.example account"] == path.replace("/no/", "/yes/")
    client.post(path, {"display_name": "Ada Quay", "email": "ada@mail.example"})
    assert is_in(client)
    reader = Reader.objects.get()
    assert (reader.display_name, reader.email, reader.has_usable_password()) == ("Ada Quay", "ada@mail.example", False)
    assert EmailAddress.objects.get(user=reader).verified
    offered = FactRecord.objects.get(name="AvatarOffered").payload
    assert offered == {"reader_id": reader.pk, "url": "https://pictures.example/ada.jpg"}


@pytest.mark.parametrize(
    ("claims", "typed"),
    [
        ({"email_verified": False}, "ada@mail.example"),
        ({"email_verified": "false"}, "ada@mail.example"),
        ({"email_verified": 1}, "ada@mail.example"),
        ({}, "ada@mail.example"),
        ({"email_verified": True}, "another@mail.example"),
    ],
)
def test_an_address_that_nobody_vouches_for_is_confirmed_by_mail_first(client, city, claims, typed):
    city.person("1", name="Ada Quay", email="ada@mail.example", **claims)
    response = register_by(client, city, "1", email=typed)
    assert response["Location"] == "/accounts/confirm/sent/"
    assert not is_in(client)
    assert SocialAccount.objects.count() == 0
    again = Client()
    assert "/registration/" in sign_in(again, city, "1")["Location"]  # as unknown as before
    Client().post(last_link("confirm"))
    sign_in(client, city, "1")
    assert is_in(client)
    assert SocialAccount.objects.get().user.email == typed
    assert not AwaitedIdentity.objects.exists()


def test_the_identity_opens_the_account_as_soon_as_the_mail_is_answered(client, city):
    city.person("1", name="Ada Quay", email="ada@mail.example")
    register_by(client, city, "1")
    Client().post(last_link("confirm"))
    deliver_due()
    assert SocialAccount.objects.get().user.email == "ada@mail.example"


def test_an_address_of_an_account_is_never_linked_and_answered_as_any_other(client, city):
    reader = confirmed_reader(email="ada@mail.example")
    city.person("1", **ADA)
    taken = register_by(client, city, "1")
    city.person("2", name="Ida Quay", email="ida@mail.example", email_verified=False)
    free = register_by(Client(), city, "2")
    assert (taken.status_code, taken["Location"], taken.content) == (free.status_code, free["Location"], free.content)
    assert not is_in(client)
    assert SocialAccount.objects.count() == 0
    assert [mail["purpose"] for mail in due() if mail["reader_id"] == reader.pk][-1] == "already"
    # Afterwards, too, both identities are as unknown as before.
    assert "/registration/" in sign_in(Client(), city, "1")["Location"]
    assert "/registration/" in sign_in(Client(), city, "2")["Location"]


def test_an_identity_is_its_number_at_its_issuer_whatever_its_address(client, city):
    city.person("1", **ADA)
    register_by(client, city, "1")
    city.person("1", name="Ada Changed", email="new@mail.example", email_verified=True)
    fresh = Client()
    sign_in(fresh, city, "1")
    assert is_in(fresh)
    assert Reader.objects.get().email == "ada@mail.example"
    city.person("2", **ADA)  # somebody else has the address there now
    assert "/registration/" in sign_in(Client(), city, "2")["Location"]


def test_the_same_number_at_another_issuer_is_somebody_else(client, city, settings):
    from tests.readers.provider import connect, running_provider

    city.person("1", **ADA)
    register_by(client, city, "1")
    with running_provider() as other:
        connect(settings, city=other)  # the operator points the same short name elsewhere
        other.person("1", **ADA)
        assert "/registration/" in sign_in(Client(), other, "1")["Location"]


@pytest.mark.row("ACC-05")
@pytest.mark.parametrize(
    "name",
    [None, "", "   ", "\u200b\u200b", "\u202e", 17, ["a"], {"x": 1}, "\x00\x07", "\u0301"],
)
def test_a_greeting_is_never_empty(client, city, name):
    city.person("1", name=name, email="ada@mail.example")
    path = branch(client, sign_in(client, city, "1"), "No")
    for page in (client.get(path), client.get(path.replace("/no/", "/yes/"))):
        assert content(page).select_one(".account-greeting").get_text(strip=True) == "Hello!"
        assert content(page).select("img.avatar")


@pytest.mark.row("ACC-05")
def test_a_hostile_name_is_text_and_a_hostile_picture_nothing(client, city):
    city.person("1", name='<script>alert(1)</script>\u202e"><img src=x>', email="<b>@x", picture="javascript:alert(1)")
    path = branch(client, sign_in(client, city, "1"), "No")
    page = client.get(path)
    assert not content(page).select("script, img[src=x]")
    assert "<script>alert(1)" in content(page).select_one(".account-greeting").get_text()
    client.post(path, {"display_name": "Ada Quay", "email": "ada@mail.example"})
    Client().post(last_link("confirm"))
    deliver_due()
    assert SocialAccount.objects.count() == 1
    assert not FactRecord.objects.filter(name="AvatarOffered").exists()


def test_a_profile_of_a_megabyte_does_no_harm(client, city):
    city.person("1", name="A" * 1_000_000, email="a" * 1_000_000 + "@x.example", picture="https://x/" + "p" * 1_000_000)
    assert "/registration/" in sign_in(client, city, "1")["Location"]
    assert len(Session.objects.get().session_data) < 5_000


def test_what_the_network_tells_is_not_hoarded(client, city):
    city.person("1", **ADA, birthdate="1980-01-01", phone_number="+33")
    register_by(client, city, "1")
    assert SocialAccount.objects.get().extra_data == {"shown": "ada@mail.example"}
    assert not SocialToken.objects.exists()


def test_pkce_and_a_nonce_are_sent_and_no_get_leaves_for_the_provider(client, city):
    page = client.get("/accounts/social/openid/city/")
    assert page.status_code == 200
    assert content(page).select_one("form")["method"] == "post"
    asked = {name: values[0] for name, values in parse_qs(urlsplit(leave(client)).query).items()}
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert len(asked["nonce"]) == 43
    assert asked["redirect_uri"] == "http://testserver/accounts/social/openid/city/callback/"
    assert Client(enforce_csrf_checks=True).post("/accounts/social/openid/city/").status_code == 403
    assert client.post("/accounts/social/openid/nobody/").status_code == 404
    assert client.post("/accounts/social/openid/openid_connect/").status_code == 404


def test_what_is_asked_of_the_provider_cannot_be_changed_from_outside(client, city):
    path = "/accounts/social/openid/city/?auth_params=client_id%3Devil&scope=everything"
    asked = parse_qs(urlsplit(client.post(path).context["address"]).query)
    assert asked["client_id"] == ["paper"]
    assert "everything" not in asked["scope"][0]


def test_one_address_is_registered_for_all_editions_and_the_answer_is_read_in_the_own_one(client, city):
    city.person("1", **ADA)
    address = leave(client, edition="/fr")
    assert parse_qs(urlsplit(address).query)["redirect_uri"] == [
        "http://testserver/accounts/social/openid/city/callback/"
    ]
    response = come_back(client, city.agree(address, "1"))
    assert response["Location"].startswith("/fr/accounts/social/registration/")
    assert BeautifulSoup(client.get(response["Location"]).content, "html.parser").html["lang"] == "fr"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site_afterwards(client, city, elsewhere):
    city.person("1", **ADA)
    register_by(client, city, "1")
    fresh = Client()
    response = sign_in(fresh, city, "1", next=elsewhere)
    assert "evil" not in response["Location"]
    assert "script" not in response["Location"]
    assert is_in(fresh)


def test_a_deleted_account_is_refused_with_its_user_id(client, city):
    city.person("1", **ADA)
    register_by(client, city, "1")
    Reader.objects.update(is_active=False)
    fresh = Client()
    response = sign_in(fresh, city, "1")
    assert response.status_code == 403
    assert Reader.objects.get().public_id in response.content.decode()
    assert not is_in(fresh)


def test_yes_asks_for_no_captcha_however_often_the_password_is_wrong_but_to_wait(client, city, later):
    reader = confirmed_reader()
    city.person("1", **ADA)
    path = branch(client, sign_in(client, city, "1"), "Yes")
    form = {"login": reader.email, "password": "a wrong password altogether"}
    for _number in range(6):
        page = client.post(path, form)
        assert not content(page).select("captcha-proof, [name=proof], [name=answer]")
        assert "Wait" not in content(page).get_text()
    page = client.post(path, {**form, "password": PASSWORD, **solution(client, "login")})
    assert not content(page).select("captcha-proof, [name=proof], [name=answer]")
    assert re.search(r"Wait (a second|2 seconds), then try again\.", content(page).get_text())
    assert not SocialAccount.objects.exists()
    later.pass_(seconds=3)
    client.post(path, {**form, "password": PASSWORD})
    assert SocialAccount.objects.get().user == reader


def test_a_long_wait_is_told_in_minutes(client, city, later):
    reader = confirmed_reader()
    city.person("1", **ADA)
    path = branch(client, sign_in(client, city, "1"), "Yes")
    form = {"login": reader.email, "password": "a wrong password altogether"}
    for _number in range(20):  # 15 minutes are the longest wait
        client.post(path, form)
        later.pass_(seconds=15)
    for _number in range(9):
        client.post(path, form)
        later.pass_(minutes=4)
        path = branch(client, sign_in(client, city, "1"), "Yes")
    found = re.search(r"Wait (\d+) minutes, then try again\.", content(client.post(path, form)).get_text())
    assert found is not None
    assert int(found[1]) <= 15
