"""Linking further identities, unlinking them, and confirming at a provider who one is."""

from typing import Any

import pytest
from allauth.account.internal.flows import reauthentication
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from broadsheet.kernel.outbox import deliver_due
from broadsheet.readers.actions.account_mail import make_account_mail
from broadsheet.readers.models import Reader
from tests.readers.entrance import PASSWORD, confirmed_reader, due, is_in, last_link, log_in, recover
from tests.readers.provider import Provider, city, city_running, come_back, leave, sign_in
from tests.readers.views.test_social import ADA, content, register_by

__all__ = ["city", "city_running"]
pytestmark = [pytest.mark.row("ACC-04"), pytest.mark.django_db]
PAGE = "/accounts/social/"


@pytest.fixture
def ada(client: Client, city: Provider) -> Reader:
    """Somebody without a password, logged in by the identity "1"."""
    city.person("1", **ADA)
    city.person("2", name="Ada at work", email="ada@work.example")
    register_by(client, city, "1")
    return Reader.objects.get()


@pytest.fixture
def tom(client: Client) -> Reader:
    """Somebody with a password, logged in by it."""
    reader = confirmed_reader()
    log_in(client)
    return reader


def confirm_by_password(client: Client) -> None:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def confirm_at(client: Client, city: Provider, sub: str) -> Any:
    return sign_in(client, city, sub, process="confirm")


def unlink(client: Client, shown: str) -> Any:
    return client.post(PAGE, {"unlink": SocialAccount.objects.get(extra_data__shown=shown).pk})


def shown() -> set[str]:
    return {row.extra_data["shown"] for row in SocialAccount.objects.all()}


def test_linking_asks_who_one_is_first_and_goes_on_by_itself_afterwards(client, city, tom):
    city.person("1", **ADA)
    response = client.post("/accounts/social/openid/city/", {"process": "link"})
    assert response["Location"].startswith("/accounts/reauthenticate/?next=")
    response = client.post(response["Location"], {"password": PASSWORD})
    come_back(client, city.agree(response.context["address"], "1"))
    assert SocialAccount.objects.get().user == tom
    fresh = Client()
    sign_in(fresh, city, "1")
    assert is_in(fresh)


def test_several_identities_open_one_account(client, city, ada):
    confirm_at(client, city, "1")
    sign_in(client, city, "2", process="link")
    assert shown() == {"ada@mail.example", "ada@work.example"}
    assert Reader.objects.count() == 1
    text = content(client.get(PAGE)).get_text(" ", strip=True)
    assert "ada@mail.example" in text
    assert "ada@work.example" in text


def test_an_identity_of_another_account_stays_there(client, city, ada):
    other = Client()
    tom = confirmed_reader()
    log_in(other)
    confirm_by_password(other)
    response = sign_in(other, city, "1", process="link")
    assert response.status_code == 409
    assert SocialAccount.objects.get().user == ada
    assert SocialAccount.objects.filter(user=tom).count() == 0


def test_linking_twice_is_no_fault(client, city, ada):
    confirm_at(client, city, "1")
    sign_in(client, city, "1", process="link")
    assert SocialAccount.objects.count() == 1


def test_nobody_links_for_an_account_that_was_left_in_the_meantime(client, city, tom):
    city.person("1", **ADA)
    confirm_by_password(client)
    location = city.agree(leave(client, process="link"), "1")
    client.logout()
    confirmed_reader(email="other@mail.example")
    log_in(client, "other@mail.example")
    assert come_back(client, location).status_code == 400
    assert SocialAccount.objects.count() == 0


def test_strangers_are_sent_to_log_in(city):
    stranger = Client()
    for response in (
        stranger.get(PAGE),
        stranger.get("/accounts/social/confirm/"),
        stranger.post("/accounts/social/openid/city/", {"process": "link"}),
        stranger.post("/accounts/social/openid/city/", {"process": "confirm"}),
    ):
        assert response["Location"].startswith("/accounts/login/?next=")


def test_the_last_way_in_stays(client, city, ada):
    confirm_at(client, city, "1")
    response = unlink(client, "ada@mail.example")
    assert response.status_code == 409
    assert "your only way to log in" in content(response).get_text()
    assert shown() == {"ada@mail.example"}
    assert not content(client.get(PAGE)).select("button[name=unlink]")


def test_one_of_two_is_unlinked_and_the_owner_is_told(client, city, ada):
    confirm_at(client, city, "1")
    sign_in(client, city, "2", process="link")
    unlink(client, "ada@mail.example")
    assert shown() == {"ada@work.example"}
    assert "/registration/" in sign_in(Client(), city, "1")["Location"]
    told = [mail for mail in due() if mail["purpose"] in {"linked", "unlinked"}]
    assert [mail["purpose"] for mail in told] == ["linked", "unlinked"]
    for mail in told:
        made = make_account_mail(purpose=mail["purpose"], reader_id=mail["reader_id"], edition=mail["edition"])
        assert made.address == "ada@mail.example"
        assert made.values["identities"].endswith("/accounts/social/")


def test_with_a_password_the_last_identity_can_go(client, city, tom):
    city.person("1", **ADA)
    confirm_by_password(client)
    sign_in(client, city, "1", process="link")
    unlink(client, "ada@mail.example")
    assert SocialAccount.objects.count() == 0


def test_an_identity_that_the_paper_no_longer_offers_is_no_way_in(client, city, ada, settings):
    confirm_at(client, city, "1")
    SocialAccount.objects.create(user=ada, provider="gone", uid="9", extra_data={"shown": "old@gone.example"})
    assert unlink(client, "ada@mail.example").status_code == 409
    assert "no longer offers" in content(client.get(PAGE)).get_text()
    unlink(client, "old@gone.example")
    assert shown() == {"ada@mail.example"}


def test_unlinking_asks_who_one_is_at_the_provider_where_there_is_no_password(client, city, ada):
    SocialAccount.objects.create(user=ada, provider="city", uid="9", extra_data={"shown": "nine"})
    response = unlink(client, "nine")
    assert response["Location"].startswith("/accounts/social/confirm/?next=")
    page = client.get(response["Location"])
    form = content(page).select_one("form")
    address = client.post(form["action"], {"process": "confirm"}).context["address"]
    assert "prompt=login" in address
    assert "max_age=0" in address
    come_back(client, city.agree(address, "1"))
    assert shown() == {"ada@mail.example"}  # what had been asked was done


def test_nobody_else_and_no_old_sign_in_confirms(client, city, ada):
    assert confirm_at(client, city, "2").status_code == 403
    assert not reauthenticated(client, ada)
    for silent_or_old in (1_000_000_000, None, "just now"):
        city.person("1", **ADA, auth_time=silent_or_old)
        page = confirm_at(client, city, "1")
        assert page.status_code == 403
        assert 'href="/accounts/recover/"' in page.content.decode()
        assert not reauthenticated(client, ada)
    city.person("1", **ADA)
    key = client.session.session_key
    confirm_at(client, city, "1")
    assert reauthenticated(client, ada)
    assert client.session.session_key != key  # ASVS 7.2.4


def test_a_provider_that_never_says_when_one_signed_in_is_not_asked_but_a_password_is_set_by_mail(
    client, city, ada, settings
):
    """Google knows no `prompt=login` and tells no `auth_time` (its OpenID Connect documentation)."""
    SocialAccount.objects.create(user=ada, provider="city", uid="9", extra_data={"shown": "nine"})
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"] = {"server_url": "https://accounts.google.com/"}
    asked = unlink(client, "nine")["Location"]
    page = content(client.get(asked))
    assert not page.select("form")
    assert [link["href"] for link in page.select("a")] == ["/accounts/recover/"]
    sent_back = client.post("/accounts/social/openid/city/", {"process": "confirm"})
    assert sent_back["Location"] == "/accounts/social/confirm/"
    recover(client, ada.email)
    client.post(client.get(last_link("recover"))["Location"], {"password1": PASSWORD})
    log_in(client, ada.email)
    assert unlink(client, "nine")["Location"].startswith("/accounts/reauthenticate/")
    confirm_by_password(client)
    unlink(client, "nine")
    assert shown() == {"ada@mail.example"}


def reauthenticated(client: Client, reader: Reader) -> bool:
    return any(record.get("reauthenticated") for record in client.session.get("account_authentication_methods", []))


def test_an_account_with_a_password_is_asked_for_it(client, city, tom):
    assert reauthentication.get_reauthentication_flows(tom) == [{"id": "reauthenticate"}]
    city.person("1", **ADA)
    confirm_by_password(client)
    sign_in(client, city, "1", process="link")
    fresh = Client()
    sign_in(fresh, city, "1")
    response = fresh.post(PAGE, {"unlink": SocialAccount.objects.get().pk})
    assert response["Location"].startswith("/accounts/reauthenticate/")


@pytest.mark.parametrize("value", ["", "x", "-1", "0", "9" * 30, "1; drop", "١"])
def test_what_is_no_identity_of_ones_own_is_not_unlinked(client, city, ada, value):
    confirm_at(client, city, "1")
    assert client.post(PAGE, {"unlink": value}).status_code == 302
    assert SocialAccount.objects.count() == 1


def test_an_identity_of_somebody_else_is_not_unlinked(client, city, ada):
    other = Client()
    confirmed_reader()
    log_in(other)
    confirm_by_password(other)
    other.post(PAGE, {"unlink": SocialAccount.objects.get().pk})
    assert SocialAccount.objects.get().user == ada


def add_passkey(reader: Reader) -> Authenticator:
    """Keep a passkey as a browser leaves it that can log in by it alone."""
    data = {"name": "Phone", "credential": {"clientExtensionResults": {"credProps": {"rk": True}}}}
    return Authenticator.objects.create(user=reader, type=Authenticator.Type.WEBAUTHN, data=data)


def test_the_last_identity_can_go_where_a_passkey_is_and_the_last_passkey_stays(client, city, ada):
    confirm_at(client, city, "1")
    passkey = add_passkey(ada)
    unlink(client, "ada@mail.example")
    assert SocialAccount.objects.count() == 0
    assert client.delete(f"/accounts/2fa/webauthn/keys/{passkey.pk}/remove/").status_code == 405
    response = client.post(f"/accounts/2fa/webauthn/keys/{passkey.pk}/remove/")
    assert response.status_code == 409
    assert "your only way to log in" in content(response).get_text()
    assert Authenticator.objects.count() == 1


def test_a_passkey_goes_where_a_password_is_left(client, city, tom):
    passkey = add_passkey(tom)
    confirm_by_password(client)
    client.post(f"/accounts/2fa/webauthn/keys/{passkey.pk}/remove/")
    assert Authenticator.objects.count() == 0
    assert Client().get(f"/accounts/2fa/webauthn/keys/{passkey.pk}/remove/").status_code == 302


def test_a_new_link_is_announced_once(client, city, tom):
    city.person("1", **ADA)
    confirm_by_password(client)
    sign_in(client, city, "1", process="link")
    deliver_due()
    sign_in(client, city, "1", process="link")
    assert [mail["purpose"] for mail in due()].count("linked") == 1
