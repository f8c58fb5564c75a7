"""Cookies of a paper behind https are this host's alone (ASVS 5.0 3.3.1, 3.3.3); one on http has plain names."""

import json
import os
import subprocess
import sys
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.test import Client

from tests.readers.conftest import _no_limit_reached_before, _quick_hashes, paper
from tests.readers.entrance import PASSWORD, confirmed_reader

__all__ = ["_no_limit_reached_before", "_quick_hashes", "paper"]
pytestmark = [pytest.mark.row("ACC-02"), pytest.mark.django_db]
NAMES = {"broadsheet_session", "csrftoken", "broadsheet_device", "broadsheet_reader"}
COMPUTED = [
    "COOKIE_PREFIX",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
    "SECURE",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
]


def installed(url: str, folder: Any) -> dict[str, Any]:
    """Return what settings say of cookies in a paper at that address."""
    asked = (
        "import json; from broadsheet.config import settings as s; "
        f"print(json.dumps({{name: getattr(s, name) for name in {COMPUTED}}}))"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("BROADSHEET_", "DJANGO_"))}
    ran = subprocess.run(
        [sys.executable, "-c", asked], env={**environment, "BROADSHEET_URL": url, "BROADSHEET_DATA": str(folder)},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return dict(json.loads(ran.stdout))


def given(settings: Any, url: str, folder: Any) -> SimpleCookie:
    """Return the cookies that a browser has been given once a reader has logged in to the paper at that address."""
    for name, value in installed(url, folder).items():
        setattr(settings, name, value)
    secure = url.startswith("https:")
    confirmed_reader()
    client = Client(enforce_csrf_checks=True)
    page = client.get("/accounts/login/", secure=secure)
    form = {
        "login": "reader@mail.example",
        "password": PASSWORD,
        "csrfmiddlewaretoken": str(page.context["csrf_token"]),
    }
    origin = f"{'https' if secure else 'http'}://testserver"
    client.post("/accounts/login/", form, secure=secure, headers={"origin": origin})
    assert client.get("/accounts/sessions/", secure=secure).status_code == 200
    return client.cookies


def test_under_https_each_is_bound_to_the_host(paper, settings, tmp_path):
    cookies = given(settings, "https://paper.example", tmp_path)
    assert {f"__Host-{name}" for name in NAMES} <= set(cookies)
    for name, cookie in cookies.items():
        assert name.startswith("__Host-"), name
        assert cookie["secure"], name
        assert (cookie["path"], cookie["domain"]) == ("/", ""), name
        assert cookie["samesite"] == "Lax", name
        assert bool(cookie["httponly"]) is (name != "__Host-broadsheet_reader"), name


def test_on_http_names_are_plain(paper, settings, tmp_path):
    cookies = given(settings, "http://localhost:8000", tmp_path)
    assert set(cookies) >= NAMES
    assert not any(name.startswith("__") or cookie["secure"] for name, cookie in cookies.items())


def test_messages_wait_in_the_session_and_logging_out_leaves_none(paper, client):
    client.force_login(confirmed_reader())
    client.post("/accounts/profile/", {"display_name": "Tom Wharf", "language": "en"})
    assert "Your profile was saved." in client.get("/accounts/profile/").content.decode()
    client.post("/accounts/profile/", {"display_name": "Tom Wharf", "language": "en"})
    client.post("/accounts/logout/")
    left = {name for name, cookie in client.cookies.items() if cookie.value}
    assert left <= {"csrftoken", "broadsheet_device"}
    assert "account-message" not in client.get("/accounts/login/").content.decode()
