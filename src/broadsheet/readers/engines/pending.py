"""Identities that nobody is linked to yet: kept in the session until their owner says whether there is an account.

Each has a key of its own, so that two tabs don't mix up two identities; the key opens nothing outside the session.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import caches

from broadsheet.readers.conf import LONGEST_NOBODYS_SESSION
from broadsheet.readers.rules.profiles import Profile

KEPT_FOR = LONGEST_NOBODYS_SESSION  # time to find a password, or to recover one
MOST = 5  # tabs
PICTURE_KEPT_FOR = timedelta(minutes=5)  # both branches, and back and forth between them
_FETCHING = timedelta(seconds=15)  # longer than fetching and drawing may take
_SESSION_KEY = "pending_identities"
_PLEDGE_KEY = "identity_to_link"


@dataclass(frozen=True, slots=True)
class Pending:
    """An identity that waits until `ends_at` for its owner's Yes or No; `next_path` is what the log-in was begun for."""

    key: str
    profile: Profile
    next_path: str
    ends_at: datetime


def keep(session: SessionBase, profile: Profile, next_path: str, now: datetime) -> str:
    """Keep the identity and return its key; a tab that asks anew for the same one gets a key of its own."""
    rows = _rows(session, now)
    key = secrets.token_urlsafe(9)
    rows[key] = {"profile": asdict(profile), "next": next_path, "at": now.timestamp()}
    session[_SESSION_KEY] = dict(list(rows.items())[-MOST:])
    _drop_pictures(list(rows)[:-MOST])
    return key


def find(session: SessionBase, key: str, now: datetime) -> Pending | None:
    """Return what waits under the key; None where it waited too long, was settled or is another session's."""
    row = _rows(session, now).get(key)
    if row is None:
        return None
    ends_at = datetime.fromtimestamp(row["at"], UTC) + KEPT_FOR
    return Pending(key, Profile(**row["profile"]), row["next"], ends_at)


def settle(session: SessionBase, profile: Profile, now: datetime) -> None:
    """Let nothing wait for that identity any more, in whatever tab."""
    rows = _rows(session, now)
    settled = [key for key, row in rows.items() if _same(row["profile"], profile)]
    session[_SESSION_KEY] = {key: row for key, row in rows.items() if key not in settled}
    _drop_pictures(settled)


def pledge(session: SessionBase, key: str, reader_id: int) -> None:
    """Note whose password was given to link the identity: it is linked once that account's log-in is complete."""
    session[_PLEDGE_KEY] = [key, reader_id]


def redeem(session: SessionBase, reader_id: int, now: datetime) -> Pending | None:
    """Return what is to be linked to the account that has just been logged in to, once."""
    pledged = session.pop(_PLEDGE_KEY, None)
    if not pledged or pledged[1] != reader_id:
        return None
    return find(session, pledged[0], now)


def picture_of(pending: Pending) -> bytes | None:
    """Return the identity's picture as it was drawn anew; empty where there is none to have, None where nobody asked."""
    content: bytes | None = caches["pictures"].get(pending.key)
    return content


def keep_picture(pending: Pending, content: bytes, now: datetime) -> None:
    """Hold the picture for a few minutes in memory, never longer than the identity waits."""
    span = min(PICTURE_KEPT_FOR, pending.ends_at - now)
    caches["pictures"].set(pending.key, content, max(0.0, span.total_seconds()))


def begin_picture(pending: Pending) -> bool:
    """Return whether the picture is the caller's to fetch; of several who ask at once, one is told so."""
    return bool(caches["pictures"].add(f"{pending.key} fetching", True, _FETCHING.total_seconds()))


def _drop_pictures(keys: Iterable[str]) -> None:
    caches["pictures"].delete_many(list(keys))


def _rows(session: SessionBase, now: datetime) -> dict[str, dict[str, Any]]:
    begin = (now - KEPT_FOR).timestamp()
    return {key: row for key, row in session.get(_SESSION_KEY, {}).items() if row["at"] > begin}


def _same(row: Mapping[str, Any], profile: Profile) -> bool:
    return row["provider"] == profile.provider and row["uid"] == profile.uid
