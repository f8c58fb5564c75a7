"""Where a reader is logged in."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from broadsheet.readers.models import ReaderSession


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session as its owner sees it; `mark` names it without being its key."""

    mark: str
    browser: str
    system: str
    began_at: datetime
    seen_on: date
    here: bool


def sessions_of(reader_id: int, current: str) -> list[SessionView]:
    """Return the account's sessions, the one asked from first."""
    rows = ReaderSession.objects.filter(reader_id=reader_id).order_by("-seen_on", "-began_at")
    found = []
    for row in rows:
        browser, _on, system = row.device.partition(" on ")
        here = row.session_key == current
        found.append(SessionView(mark_of(row.session_key), browser, system, row.began_at, row.seen_on, here))
    return sorted(found, key=lambda each: not each.here)


def session_by_mark(reader_id: int, mark: str) -> str | None:
    """Return the key of the account's session with that mark."""
    keys = ReaderSession.objects.filter(reader_id=reader_id).values_list("session_key", flat=True)
    return next((key for key in keys if mark_of(key) == mark), None)


def mark_of(session_key: str) -> str:
    """Return what stands for the session in a page: its key would open it."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:20]
