"""Mails kept as files in the data folder: the development mailbox, and what the demo paper has instead of a server."""

import re
import time
from collections.abc import Collection
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from pathlib import Path

from django.conf import settings

from broadsheet.notifications.rules.addresses import recipient

NAME = re.compile(r"[0-9a-f]{32}")
MOST = 500  # files; the oldest beyond them go
HALF_WRITTEN = 3600  # seconds after which nobody writes it any more


def folder() -> Path:
    """Return where they lie."""
    return Path(settings.DATA) / "mail" / "kept"


def name_of(message_id: str) -> str:
    """Return the name under which the mail of this Message-ID is kept."""
    return message_id[1:].partition("@")[0]


def keep(name: str, data: bytes) -> None:
    """Lay the mail under its name, whole or not at all; another attempt takes the place of the one before."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    written = folder() / f".{name}"
    written.write_bytes(data)
    written.chmod(0o600)
    written.replace(folder() / f"{name}.eml")
    for old in files()[MOST:]:
        old.unlink(missing_ok=True)


def files() -> list[Path]:
    """Return the kept mails, newest first."""
    return sorted(folder().glob("[!.]*.eml"), key=_age) if folder().is_dir() else []


def read(name: str) -> EmailMessage | None:
    """Return the mail of this name."""
    path = folder() / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def drop(name: str) -> bool:
    """Remove the mail of this name; return whether there was one."""
    path = folder() / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        return False
    path.unlink(missing_ok=True)
    return True


def drop_older(seconds: float) -> int:
    """Remove the mails kept longer ago than that, and what a killed process left half-written; return how many."""
    now = time.time()
    old = [path for path in files() if -_age(path)[0] < now - seconds]
    torn = [path for path in folder().glob(".*") if -_age(path)[0] < now - HALF_WRITTEN]
    for path in (*old, *torn):
        path.unlink(missing_ok=True)
    return len(old) + len(torn)


def naming(addresses: Collection[str]) -> list[str]:
    """Return the names of the mails that go to one of the addresses or whose answers do, newest first."""
    wanted = {str(recipient(address)).lower() for address in addresses}
    return [path.stem for path in files() if wanted & _named_in(path)]


def _named_in(path: Path) -> set[str]:
    try:
        with path.open("rb") as file:
            mail = BytesHeaderParser(policy=policy.default).parse(file)
    except FileNotFoundError:
        return set()
    headers = [header for name in ("To", "Reply-To") for header in mail.get_all(name, ())]
    return {address.addr_spec.lower() for header in headers for address in header.addresses}


def _age(path: Path) -> tuple[float, str]:
    try:
        return -path.stat().st_mtime, path.name
    except FileNotFoundError:
        return 0.0, path.name
