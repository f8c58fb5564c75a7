"""A mailbox read by IMAP over TLS (RFC 9051): mails nobody has handled yet, each marked once it is."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urlsplit

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

    def __init__(self, connection: imaplib.IMAP4, keyword: str) -> None:
        self._connection = connection
        self._keyword = keyword  # empty where the server knows none

    def waiting(self, most: int) -> list[bytes]:
        """Return the numbers of so many mails that wait, the oldest first."""
        return self._found(f"UNSEEN UNKEYWORD {self._keyword}" if self._keyword else "UNSEEN")[:most]

    def reports(self, most: int, since: date) -> list[bytes]:
        """Return the numbers of so many reports of mail programs (RFC 6522) that wait, read by people or not."""
        taken = f"UNKEYWORD {self._keyword}" if self._keyword else "UNANSWERED"
        return self._found(f'{taken} SINCE {_day(since)} HEADER Content-Type "multipart/report"')[:most]

    def _found(self, wanted: str) -> list[bytes]:
        _said, found = self._connection.uid("SEARCH", wanted)
        return (found[0] or b"").split() if found else []

    def fetch(self, number: bytes, most: int) -> bytes | None:
        """Return so many bytes of the mail's beginning, without marking it as seen; None where it is gone."""
        _said, found = self._connection.uid("FETCH", number.decode(), f"(BODY.PEEK[]<0.{most}>)")
        return next((bytes(part[1]) for part in found or () if isinstance(part, tuple) and len(part) > 1), None)

    def mark(self, number: bytes, *, seen: bool) -> None:
        """Mark the mail as taken; one that people are to look at stays unread for them, where the server can tell that."""
        flags = [self._keyword] if self._keyword else []
        if seen or not self._keyword:
            flags.append("\\Seen")
        self._flag(number, *flags)

    def mark_report(self, number: bytes, *, seen: bool) -> None:
        """Mark the report as taken, and as read where people need not look at it."""
        self._flag(number, self._keyword or "\\Answered", *(["\\Seen"] if seen else []))

    def _flag(self, number: bytes, *flags: str) -> None:
        self._connection.uid("STORE", number.decode(), "+FLAGS.SILENT", f"({' '.join(flags)})")


@contextmanager
def opened(box: Box, keyword: str, context: ssl.SSLContext | None = None) -> Iterator[Mailbox]:
    """Open the mailbox; `keyword` marks what its reader has taken. `OSError` or `imaplib.IMAP4.error` where that fails."""
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
        keywords = any(re.search(rb"\\\*|" + re.escape(keyword.encode()), flag or b"") for flag in flags or ())
        yield Mailbox(connection, keyword if keywords else "")
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            connection.logout()


def fault(address: str, keyword: str) -> str:
    """Try to open the mailbox of that address; return what is wrong in a few words, empty where nothing is."""
    box = box_of(address)
    if box is None:
        return "it is no address such as imaps://user:password@host/INBOX; without TLS it may be on this machine only"
    try:
        with opened(box, keyword) as mailbox:
            mailbox.waiting(1)
    except imaplib.IMAP4.error:
        return f"{box.host} refused the log-in or the folder"
    except OSError as error:
        return f"{box.host} can't be reached ({type(error).__name__})"
    return ""


def _day(day: date) -> str:
    """Return the day as IMAP writes it, whatever language the machine speaks (RFC 9051 §9, date)."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{day.day}-{months[day.month - 1]}-{day.year}"


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
