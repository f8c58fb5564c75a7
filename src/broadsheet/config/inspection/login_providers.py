"""Providers that readers may log in by: what is missing of each, and whether it is who it should be."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import jwt
import requests
from django.conf import settings

from broadsheet.config.env import Environment
from broadsheet.config.inspection.finding import Finding, problem, warning
from broadsheet.config.login_providers import OWN, LoginProvider, login_providers, secret, setting_names, short_names
from broadsheet.readers.engines.openid import CONFIGURATION, fault_of

SECONDS = 5.0
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def look() -> Iterator[Finding]:
    """Look at each provider of which the settings name anything."""
    environment: Environment = settings.ENV
    yield from _files(environment)
    yield from _names(environment)
    providers = login_providers(environment)
    for provider in providers:
        yield from _settings(environment, provider)
        if not provider.lacks and provider.kind == "openid_connect":
            yield from _issuer(environment, provider)
        if not provider.lacks and provider.kind == "apple":
            yield from _apple_key(provider)
    issuers = Counter(provider.issuer.rstrip("/") for provider in providers if provider.issuer)
    for issuer, times in issuers.items():
        if times > 1:
            yield problem(
                "login-issuer-twice",
                f"One person could have {times} accounts by one identity.",
                f"{times} providers have the issuer {issuer}.",
                "Keep one of them.",
            )


def _where(environment: Environment, provider: LoginProvider) -> str:
    return f"At {provider.name or provider.id}, the callback address is {environment.url()}{provider.callback_path}"


def _files(environment: Environment) -> Iterator[Finding]:
    for name in sorted(name for name in setting_names(environment) if name.endswith("_FILE")):
        file = environment.values.get(name, "").strip()
        setting = name.removesuffix("_FILE")
        if file and not environment.values.get(setting) and not secret(environment, setting):
            yield problem(
                "login-file",
                f"{name} gives no secret.",
                f"{Path(file).expanduser()} can't be read as text, or is empty.",
                "Write the secret into that file, readable for the paper's own user alone.",
            )


def _names(environment: Environment) -> Iterator[Finding]:
    usable = set(short_names(environment))
    for name in environment.words("BROADSHEET_LOGIN_OPENID"):
        if name.lower() not in usable:
            yield problem(
                "login-name",
                f"The provider “{name[:40]}” of BROADSHEET_LOGIN_OPENID is not offered.",
                f"A short name has up to 20 letters a to z and digits, a letter first, and is none of {', '.join(OWN)}.",
                "Choose another, and name its settings by it.",
            )


def _settings(environment: Environment, provider: LoginProvider) -> Iterator[Finding]:
    if provider.lacks:
        yield problem(
            "login-incomplete",
            f"Readers can't log in by {provider.name or provider.id}: it is not offered.",
            f"{', '.join(provider.lacks)} {'is' if len(provider.lacks) == 1 else 'are'} missing or not understood.",
            f"Set them as docs/guides/social-login.md says. {_where(environment, provider)}.",
        )
    parts = urlsplit(environment.url())
    if provider.kind in {"apple", "facebook", "telegram"} and (parts.scheme != "https" or parts.hostname in LOOPBACK):
        yield warning(
            "login-needs-https",
            f"{provider.name} sends nobody back to this paper.",
            f"It asks for a public address under https, and BROADSHEET_URL is {environment.url()}.",
            f"Set BROADSHEET_URL. {_where(environment, provider)}.",
        )


def _issuer(environment: Environment, provider: LoginProvider) -> Iterator[Finding]:
    try:
        parts = urlsplit(provider.issuer)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        safe = safe and bool(parts.hostname) and not parts.query and not parts.fragment
    except ValueError:
        safe = False
    if not safe:
        yield problem(
            "login-issuer",
            f"Readers can't log in by {provider.name}.",
            f"“{provider.issuer[:200]}” is no issuer: it begins with https:// and has neither ? nor #.",
            f"Copy it from the provider's pages. {_where(environment, provider)}.",
        )
        return
    address = provider.issuer.rstrip("/") + CONFIGURATION
    try:
        answer = requests.get(address, timeout=SECONDS)
        answer.raise_for_status()
        fault = fault_of(answer.json(), provider.issuer)
    except (requests.RequestException, ValueError) as error:
        yield warning(
            "login-provider-silent",
            f"Readers can't log in by {provider.name} now.",
            f"{address} doesn't answer as it should ({type(error).__name__}).",
            f"See whether the issuer is right and this machine may reach it. {_where(environment, provider)}.",
        )
        return
    if fault is not None:
        yield problem(
            "login-issuer",
            f"Readers can't log in by {provider.name}.",
            fault,
            f"Write the issuer exactly as the provider names itself. {_where(environment, provider)}.",
        )


def _apple_key(provider: LoginProvider) -> Iterator[Finding]:
    try:
        jwt.encode({}, provider.private_key, algorithm="ES256")
    except (jwt.PyJWTError, ValueError, TypeError):
        yield problem(
            "login-apple-key",
            "Readers can't log in by Apple.",
            "BROADSHEET_LOGIN_APPLE_KEY is not the private key that Apple made.",
            "Name the whole file AuthKey_….p8 by BROADSHEET_LOGIN_APPLE_KEY_FILE.",
        )
