"""A real provider of OpenID Connect on the loopback address, and what a browser does at it.

The library's provider doesn't ask for PKCE and is never ill; both are put before it here, at its WSGI door.
"""

import base64
import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.test import Client
from oidc_provider_mock import app as provider_app
from werkzeug.serving import make_server

START = "/accounts/social/openid/{}/"


@dataclass
class Provider:
    """The provider as tests steer it. `seconds` it thinks before each answer; `ill` is a status it answers with."""

    url: str = ""
    seconds: float = 0
    ill: int = 0
    description: dict[str, Any] = field(default_factory=dict)  # said of itself besides the truth
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)  # path and parameters of each request
    alter: Callable[[str, dict[str, Any]], dict[str, Any]] | None = None  # changes answers in JSON, by path
    challenges: dict[str, str] = field(default_factory=dict)

    def person(self, sub: str, **claims: object) -> None:
        """Let there be a person with this profile, or with another one from now on, who signs in there just now."""
        told = {"auth_time": int(time.time()), **claims}
        httpx.put(f"{self.url}/users/{sub}", json=told).raise_for_status()

    def agree(self, address: str, sub: str) -> str:
        """Sign in there and agree; return the path to which the provider sends the browser back."""
        return self._sent_back(address, {"sub": sub})

    def refuse(self, address: str) -> str:
        """Choose not to go on."""
        return self._sent_back(address, {"action": "deny"})

    def _sent_back(self, address: str, form: dict[str, str]) -> str:
        reply = httpx.post(address, data=form)
        assert reply.status_code == 302, reply.text[:500]
        return reply.headers["location"]

    def asked(self, path: str) -> dict[str, str]:
        """Return the parameters of the last request for that path."""
        return [parameters for at, parameters in self.seen if at == path][-1]


class _Door:
    """Stands before the library's provider: checks PKCE (RFC 7636), is slow or ill when told so."""

    def __init__(self, provider: Provider, inner: Any) -> None:
        self.provider, self.inner = provider, inner

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        provider, path = self.provider, environ["PATH_INFO"]
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = BytesIO(body)
        asked = {**_first(environ.get("QUERY_STRING", "")), **_first(body.decode("utf-8", "replace"))}
        provider.seen.append((path, asked))
        time.sleep(provider.seconds)
        if provider.ill:
            start_response(f"{provider.ill} Ill", [("Content-Type", "text/plain")])
            return [b"ill"]
        if path == "/oauth2/token" and not self._proved(asked):
            start_response("400 Bad Request", [("Content-Type", "application/json")])
            return [b'{"error": "invalid_grant"}']
        status, headers, answer = self._inner(environ)
        if path == "/oauth2/authorize" and (
            code := _first(urlsplit(dict(headers).get("Location", "")).query).get("code")
        ):
            provider.challenges[code] = asked["code_challenge"] if asked["code_challenge_method"] == "S256" else ""
        start_response(
            status, [(name, _with_state(value, asked) if name == "Location" else value) for name, value in headers]
        )
        return [answer]

    def _proved(self, asked: dict[str, str]) -> bool:
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        return self.provider.challenges.get(asked["code"]) == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def _inner(self, environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], bytes]:
        import json

        kept: list[Any] = []
        answer = b"".join(self.inner(environ, lambda status, headers, *_more: kept.extend([status, headers])))
        status, headers = kept
        if dict(headers).get("Content-Type", "").startswith("application/json"):
            told = json.loads(answer)
            if environ["PATH_INFO"].endswith("openid-configuration"):
                told.update(self.provider.description)
            if self.provider.alter is not None:
                told = self.provider.alter(environ["PATH_INFO"], told)
            answer = json.dumps(told).encode()
            headers = [(name, value) for name, value in headers if name != "Content-Length"]
        return status, headers, answer


def _with_state(location: str, asked: dict[str, str]) -> str:
    """Return where a refusal is sent to with its state, which RFC 6749 (4.1.2.1) asks for and the library forgets."""
    return f"{location}&state={asked['state']}" if "error=" in location and "state=" not in location else location


def _first(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Run a provider until the end of the block."""
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # there is no TLS on the loopback address
    provider = Provider()
    server = make_server("localhost", 0, _Door(provider, provider_app(require_nonce=True)), threaded=True)
    provider.url = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def connect(settings: Any, **providers: Provider) -> None:
    """Let the paper offer these, by their short names."""
    before = settings.SOCIALACCOUNT_PROVIDERS
    apps = [
        {"provider_id": short, "name": short.title(), "client_id": "paper", "secret": "a secret of ours",
         "settings": {"server_url": provider.url}}
        for short, provider in providers.items()
    ]  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {**before, "openid_connect": {**before["openid_connect"], "APPS": apps}}


@pytest.fixture(scope="module")
def city_running() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def city(city_running: Provider, settings: Any, paper: Any) -> Provider:
    """The provider "city", healthy, offered by the paper."""
    from django.core.cache import cache

    cache.clear()
    city_running.__init__(city_running.url)  # type: ignore[misc]
    connect(settings, city=city_running)
    return city_running


def leave(client: Client, short: str = "city", edition: str = "", **form: str) -> str:
    """Press the provider's button; return the address that the browser goes to."""
    response = client.post(edition + START.format(short), form)
    assert response.status_code == 200, response.status_code
    return response.context["address"]


def come_back(client: Client, location: str) -> Any:
    """Follow the provider's redirection."""
    parts = urlsplit(location)
    response = client.get(f"{parts.path}?{parts.query}")
    if response.status_code == 302 and "/callback/" in response["Location"]:
        response = client.get(response["Location"])
    return response


def sign_in(client: Client, provider: Provider, sub: str, short: str = "city", edition: str = "", **form: str) -> Any:
    """Go to the provider, agree, and come back."""
    return come_back(client, provider.agree(leave(client, short, edition, **form), sub))
