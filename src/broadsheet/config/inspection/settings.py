"""Settings: names, kinds, addresses, keys."""

import difflib
import stat
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from broadsheet.config.env import SETTINGS, Environment
from broadsheet.config.inspection.finding import Finding, problem, warning
from broadsheet.config.login_providers import setting_names

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
KEY_LENGTH = 40
KEY_VARIETY = 10
PRIVATE = (
    ("open-key", "secret.key", "the signing key"),
    ("open-push-key", "push.key", "the key of push"),
    ("open-dkim-key", "dkim.key", "the key that signs mail"),
    ("open-settings", "broadsheet.env", "the settings, with their passwords"),
    ("open-database", "broadsheet.sqlite3", "the database, with its accounts"),
)
SCHEMES = {
    "BROADSHEET_URL": {"http", "https"},
    "BROADSHEET_PICTURE_URL": {"http", "https"},
    "BROADSHEET_DATABASE": {"postgresql", "postgres"},
    "BROADSHEET_REDIS": {"redis", "rediss", "unix"},
    "BROADSHEET_MAIL": {"smtp", "smtps"},
    "BROADSHEET_LETTERS_IMAP": {"imaps", "imap"},
    "BROADSHEET_MAIL_BOUNCES_IMAP": {"imaps", "imap"},
}


def look() -> Iterator[Finding]:
    """Look at every setting."""
    environment: Environment = settings.ENV
    yield from _names(environment)
    yield from _kinds(environment)
    yield from _addresses(environment)
    yield from _key(environment)
    yield from _privacy(environment)
    yield from _public(environment)


def _names(environment: Environment) -> Iterator[Finding]:
    known = {setting.name for setting in SETTINGS} | setting_names(environment)
    for line in environment.strange_lines():
        yield warning(
            "strange-line",
            f"A line of {environment.data / 'broadsheet.env'} has no effect.",
            f"“{line[:40]}” does not begin with a setting's name and an equals sign.",
            "Write it as NAME=value, or begin it with # for a note.",
        )
    for name in sorted(environment.values):
        if name.startswith("BROADSHEET_") and name not in known | {"BROADSHEET_SHARED"}:
            near = difflib.get_close_matches(name, known, 1)
            remedy = f"Did you mean {near[0]}?" if near else "Remove it, or see docs/reference/settings.md."
            yield warning("unknown-setting", f"{name} has no effect.", "There is no setting of this name.", remedy)


def _kinds(environment: Environment) -> Iterator[Finding]:
    for setting in SETTINGS:
        value = environment.values.get(setting.name, "")
        if setting.kind == "number" and value and not value.isdigit():
            yield problem(
                "not-a-number",
                f"{setting.name} is not understood; {setting.default} is used instead.",
                f"“{value}” is not a whole number.",
                f"Set it to a number such as {setting.default}.",
            )
        if (
            setting.kind == "switch"
            and value
            and value.lower() not in {"on", "off", "1", "0", "true", "false", "yes", "no"}
        ):
            yield problem(
                "not-a-switch",
                f"{setting.name} is taken as off.",
                f"“{value}” is neither on nor off.",
                "Set it to on or off.",
            )
    port = environment.number("PORT")
    if not 0 < port < 65536:
        yield problem(
            "bad-port", f"PORT {port} can't be listened on.", "Ports are 1 to 65535.", "Choose one, such as 8000."
        )
    if environment.text("BROADSHEET_DSA_ROLE") not in {"platform", "small-platform", "hosting"}:
        yield problem(
            "dsa-role",
            "BROADSHEET_DSA_ROLE is taken as platform.",
            "It is none of platform, small-platform and hosting.",
            "See docs/guides/accountability.md for what each of them switches.",
        )
    if environment.text("BROADSHEET_ERASED_COMMENTS") not in {"blank", "anonymise"}:
        yield problem(
            "bad-erasing",
            "BROADSHEET_ERASED_COMMENTS is taken as blank.",
            "It is blank or anonymise.",
            "Choose one of them.",
        )
    if environment.text("BROADSHEET_LOG").lower() not in {"debug", "info", "warning", "error"}:
        yield problem(
            "bad-log-level",
            "BROADSHEET_LOG is not understood.",
            "It is debug, info, warning or error.",
            "Choose one of them.",
        )


def _addresses(environment: Environment) -> Iterator[Finding]:
    for setting in SETTINGS:
        given = environment.values.get(setting.name, "")
        values = environment.words(setting.name) if setting.name == "BROADSHEET_WEBSUB_HUBS" else [given]
        schemes = SCHEMES.get(setting.name, {"http", "https"} if setting.name == "BROADSHEET_WEBSUB_HUBS" else set())
        for value in values:
            if value and schemes and not _is_address(value, schemes):
                shown = "its value" if setting.secret else f"“{value}”"
                yield problem(
                    "bad-address",
                    f"{setting.name} is not an address that can be used.",
                    f"{shown} has no host, or does not begin with {' or '.join(sorted(schemes))}://.",
                    f"Write it as in the documentation: {setting.meaning}",
                )
    path = urlsplit(environment.url()).path
    if path:
        yield problem(
            "address-with-path",
            f"BROADSHEET_URL must end after the host, not with “{path}”.",
            "A paper lives at the root of its host.",
            "Give it a host of its own.",
        )


def _is_address(value: str, schemes: set[str]) -> bool:
    try:
        parts = urlsplit(value)
        return (
            parts.scheme in schemes
            and bool(parts.hostname or "host=" in parts.query or parts.scheme == "unix")
            and (parts.port or 1) > 0
        )
    except ValueError:
        return False


def _key(environment: Environment) -> Iterator[Finding]:
    file = environment.data / "secret.key"
    if not environment.values.get("BROADSHEET_SECRET_KEY") and not file.is_file():
        yield problem(
            "no-key",
            "There is no signing key; sessions and picture addresses end with this process.",
            f"{file} does not exist and could not be written.",
            "Make the data folder writable, or set BROADSHEET_SECRET_KEY.",
        )
    elif len(environment.secret_key()) < KEY_LENGTH:
        yield problem(
            "short-key",
            "The signing key is too short to be safe.",
            f"It has {len(environment.secret_key())} characters; {KEY_LENGTH} are the least.",
            "Remove it and let one be made: everybody logs in again, picture addresses change.",
        )
    elif len(set(environment.secret_key())) < KEY_VARIETY:
        yield problem(
            "weak-key",
            "The signing key can be guessed.",
            f"It is made of {len(set(environment.secret_key()))} different characters.",
            "Remove it and let one be made: everybody logs in again, picture addresses change.",
        )


def _privacy(environment: Environment) -> Iterator[Finding]:
    """Look whether others on this machine can read what is for the paper's own user."""
    for code, name, what in PRIVATE:
        file = environment.data / name
        if file.is_file() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield problem(
                code,
                f"Others on this machine can read {what}.",
                f"{file} has mode {file.stat().st_mode & 0o777:o}.",
                f"Run: chmod 600 {file}",
            )


def _public(environment: Environment) -> Iterator[Finding]:
    parts = urlsplit(environment.url())
    if parts.hostname in LOOPBACK:
        return
    if parts.scheme == "http":
        yield problem(
            "no-tls",
            "The paper's public address is not encrypted.",
            "BROADSHEET_URL begins with http:// and names a public host.",
            "Set up TLS in nginx or Caddy (deploy/Caddyfile) and write https://.",
        )
    if environment.switch("BROADSHEET_DEBUG"):
        yield problem(
            "debug-in-public",
            "Faults show their insides to everybody.",
            "BROADSHEET_DEBUG is on and the address is public.",
            "Set BROADSHEET_DEBUG=off.",
        )
    if (environment.data / "demo").exists():
        yield problem(
            "demo-in-public",
            "The demo paper is served under a public address.",
            "Its log-in link opens the desk without a second factor.",
            "Make a paper of your own: broadsheet new FOLDER.",
        )
