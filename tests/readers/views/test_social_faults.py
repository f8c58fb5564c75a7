"""What can go wrong between the paper and a provider: refused, replayed, mixed up, forged, slow, down, in two tabs."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client

from broadsheet.readers.models import Reader
from tests.readers.entrance import confirmed_reader, is_in
from tests.readers.provider import Provider, city, city_running, come_back, connect, leave, running_provider, sign_in
from tests.readers.views.test_social import ADA, branch, content, register_by

__all__ = ["city", "city_running"]
pytestmark = [pytest.mark.row("ACC-04"), pytest.mark.django_db]


@pytest.fixture
def ada(city: Provider) -> Reader:
    """Somebody with an account that the identity "1" opens."""
    city.person("1", **ADA)
    register_by(Client(), city, "1")
    return Reader.objects.get()


def says(response: Any, status: int, words: str) -> None:
    """Nobody came in, nothing was made, and the page says what, why and how to go on."""
    assert response.status_code == status
    text = content(response).get_text(" ", strip=True)
    assert words in text
    assert "Nothing was changed" in text
    assert content(response).select_one('a[href="/accounts/login/"]')


def test_whoever_refuses_at_the_provider_reads_that_nothing_was_changed(client, city, ada):
    says(come_back(client, city.refuse(leave(client))), 200, "chose not to go on")
    assert not is_in(client)


def test_an_answer_works_once(client, city, ada):
    location = city.agree(leave(client), "1")
    come_back(client, location)
    client.logout()
    says(come_back(client, location), 400, "was used already")
    assert not is_in(client)


def test_an_answer_begun_in_another_browser_is_refused(client, city, ada):
    location = city.agree(leave(Client()), "1")
    leave(client)
    says(come_back(client, location), 400, "another browser")
    assert not is_in(client)


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?code=x&state=made-up", "?error=access_denied", "?state=", "?state[]=a"]
)
def test_an_answer_without_its_state_is_refused(client, city, query):
    says(client.get(f"/accounts/social/openid/city/callback/{query}"), 400, "fits no log-in")


def test_an_answer_that_took_too_long_is_refused(client, city, ada, monkeypatch):
    location = city.agree(leave(client), "1")
    real = statekit.time.time
    monkeypatch.setattr(statekit.time, "time", lambda: real() + 601)
    says(come_back(client, location), 400, "longer than ten minutes")


def test_a_state_is_good_for_its_own_provider_alone(client, city, settings, ada):
    with running_provider() as works:
        connect(settings, city=city, works=works)
        works.person("1", **ADA)
        at_works = works.agree(leave(client, "works"), "1")
        mixed = at_works.replace("/works/", "/city/")
        says(come_back(client, mixed), 400, "fits no log-in")
        assert not is_in(client)


def test_a_code_of_another_log_in_is_refused_by_its_proof(client, city, ada):
    victims = parse_qs(urlsplit(city.agree(leave(Client()), "1")).query)["code"][0]
    own = city.agree(leave(client), "somebody else")
    injected = own.replace(parse_qs(urlsplit(own).query)["code"][0], victims)
    says(come_back(client, injected), 502, "can't be trusted")
    assert not is_in(client)


def test_an_answer_that_names_another_issuer_is_refused(client, city, ada):
    says(come_back(client, city.agree(leave(client), "1") + "&iss=https://evil.example"), 502, "can't be trusted")
    city.description["authorization_response_iss_parameter_supported"] = True
    cache.clear()
    says(come_back(client, city.agree(leave(client), "1")), 502, "can't be trusted")
    come_back(client, city.agree(leave(client), "1") + f"&iss={city.url}")
    assert is_in(client)


def test_a_provider_that_calls_itself_otherwise_is_refused(client, city):
    city.description["issuer"] = "https://evil.example"
    cache.clear()
    says(client.post("/accounts/social/openid/city/"), 502, "can't be trusted")


def test_a_provider_without_tls_elsewhere_is_refused(client, city):
    city.description["token_endpoint"] = "http://elsewhere.example/token"
    cache.clear()
    says(client.post("/accounts/social/openid/city/"), 502, "can't be trusted")


def _forged(claims: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**claims, **changes}


SECRET = "a key that the provider never had, and long enough"


def _unsigned(token: str, city: Provider) -> str:
    claims = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode(claims, None, algorithm="none")


def _by_another_key(token: str, city: Provider) -> str:
    claims = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode(claims, SECRET, algorithm="HS256", headers={"kid": jwt.get_unverified_header(token).get("kid")})


def _of_another_person(token: str, city: Provider) -> str:
    import base64
    import json

    head, body, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["sub"] = "1"
    changed = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"{head}.{changed}.{signature}"


@pytest.mark.parametrize(
    "forge", [_unsigned, _by_another_key, _of_another_person, lambda *_: "x", lambda *_: 7, lambda *_: None]
)
def test_a_forged_token_is_refused(client, city, ada, forge):
    def alter(path: str, told: dict[str, Any]) -> dict[str, Any]:
        return {**told, "id_token": forge(told["id_token"], city)} if path == "/oauth2/token" else told

    city.alter = alter
    says(sign_in(client, city, "2"), 502, "can't be trusted")
    assert not is_in(client)


def test_a_token_of_another_log_in_is_refused(client, city, ada):
    kept: list[str] = []

    def alter(path: str, told: dict[str, Any]) -> dict[str, Any]:
        if path == "/oauth2/token":
            kept.append(told["id_token"])
            told["id_token"] = kept[0]  # with the nonce of the first
        return told

    city.alter = alter
    sign_in(Client(), city, "1")
    says(sign_in(client, city, "1"), 502, "can't be trusted")


def test_a_token_for_another_site_is_refused(client, city, ada, settings):
    kept: list[str] = []

    def alter(path: str, told: dict[str, Any]) -> dict[str, Any]:
        if path == "/oauth2/token":
            kept.append(told["id_token"])
        return told

    city.alter = alter
    address = leave(client)
    come_back(client, city.agree(address.replace("client_id=paper", "client_id=evil"), "1"))
    assert not is_in(client)


def test_a_profile_of_another_person_is_refused(client, city, ada):
    city.alter = lambda path, told: {**told, "sub": "2"} if path == "/userinfo" else told
    says(sign_in(client, city, "1"), 502, "can't be trusted")


@pytest.mark.parametrize("ill", [500, 503, 404])
def test_a_provider_that_is_down_is_named_before_and_after(client, city, ada, ill):
    location = city.agree(leave(client), "1")
    cache.clear()
    city.ill = ill
    says(client.post("/accounts/social/openid/city/"), 502, "City doesn't answer at the moment")
    says(come_back(client, location), 502, "City doesn't answer at the moment")
    city.ill = 0
    sign_in(client, city, "1")
    assert is_in(client)


def test_a_provider_that_is_gone_or_slow_is_not_waited_for(client, city, settings, ada):
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.3
    city.seconds = 1
    cache.clear()
    says(client.post("/accounts/social/openid/city/"), 502, "doesn't answer")
    with running_provider() as gone:
        connect(settings, city=gone)
    says(client.post("/accounts/social/openid/city/"), 502, "doesn't answer")


@pytest.mark.parametrize("answer", [{}, {"access_token": None}, {"error": "invalid_client"}])
def test_an_answer_that_says_nothing_is_refused(client, city, ada, answer):
    city.alter = lambda path, told: answer if path == "/oauth2/token" else told
    says(sign_in(client, city, "1"), 502, "can't be trusted")


def test_two_tabs_keep_two_identities_apart(client, city):
    city.person("1", **ADA)
    city.person("2", name="Ida Pier", email="ida@mail.example", email_verified=True)
    first = branch(client, sign_in(client, city, "1"), "No")
    second = branch(client, sign_in(client, city, "2"), "No")
    assert client.get(first).context["form"].initial["display_name"] == "Ada Quay"
    assert client.get(second).context["form"].initial["display_name"] == "Ida Pier"
    client.post(first, {"display_name": "Ada Quay", "email": "ada@mail.example"})
    assert [row.extra_data["shown"] for row in SocialAccount.objects.all()] == ["ada@mail.example"]
    assert client.post(first, {"display_name": "Ada Quay", "email": "ada@mail.example"}).status_code == 410
    assert Reader.objects.count() == 1


def test_two_browsers_cannot_register_twice_by_one_identity(client, city):
    city.person("1", **ADA)
    other = Client()
    first, second = (branch(each, sign_in(each, city, "1"), "No") for each in (client, other))
    client.post(first, {"display_name": "Ada Quay", "email": "ada@mail.example"})
    late = other.post(second, {"display_name": "Ada Quay", "email": "other@mail.example"})
    assert late.status_code == 409
    assert "was not linked" in late.content.decode()
    assert Reader.objects.count() == SocialAccount.objects.count() == 1


def test_yes_in_a_late_tab_links_nothing_to_a_second_account(client, city):
    reader = confirmed_reader(email="somebody@else.example")
    city.person("1", **ADA)
    other = Client()
    late = branch(other, sign_in(other, city, "1"), "Yes")
    register_by(client, city, "1")
    other.post(late, {"login": reader.email, "password": "seven lanterns on the quay"})
    assert is_in(other)  # it is their own account, after all
    assert SocialAccount.objects.get().user.email == "ada@mail.example"


def test_what_waited_too_long_or_elsewhere_says_how_to_begin_again(client, city, later):
    city.person("1", **ADA)
    page = sign_in(client, city, "1")["Location"]
    paths = [page, f"{page}yes/", f"{page}no/"]
    for path in paths:
        assert client.get(path).status_code == 200
        assert Client().get(path).status_code == 410  # another browser's
    later.pass_(minutes=31)
    for path in paths:
        response = client.get(path)
        assert response.status_code == 410
        assert content(response).select_one('form[action^="/accounts/social/openid/city/"]')
    assert client.post(paths[2], {"display_name": "Ada", "email": "ada@mail.example"}).status_code == 410


def test_one_identity_sends_a_few_mails_an_hour_and_no_more(client, city):
    city.person("1", name="Ada Quay", email="ada@mail.example")
    path = branch(client, sign_in(client, city, "1"), "No")
    sent = [
        client.post(path, {"display_name": "Ada Quay", "email": f"victim{number}@mail.example"}).status_code
        for number in range(7)
    ]
    assert sent == [302] * 5 + [200] * 2


def test_pages_on_the_way_are_kept_by_no_cache(client, city):
    city.person("1", **ADA)
    page = sign_in(client, city, "1")["Location"]
    for path in (page, f"{page}yes/", f"{page}no/", "/accounts/social/openid/city/"):
        assert "no-store" in client.get(path)["Cache-Control"]
