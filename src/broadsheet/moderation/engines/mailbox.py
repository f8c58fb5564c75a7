"""The moderators' mailbox, read by IMAP over TLS (RFC 9051): mails nobody has handled yet, each marked once it is."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from broadsheet.moderation.conf import LARGEST_MAIL

KEYWORD = "$BroadsheetTaken"
TIMEOUT = 20.0  # seconds that the server has for an answer


@dataclass(frozen=True, slots=True)
class Box:
    """Where the mailbox is: `imaps://user:password@host:port/INBOX`; `imap://` without TLS, on this machine alone."""

    host: str
    port: int
    secure: bool
    user: str
    password: str
    folder: str


def box_of(address: str) -> Box | None:
    """Return the mailbox of that address; None where it is none."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if not parts.hostname or not parts.username or not (parts.scheme == "imaps" or (parts.scheme == "imap" and local)):
        return None
    secure = parts.scheme == "imaps"
    folder = unquote(parts.path.lstrip("/")) or "INBOX"
    return Box(
        parts.hostname, port or (993 if secure else 143), secure, unquote(parts.username), unquote(parts.password or ""),
        folder,
    )  # fmt: skip


class Mailbox:
    """An open mailbox. `OSError` and `imaplib.IMAP4.error` where the server is gone or refuses."""

    def __init__(self, connection: imaplib.IMAP4, keywords: bool) -> None:
        self._connection = connection
        self._keywords = keywords

    def waiting(self, most: int) -> list[bytes]:
        """Return the numbers of so many mails that wait, the oldest first."""
        wanted = f"UNSEEN UNKEYWORD {KEYWORD}" if self._keywords else "UNSEEN"
        _said, found = self._connection.uid("SEARCH", wanted)
        return (found[0] or b"").split()[:most] if found else []

    def fetch(self, number: bytes) -> bytes | None:
        """Return the mail's beginning, as much of it as is read, without marking it as seen; None where it is gone."""
        _said, found = self._connection.uid("FETCH", number.decode(), f"(BODY.PEEK[]<0.{LARGEST_MAIL}>)")
        return next((bytes(part[1]) for part in found or () if isinstance(part, tuple) and len(part) > 1), None)

    def mark(self, number: bytes, *, seen: bool) -> None:
        """Mark the mail as taken; one that people are to look at stays unread for them, where the server can tell that."""
        flags = [KEYWORD] if self._keywords else []
        if seen or not self._keywords:
            flags.append("\\Seen")
        self._connection.uid("STORE", number.decode(), "+FLAGS.SILENT", f"({' '.join(flags)})")


@contextmanager
def opened(box: Box, context: ssl.SSLContext | None = None) -> Iterator[Mailbox]:
    """Open the mailbox; `OSError` or `imaplib.IMAP4.error` where that fails."""
    if box.secure:
        connection: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            box.host, box.port, ssl_context=context or ssl.create_default_context(), timeout=TIMEOUT
        )
    else:
        connection = imaplib.IMAP4(box.host, box.port, timeout=TIMEOUT)
    try:
        connection.login(box.user, box.password)
        said, _found = connection.select(_quoted(box.folder))
        if said != "OK":
            raise imaplib.IMAP4.error("There is no such folder.")
        _said, flags = connection.response("PERMANENTFLAGS")
        keywords = any(re.search(rb"\\\*|" + re.escape(KEYWORD.encode()), flag or b"") for flag in flags or ())
        yield Mailbox(connection, keywords)
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            connection.logout()


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
