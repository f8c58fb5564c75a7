"""Every setting an operator can make, with its type, default and meaning; read from the environment.

A line `NAME=value` in `<data folder>/broadsheet.env` counts where the environment doesn't name the setting.
"""

import base64
import os
import re
import secrets
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: `kind` is text, path, url, number, switch or list (comma-separated)."""

    name: str
    kind: str
    default: str
    meaning: str
    secret: bool = False


SETTINGS = (
    Setting(
        "BROADSHEET_DATA", "path", "./data", "Folder of everything that is written: database, media, stored pages."
    ),
    Setting("PORT", "number", "8000", "Port that `broadsheet serve` listens on."),
    Setting("BROADSHEET_BIND", "text", "127.0.0.1", "Address that `broadsheet serve` listens on."),
    Setting(
        "BROADSHEET_URL",
        "url",
        "",
        "Public address of the paper, as https://paper.example. Empty: http://localhost:PORT.",
    ),
    Setting("BROADSHEET_HOSTS", "list", "", "Further host names that are answered, besides that of BROADSHEET_URL."),
    Setting(
        "BROADSHEET_PICTURE_URL",
        "url",
        "",
        "Public address of pictures, where they have a host of their own. Empty: same.",
    ),
    Setting(
        "BROADSHEET_DATABASE",
        "url",
        "",
        "postgresql://user:password@host/name. Empty: SQLite in the data folder.",
        True,
    ),
    Setting(
        "BROADSHEET_COMMIT_TO_DISK",
        "switch",
        "on",
        "SQLite: answer only once a change is on the disk, so that it outlives a power cut. Off: faster on slow disks; "
        "a power cut may take the last seconds, never the file.",
    ),
    Setting(
        "BROADSHEET_REDIS",
        "url",
        "",
        "redis://host:6379/0 for rate limits shared by several hosts. Empty: in memory.",
        True,
    ),
    Setting(
        "BROADSHEET_SECRET_KEY",
        "text",
        "",
        "Signing key. Empty: made once and kept in the data folder, mode 600.",
        True,
    ),
    Setting(
        "BROADSHEET_MAIL",
        "url",
        "",
        "smtp://user:password@host:587 (smtps:// for TLS). Empty: mail waits, on the demo paper it goes to a folder.",
        True,
    ),
    Setting("BROADSHEET_MAIL_FROM", "text", "", "Sender of mail. Empty: newsroom@ the host of BROADSHEET_URL."),
    Setting(
        "BROADSHEET_MAIL_KEPT",
        "switch",
        "off",
        "Keep each mail as a file in mail/kept of the data folder, too; to develop.",
    ),
    Setting(
        "BROADSHEET_DKIM_SELECTOR", "text", "", "Selector of the key in dkim.key that signs mail. Empty: unsigned."
    ),
    Setting(
        "BROADSHEET_DNS", "text", "", "Resolver asked for the records of mail, as 192.0.2.53. Empty: the machine's."
    ),
    Setting(
        "BROADSHEET_MAIL_BOUNCES",
        "text",
        "",
        "Address that mail comes back to, as bounces@paper.example; all of bounces+…@ must reach it. Empty: the sender's.",
    ),
    Setting(
        "BROADSHEET_MAIL_BOUNCES_IMAP",
        "url",
        "",
        "imaps://user:password@host/INBOX, where it comes back to. Empty: BROADSHEET_LETTERS_IMAP.",
        True,
    ),
    Setting(
        "BROADSHEET_LETTERS_IMAP",
        "url",
        "",
        "imaps://user:password@host/INBOX, the moderators' mailbox, of which letters are read. Empty: by the form alone.",
        True,
    ),
    Setting(
        "BROADSHEET_PUSH_KEY",
        "text",
        "",
        "Key that push services know the paper by, from push.key of another machine. Empty: made once and kept there.",
        True,
    ),
    Setting(
        "BROADSHEET_PUSH_CONFIRM",
        "number",
        "10000",
        "Browsers from which on a push needs a second person; 0: each does.",
    ),
    Setting(
        "BROADSHEET_NEWSLETTER_CONFIRM",
        "number",
        "10000",
        "Addresses from which on a newsletter issue needs a second person; 0: each does.",
    ),
    Setting(
        "BROADSHEET_PUSH_LOCAL",
        "switch",
        "off",
        "Send push to private addresses and over http, too; to develop.",
    ),
    Setting("BROADSHEET_LOGIN_GOOGLE_ID", "text", "", "Client ID of the log-in by Google. Empty: not offered."),
    Setting("BROADSHEET_LOGIN_GOOGLE_SECRET", "text", "", "Its client secret; or NAME_FILE, a file with it.", True),
    Setting("BROADSHEET_LOGIN_FACEBOOK_ID", "text", "", "App ID of the log-in by Facebook. Empty: not offered."),
    Setting("BROADSHEET_LOGIN_FACEBOOK_SECRET", "text", "", "Its app secret; or NAME_FILE, a file with it.", True),
    Setting("BROADSHEET_LOGIN_APPLE_ID", "text", "", "Services ID of the log-in by Apple. Empty: not offered."),
    Setting("BROADSHEET_LOGIN_APPLE_TEAM", "text", "", "Team ID at Apple, ten letters and digits."),
    Setting("BROADSHEET_LOGIN_APPLE_KEY_ID", "text", "", "Key ID of the key for the log-in by Apple."),
    Setting("BROADSHEET_LOGIN_APPLE_KEY", "text", "", "That key itself, in PEM; or NAME_FILE, the file .p8.", True),
    Setting(
        "BROADSHEET_LOGIN_TELEGRAM_TOKEN",
        "text",
        "",
        "Token of the bot for the log-in by Telegram; or NAME_FILE. Empty: not offered.",
        True,
    ),
    Setting(
        "BROADSHEET_LOGIN_OPENID",
        "list",
        "",
        "Short names of further OpenID Connect providers, as city, works; each has the four settings of its own below.",
    ),
    Setting("BROADSHEET_LOGIN_CITY_NAME", "text", "", "What readers read on the button of the provider named city."),
    Setting("BROADSHEET_LOGIN_CITY_ISSUER", "url", "", "Its issuer, as https://login.city.example."),
    Setting("BROADSHEET_LOGIN_CITY_ID", "text", "", "The client ID that it gave the paper."),
    Setting("BROADSHEET_LOGIN_CITY_SECRET", "text", "", "The client secret; or NAME_FILE, a file with it.", True),
    Setting(
        "BROADSHEET_HARSH_CASES",
        "number",
        "60",
        "Cases hard to read that a moderator is given in 24 hours; 0: as many as there are.",
    ),
    Setting("BROADSHEET_COMMENT_LENGTH", "number", "4000", "Characters that a comment may have."),
    Setting(
        "BROADSHEET_ERASED_COMMENTS",
        "text",
        "blank",
        "What is left of the comments of an erased account: blank, an empty place; anonymise, the text without a name.",
    ),
    Setting(
        "BROADSHEET_DSA_ROLE",
        "text",
        "platform",
        "What the paper is under the EU's Digital Services Act: platform, small-platform or hosting; docs/guides/accountability.md.",
    ),
    Setting("BROADSHEET_THREADS", "number", "8", "Threads that render pages in one process."),
    Setting("BROADSHEET_WORK", "switch", "on", "Serving processes do the work, too. Off: `broadsheet work` does."),
    Setting("BROADSHEET_WEBSUB_HUBS", "list", "", "WebSub hubs that are told of new articles."),
    Setting("BROADSHEET_AI_ROBOTS", "switch", "off", "Add lines to robots.txt that refuse crawlers for training."),
    Setting(
        "BROADSHEET_METRICS_TOKEN", "text", "", "Token that /metrics asks of other hosts. Empty: loopback only.", True
    ),
    Setting(
        "BROADSHEET_LOG", "text", "info", "debug, info, warning or error; one JSON line an event on standard error."
    ),
    Setting("BROADSHEET_DEBUG", "switch", "off", "Django's debug pages. Never on a public host."),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


class Environment:
    """The settings as they are now."""

    def __init__(self, values: dict[str, str] | None = None) -> None:
        self.values = dict(os.environ if values is None else values)
        folder = self.values.get("BROADSHEET_DATA") or _BY_NAME["BROADSHEET_DATA"].default
        if testing() and values is None:
            folder = _test_folder(self.values)
        self.data = Path(folder).expanduser().resolve()
        for line in self._file_lines():
            name, equals, value = line.partition("=")
            if equals:
                self.values.setdefault(name.strip(), _unquoted(value.strip()))

    def _file_lines(self) -> list[str]:
        file = self.data / "broadsheet.env"
        if not file.is_file():
            return []
        lines = (line.strip() for line in file.read_text(encoding="utf-8-sig", errors="replace").splitlines())
        return [line for line in lines if line and not line.startswith("#")]

    def strange_lines(self) -> list[str]:
        """Return what stands before the equals sign in lines of the file that set nothing of ours."""
        names = [line.partition("=")[0].strip() for line in self._file_lines()]
        return [name for name in names if not re.fullmatch(r"PORT|BROADSHEET_\w+", name)]

    def text(self, name: str) -> str:
        """Return the setting as text."""
        return self.values.get(name) or _BY_NAME[name].default

    def number(self, name: str) -> int:
        """Return the setting as a whole number; the default where it isn't one (`check` says so)."""
        try:
            return int(self.text(name))
        except ValueError:
            return int(_BY_NAME[name].default)

    def switch(self, name: str) -> bool:
        """Return whether the setting is on."""
        return self.text(name).lower() in {"1", "on", "true", "yes"}

    def words(self, name: str) -> list[str]:
        """Return the parts of a comma-separated setting."""
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def url(self) -> str:
        """Return the public address without a slash at its end."""
        return (self.text("BROADSHEET_URL") or f"http://localhost:{self.number('PORT')}").rstrip("/")

    def picture_url(self) -> str:
        """Return the public address of pictures without a slash at its end, empty where it is the paper's own."""
        return self.text("BROADSHEET_PICTURE_URL").rstrip("/")

    def log_level(self) -> str:
        """Return the level of the log, INFO where the setting names none (`check` says so)."""
        level = self.text("BROADSHEET_LOG").upper()
        return level if level in {"DEBUG", "INFO", "WARNING", "ERROR"} else "INFO"

    def hosts(self) -> list[str]:
        """Return the host names that are answered."""
        named = [_host(address) for address in (self.url(), self.picture_url()) if address]
        return sorted({*named, *self.words("BROADSHEET_HOSTS"), "localhost", "127.0.0.1", "[::1]"} - {""})

    def secret_key(self) -> str:
        """Return the signing key, made and kept in the data folder at the first use."""
        if given := self.text("BROADSHEET_SECRET_KEY"):
            return given
        return self._kept("secret.key", secrets.token_urlsafe(50))

    def push_keys(self) -> tuple[str, ...]:
        """Return the keys of push, the newest first; one is made and kept in the data folder at the first use."""
        given = self.text("BROADSHEET_PUSH_KEY") or self._kept("push.key", new_push_key())
        return tuple(given.replace(",", " ").split())

    def _kept(self, name: str, made: str) -> str:
        """Return the secret that the data folder keeps; the one made now where there is none yet."""
        file = self.data / name
        if file.is_file():
            return file.read_text(encoding="ascii", errors="replace").strip()
        try:
            self.data.mkdir(parents=True, exist_ok=True)
            _lay_whole(file, made)
        except OSError:
            return made  # `broadsheet check` names the unwritable folder; nothing signed now outlives the process
        return file.read_text(encoding="ascii").strip()

    def database(self) -> dict[str, object]:
        """Return Django's entry for the database."""
        address = self.text("BROADSHEET_DATABASE")
        if address:
            return _postgresql(address)
        # In WAL mode NORMAL syncs at checkpoints alone (sqlite.org/pragma.html#pragma_synchronous).
        synchronous = "FULL" if self.switch("BROADSHEET_COMMIT_TO_DISK") else "NORMAL"
        return {
            "ENGINE": "broadsheet.kernel.sqlite",
            "NAME": str(self.data / "broadsheet.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA secure_delete=ON;"
                " PRAGMA cache_size=-16000;"
                " PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;",
            },
            "TEST": {"NAME": str(self.data / "test.sqlite3")},
        }

    def mail_server(self) -> str:
        """Return the host that takes our mail, empty where none is set."""
        return _host(self.text("BROADSHEET_MAIL"))

    def mail(self) -> dict[str, object]:
        """Return Django's mail settings; what Django sends is queued, and the queue's server stands in the others."""
        address = urlsplit(self.text("BROADSHEET_MAIL"))
        sender = self.text("BROADSHEET_MAIL_FROM") or f"newsroom@{urlsplit(self.url()).hostname}"
        settings: dict[str, object] = {
            "EMAIL_BACKEND": "broadsheet.notifications.adapters.mail_backend.QueuedMail",
            "DEFAULT_FROM_EMAIL": sender,
            "SERVER_EMAIL": sender,
        }
        if not address.hostname:
            return settings
        return settings | {
            "EMAIL_HOST": address.hostname,
            "EMAIL_PORT": address.port or (465 if address.scheme == "smtps" else 587),
            "EMAIL_HOST_USER": unquote(address.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(address.password or ""),
            "EMAIL_USE_SSL": address.scheme == "smtps",
            "EMAIL_USE_TLS": address.scheme == "smtp" and bool(address.username),
            "EMAIL_TIMEOUT": 20,
        }


def _postgresql(address: str) -> dict[str, object]:
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or dict(parse_qsl(parts.query)).get("host", ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 16, "timeout": 20}},
    }


def _unquoted(value: str) -> str:
    """Return the value without the quotation marks around it, as shells write them."""
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""  # `broadsheet check` names the wrong address


def new_push_key() -> str:
    """Return a new private key on P-256: a number of 32 bytes, below the order of the curve."""
    number = b"\xff"
    while number[:1] in {b"\xff", b"\0"}:
        number = secrets.token_bytes(32)
    return base64.urlsafe_b64encode(number).rstrip(b"=").decode("ascii")


def _lay_whole(file: Path, text: str) -> None:
    """Let the file be there, for its owner alone: this text, or what another process has laid there first."""
    descriptor, written = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as handle:
            handle.write(text)
        with suppress(FileExistsError):
            file.hardlink_to(written)  # at once and whole: nobody reads half a key
    finally:
        Path(written).unlink()


def _test_folder(values: dict[str, str]) -> str:
    """Return this test process's own folder, so that tests never touch a paper's data."""
    worker = values.get("PYTEST_XDIST_WORKER", "main")
    folder = Path(tempfile.gettempdir()) / f"broadsheet-tests-{os.getuid()}" / f"{worker}-{os.getpid()}"
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)


def testing() -> bool:
    """Return whether the tests run."""
    return "pytest" in sys.modules


def choose_folder(folder: str) -> None:
    """Let the rest of this process work on that data folder."""
    os.environ["BROADSHEET_DATA"] = folder


def set_port(port: int) -> None:
    """Let the rest of this process listen there and name that port in its addresses."""
    os.environ["PORT"] = str(port)
