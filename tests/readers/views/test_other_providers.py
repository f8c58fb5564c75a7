"""Telegram, whose answers are signed by the bot's token, and what Facebook and Apple are asked."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib.sessions.models import Session
from django.test import Client

from broadsheet.readers.adapters.other_providers import AppleAdapter
from broadsheet.readers.models import Reader
from tests.readers.entrance import is_in
from tests.readers.views.test_social import content, links

pytestmark = [pytest.mark.row("ACC-04"), pytest.mark.django_db]
TOKEN = "12345:AAAAAAAAAAAAAAAAAAAAAAAAAAA"


@pytest.fixture(autouse=True)
def _offered(settings: Any, paper: None) -> None:
    before = settings.SOCIALACCOUNT_PROVIDERS
    settings.SOCIALACCOUNT_PROVIDERS = {
        **before,
        "telegram": {"APPS": [{"name": "Telegram", "client_id": "12345", "secret": TOKEN}]},
        "facebook": {**before["facebook"], "APPS": [{"name": "Facebook", "client_id": "f", "secret": "s"}]},
        "apple": {
            **before["apple"],
            "APPS": [
                {"name": "Apple", "client_id": "a", "secret": "k", "key": "t", "settings": {"certificate_key": "p"}}
            ],
        },
    }


def told(token: str = TOKEN, **changes: Any) -> str:
    """Return Telegram's answer, signed as core.telegram.org/widgets/login says."""
    data = {"id": 77, "first_name": "Ada", "last_name": "Quay", "auth_date": int(time.time()), **changes}
    text = "\n".join(sorted(f"{key}={value}" for key, value in data.items()))
    data["hash"] = hmac.new(hashlib.sha256(token.encode()).digest(), text.encode(), hashlib.sha256).hexdigest()
    return base64.b64encode(json.dumps(data).encode()).decode().rstrip("=")


def leave(client: Client, short: str) -> str:
    return client.post(f"/accounts/social/{short}/").context["address"]


def answer(client: Client, result: str, state: str | None = None) -> Any:
    back = urlsplit(parse_qs(urlsplit(leave(client, "telegram")).query)["return_to"][0])
    return client.post(f"{back.path}?{back.query if state is None else 'state=' + state}", {"tgAuthResult": result})


def test_telegram_s_answer_is_read_by_a_file_of_ours_and_registers(client):
    page = client.get("/accounts/social/telegram/callback/?state=x")
    assert [script["src"] for script in content(page).find_all("script")] == []
    assert b"telegram/js/telegram.js" in page.content
    asked = links(client.get(answer(client, told(photo_url="https://t.example/77.jpg"))["Location"]))
    page = client.get(asked["No"])
    assert page.context["form"].initial == {"display_name": "Ada Quay", "email": ""}
    client.post(asked["No"], {"display_name": "Ada Quay", "email": "ada@mail.example"})
    assert Reader.objects.get().email == "ada@mail.example"
    assert not is_in(client)  # Telegram vouches for no address
    SocialAccount.objects.create(user=Reader.objects.get(), provider="telegram", uid="77")
    Reader.objects.get().emailaddress_set.update(verified=True)
    answer(client, told())
    assert is_in(client)


@pytest.mark.parametrize(
    "result",
    [
        lambda: told(token="another bot's"), lambda: told(auth_date=int(time.time()) - 3600), lambda: "", lambda: "!!!",
        lambda: base64.b64encode(b"[]").decode(), lambda: base64.b64encode(b'{"hash": 1}').decode(),
        lambda: base64.b64encode(b'{"hash": "x", "auth_date": "soon"}').decode(), lambda: "A" * 100_000,
    ],
)  # fmt: skip
def test_what_telegram_did_not_sign_just_now_opens_nothing(client, result):
    response = answer(client, result())
    assert response.status_code in {400, 502}
    assert "Nothing was changed" in content(response).get_text()
    assert not client.session.get("pending_identities")


@pytest.mark.parametrize("state", ["", "made-up"])
def test_telegram_s_answer_needs_the_state_of_this_browser(client, state):
    assert answer(client, told(), state=state).status_code in {400, 502}
    assert not client.session.get("pending_identities")


def test_facebook_and_apple_are_asked_for_one_address_in_every_edition(client):
    facebook = parse_qs(urlsplit(client.post("/fr/accounts/social/facebook/").context["address"]).query)
    assert facebook["redirect_uri"] == ["http://testserver/accounts/social/facebook/callback/"]
    assert facebook["code_challenge_method"] == ["S256"]
    apple = parse_qs(urlsplit(client.post("/fr/accounts/social/apple/").context["address"]).query)
    assert apple["redirect_uri"] == ["http://testserver/accounts/social/apple/callback/"]
    assert apple["response_mode"] == ["form_post"]
    assert len(apple["nonce"][0]) == 43


def test_apple_s_answer_comes_by_a_form_of_its_own_host_and_needs_our_state(client):
    foreign = Client(enforce_csrf_checks=True)
    response = foreign.post("/accounts/social/apple/callback/", {"code": "x", "state": "made-up", "id_token": "y"})
    assert response.status_code == 302
    assert urlsplit(response["Location"]).path == "/accounts/social/apple/callback/finish/"
    assert "broadsheet_session" not in response.cookies
    assert foreign.get(response["Location"]).status_code == 400


@pytest.mark.parametrize("begun", ["/accounts/", "/fr/accounts/"])
@pytest.mark.parametrize("good", [True, False])
def test_what_apple_told_is_read_in_every_edition_and_forgotten(client, monkeypatch, begun, good):
    from allauth.socialaccount.providers.apple import views
    from allauth.socialaccount.providers.oauth2.client import OAuth2Client

    left = client.post(f"{begun}social/apple/").context["address"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(left).query).items()}
    told = {"sub": "7", "nonce": asked["nonce"] if good else "x", "email": "ada@mail.example", "email_verified": True}
    monkeypatch.setattr(OAuth2Client, "get_access_token", lambda *_a, **_o: {"access_token": "t", "id_token": "i"})
    monkeypatch.setattr(views.AppleOAuth2Adapter, "get_verified_identity_data", classmethod(lambda *_: told))
    monkeypatch.setattr(views.AppleOAuth2Adapter, "get_client", lambda *_a: OAuth2Client(*["x"] * 6))
    user = json.dumps({"name": {"firstName": "Ada", "lastName": "Quay"}})
    own = client.cookies.pop("broadsheet_session")  # a form of another host's comes without it
    back = client.post("/accounts/social/apple/callback/", {"code": "c", "state": asked["state"], "user": user})
    client.cookies["broadsheet_session"] = own.value
    apple = client.cookies["apple-login-session"]
    assert Session.objects.filter(pk=apple.value).exists()
    assert (apple["path"], bool(apple["httponly"])) == ("/", True)
    arrived = client.get(back["Location"], follow=True)
    assert not Session.objects.filter(pk=apple.value).exists()
    assert client.cookies["apple-login-session"].value == ""
    if good:
        assert arrived.redirect_chain[-1][0].startswith(begun)
        no = next(path for path in links(arrived).values() if path.endswith("/no/"))
        assert "Ada Quay" in client.get(no).content.decode()


def test_apple_s_token_of_another_log_in_is_refused(rf, monkeypatch):
    made = {"sub": "1", "nonce": "of another log-in"}
    monkeypatch.setattr(AppleAdapter, "get_provider", lambda _self: None)
    adapter = AppleAdapter(rf.get("/"))
    adapter.nonce = "of this one"
    from allauth.socialaccount.providers.apple import views

    monkeypatch.setattr(views.AppleOAuth2Adapter, "get_verified_identity_data", classmethod(lambda *_: made))
    with pytest.raises(OAuth2Error):
        adapter.parse_token({"access_token": "x", "id_token": "y"})
    made["nonce"] = "of this one"
    assert adapter.parse_token({"access_token": "x", "id_token": "y"}).user_data["sub"] == "1"
