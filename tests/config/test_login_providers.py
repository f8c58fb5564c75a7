"""Providers that readers log in by: named by settings, and looked at by `broadsheet check`."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from broadsheet.config.env import Environment
from broadsheet.config.inspection import login_providers as inspection
from broadsheet.config.inspection import settings as settings_inspection
from broadsheet.config.login_providers import login_apps, login_providers
from tests.readers.provider import running_provider

pytestmark = [pytest.mark.row("ACC-04"), pytest.mark.row("OPS-03"), pytest.mark.files]
P = "BROADSHEET_LOGIN_"
CITY = {
    f"{P}OPENID": "city", f"{P}CITY_NAME": "City of Quay", f"{P}CITY_ISSUER": "https://login.city.example",
    f"{P}CITY_ID": "paper", f"{P}CITY_SECRET": "hidden",
}  # fmt: skip
TELEGRAM = {f"{P}TELEGRAM_TOKEN": "12345:AAAAAAAAAAAAAAAAAAAAAAAAAAA"}


def environment(tmp_path, **values):
    return Environment({"BROADSHEET_DATA": str(tmp_path), "BROADSHEET_URL": "https://paper.example", **values})


def found(settings, tmp_path, **values):
    settings.ENV = environment(tmp_path, **values)
    return list(inspection.look())


def test_nothing_named_is_nothing_offered(tmp_path, settings):
    assert login_apps(environment(tmp_path)) == {}
    assert found(settings, tmp_path) == []


def test_a_provider_is_offered_once_all_it_needs_is_there(tmp_path):
    apps = login_apps(environment(tmp_path, **CITY))
    assert apps == {
        "openid_connect": {
            "APPS": [
                {
                    "name": "City of Quay", "client_id": "paper", "secret": "hidden", "provider_id": "city",
                    "settings": {"server_url": "https://login.city.example"},
                }
            ]
        }
    }  # fmt: skip
    for missing in list(CITY)[1:]:
        assert login_apps(environment(tmp_path, **{**CITY, missing: ""})) == {}


def test_several_are_offered_beside_the_great_ones(tmp_path):
    values = {
        **CITY, **TELEGRAM, f"{P}OPENID": "city, works", f"{P}WORKS_NAME": "Works", f"{P}WORKS_ID": "x",
        f"{P}WORKS_ISSUER": "https://works.example/", f"{P}WORKS_SECRET": "y",
        f"{P}GOOGLE_ID": "g", f"{P}GOOGLE_SECRET": "s", f"{P}FACEBOOK_ID": "f", f"{P}FACEBOOK_SECRET": "s",
        f"{P}APPLE_ID": "a", f"{P}APPLE_TEAM": "t", f"{P}APPLE_KEY_ID": "k", f"{P}APPLE_KEY": "pem",
    }  # fmt: skip
    apps = login_apps(environment(tmp_path, **values))
    assert [app["provider_id"] for app in apps["openid_connect"]["APPS"]] == ["google", "city", "works"]
    assert apps["openid_connect"]["APPS"][0]["settings"] == {"server_url": "https://accounts.google.com"}
    assert set(apps) == {"openid_connect", "facebook", "apple", "telegram"}
    assert apps["telegram"]["APPS"][0]["client_id"] == "12345"
    assert apps["apple"]["APPS"][0]["settings"] == {"certificate_key": "pem"}


def test_a_secret_may_stand_in_a_file_and_is_shown_nowhere(tmp_path, settings):
    file = tmp_path / "city.secret"
    file.write_text("hidden in a file\n")
    values = {**CITY, f"{P}CITY_SECRET": "", f"{P}CITY_SECRET_FILE": str(file)}
    provider = login_providers(environment(tmp_path, **values))[0]
    assert provider.secret == "hidden in a file"
    assert "hidden" not in repr(provider)
    file.unlink()
    answer = found(settings, tmp_path, **values)
    assert {finding.code for finding in answer} == {"login-file", "login-incomplete"}
    assert all("hidden" not in str(finding) for finding in answer)


def test_what_is_missing_is_named_with_the_callback_address(tmp_path, settings):
    finding = found(settings, tmp_path, **{**CITY, f"{P}CITY_SECRET": ""})[0]
    assert finding.code == "login-incomplete"
    assert f"{P}CITY_SECRET is missing" in finding.why
    assert "https://paper.example/accounts/social/openid/city/callback/" in finding.remedy


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({f"{P}GOOGLE_ID": "only"}, "login-incomplete"),
        ({f"{P}FACEBOOK_SECRET": "only"}, "login-incomplete"),
        ({f"{P}APPLE_ID": "only"}, "login-incomplete"),
        ({f"{P}TELEGRAM_TOKEN": "no token"}, "login-incomplete"),
        ({f"{P}OPENID": "Not a name!"}, "login-name"),
        ({f"{P}OPENID": "google"}, "login-name"),
        ({**CITY, f"{P}CITY_ISSUER": "http://login.city.example"}, "login-issuer"),
        ({**CITY, f"{P}CITY_ISSUER": "login.city.example"}, "login-issuer"),
        ({**CITY, f"{P}CITY_ISSUER": "https://"}, "login-issuer"),
        ({**CITY, f"{P}CITY_ISSUER": "https://login.city.example/?x"}, "login-issuer"),
        ({**CITY, f"{P}CITY_ISSUER": "http://127.0.0.1:9"}, "login-provider-silent"),
        ({**TELEGRAM, "BROADSHEET_URL": "http://localhost:8000"}, "login-needs-https"),
        (
            {f"{P}APPLE_ID": "a", f"{P}APPLE_TEAM": "t", f"{P}APPLE_KEY_ID": "k", f"{P}APPLE_KEY": "no key"},
            "login-apple-key",
        ),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, settings, values, code):
    answer = found(settings, tmp_path, **values)
    assert code in {finding.code for finding in answer}
    assert all(finding.what and finding.why and finding.remedy for finding in answer)


def test_a_right_provider_is_not_found_fault_with_and_another_s_name_is(tmp_path, settings):
    with running_provider() as city:
        values = {**CITY, f"{P}CITY_ISSUER": city.url}
        assert found(settings, tmp_path, **values) == []
        twice = {
            **values, f"{P}OPENID": "city,works", f"{P}WORKS_NAME": "W", f"{P}WORKS_ISSUER": city.url + "/",
            f"{P}WORKS_ID": "x", f"{P}WORKS_SECRET": "y",
        }  # fmt: skip
        assert {finding.code for finding in found(settings, tmp_path, **twice)} == {"login-issuer-twice"}
        city.description["issuer"] = "https://somebody.else.example"
        answer = found(settings, tmp_path, **values)
        assert [finding.code for finding in answer] == ["login-issuer"]
        assert "somebody.else.example" in answer[0].why


def test_a_true_key_of_apple_is_taken(tmp_path, settings):
    key = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    values = {f"{P}APPLE_ID": "a", f"{P}APPLE_TEAM": "t", f"{P}APPLE_KEY_ID": "k", f"{P}APPLE_KEY": key.decode()}
    assert found(settings, tmp_path, **values) == []


def test_settings_of_named_providers_are_known_and_others_not(tmp_path, settings):
    values = {f"{P}OPENID": "works", f"{P}WORKS_ISSUER": "https://works.example", f"{P}OTHER_ISSUER": "x"}
    settings.ENV = environment(tmp_path, **values)
    unknown = [finding.what for finding in settings_inspection.look() if finding.code == "unknown-setting"]
    assert unknown == [f"{P}OTHER_ISSUER has no effect."]
