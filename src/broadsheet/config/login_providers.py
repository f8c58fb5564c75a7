"""Providers that readers may log in by, as the environment names them."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from broadsheet.config.env import Environment

OWN = ("google", "facebook", "apple", "telegram")
GOOGLE_ISSUER = "https://accounts.google.com"
_NAMES = {"google": "Google", "facebook": "Facebook", "apple": "Apple", "telegram": "Telegram"}
_TELEGRAM_TOKEN = re.compile(r"(\d+):[\w-]{20,}")
_SHORT_NAME = re.compile(r"[a-z][a-z0-9]{0,19}")


@dataclass(frozen=True, slots=True)
class LoginProvider:
    """A provider; `lacks` names the settings without which it isn't offered.

    `id` is its word in addresses and beside the identities that are stored: it never changes while accounts have any.
    `key` is Apple's team, `private_key` the key that signs for it.
    """

    id: str
    kind: str  # openid_connect, facebook, apple, telegram: allauth's words
    name: str
    client_id: str = ""
    secret: str = field(default="", repr=False)
    issuer: str = ""
    key: str = ""
    private_key: str = field(default="", repr=False)
    lacks: tuple[str, ...] = ()

    @property
    def callback_path(self) -> str:
        """Return where the provider sends readers back to, below the paper's public address."""
        if self.kind == "openid_connect":
            return f"/accounts/social/openid/{self.id}/callback/"
        return f"/accounts/social/{self.id}/callback/"


def login_providers(environment: Environment) -> tuple[LoginProvider, ...]:
    """Return every provider of which the environment names anything, complete or not."""
    own = (_google, _facebook, _apple, _telegram)
    found = [provider for make in own if (provider := make(environment)) is not None]
    return (*found, *(_openid(environment, short) for short in short_names(environment)))


def short_names(environment: Environment) -> list[str]:
    """Return the short names of further providers that can be used, each once."""
    named = dict.fromkeys(name.lower() for name in environment.words("BROADSHEET_LOGIN_OPENID"))
    return [name for name in named if _SHORT_NAME.fullmatch(name) and name not in {*OWN, "openid"}]


def setting_names(environment: Environment) -> set[str]:
    """Return the names of settings that the providers named have, those of files included."""
    further = {f"BROADSHEET_LOGIN_{short.upper()}_{part}" for short in short_names(environment) for part in _PARTS}
    ours = {f"BROADSHEET_LOGIN_{part}" for part in _SECRETS}
    secrets = ours | {name for name in further if name.endswith("_SECRET")}
    return further | {f"{name}_FILE" for name in secrets}


_PARTS = ("NAME", "ISSUER", "ID", "SECRET")
_SECRETS = ("GOOGLE_SECRET", "FACEBOOK_SECRET", "APPLE_KEY", "TELEGRAM_TOKEN")


def login_apps(environment: Environment) -> dict[str, dict[str, Any]]:
    """Return, by allauth's kinds, the entries of the providers that can be used."""
    apps: dict[str, list[dict[str, Any]]] = {}
    for provider in login_providers(environment):
        if not provider.lacks:
            apps.setdefault(provider.kind, []).append(_app(provider))
    return {kind: {"APPS": made} for kind, made in apps.items()}


def _app(provider: LoginProvider) -> dict[str, Any]:
    app: dict[str, Any] = {"name": provider.name, "client_id": provider.client_id, "secret": provider.secret}
    if provider.kind == "openid_connect":
        app |= {"provider_id": provider.id, "settings": {"server_url": provider.issuer}}
    if provider.kind == "apple":
        app |= {"key": provider.key, "settings": {"certificate_key": provider.private_key}}
    return app


def secret(environment: Environment, name: str) -> str:
    """Return the secret setting: its value, or what the file holds that NAME_FILE names; empty where neither is."""
    value = environment.values.get(name, "").strip()
    file = environment.values.get(f"{name}_FILE", "").strip()
    if value or not file:
        return value
    try:
        return Path(file).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""  # `broadsheet check` names the file


def _read(environment: Environment, short: str, *parts: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the settings of a provider, and the names of those that are missing."""
    names = {part: f"BROADSHEET_LOGIN_{short.upper()}_{part}" for part in parts}
    values = {part: secret(environment, name) for part, name in names.items()}
    return values, tuple(names[part] for part in parts if not values[part])


def _google(environment: Environment) -> LoginProvider | None:
    found, lacks = _read(environment, "google", "ID", "SECRET")
    if not any(found.values()):
        return None
    return LoginProvider(
        "google", "openid_connect", _NAMES["google"], found["ID"], found["SECRET"], GOOGLE_ISSUER, lacks=lacks
    )


def _facebook(environment: Environment) -> LoginProvider | None:
    found, lacks = _read(environment, "facebook", "ID", "SECRET")
    if not any(found.values()):
        return None
    return LoginProvider("facebook", "facebook", _NAMES["facebook"], found["ID"], found["SECRET"], lacks=lacks)


def _apple(environment: Environment) -> LoginProvider | None:
    found, lacks = _read(environment, "apple", "ID", "TEAM", "KEY_ID", "KEY")
    if not any(found.values()):
        return None
    return LoginProvider(
        "apple", "apple", _NAMES["apple"], found["ID"], found["KEY_ID"], key=found["TEAM"], private_key=found["KEY"],
        lacks=lacks,
    )  # fmt: skip


def _telegram(environment: Environment) -> LoginProvider | None:
    token = secret(environment, "BROADSHEET_LOGIN_TELEGRAM_TOKEN")
    if not token and not environment.values.get("BROADSHEET_LOGIN_TELEGRAM_TOKEN_FILE"):
        return None
    whole = _TELEGRAM_TOKEN.fullmatch(token)
    lacks = () if whole else ("BROADSHEET_LOGIN_TELEGRAM_TOKEN",)
    return LoginProvider("telegram", "telegram", _NAMES["telegram"], whole[1] if whole else "", token, lacks=lacks)


def _openid(environment: Environment, short: str) -> LoginProvider:
    found, lacks = _read(environment, short, *_PARTS)
    issuer = found["ISSUER"].removesuffix("/.well-known/openid-configuration")
    return LoginProvider(short, "openid_connect", found["NAME"], found["ID"], found["SECRET"], issuer, lacks=lacks)
