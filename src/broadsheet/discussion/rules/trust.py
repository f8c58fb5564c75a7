"""Trusted readers: earned by what stands over some time, lost with the first comment that is removed (MOD-12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from broadsheet.discussion.conf import TRUSTED_AGE, TRUSTED_CLEAN, TRUSTED_COMMENTS, State


@dataclass(frozen=True, slots=True)
class Trust:
    """How near a reader is to being trusted; `since` is when the last of the three conditions was met, None before.

    `seen` comments stand of the `needed`; `old_enough_at`: a month after the first one, None without any; `clean_at`:
    when the newest removed one is forgotten, None where none was removed lately.
    """

    seen: int
    old_enough_at: datetime | None = None
    clean_at: datetime | None = None
    since: datetime | None = None
    needed: int = TRUSTED_COMMENTS


def trust(first_at: datetime | None, latest: Sequence[tuple[str, datetime]], now: datetime) -> Trust:
    """Return the trust that comments earn: the first one's time, and state and time of the latest, newest first."""
    seen = [at for state, at in latest if state == State.VISIBLE]
    removed = [at for state, at in latest if state == State.REMOVED]
    if first_at is None:
        return Trust(0)
    old_enough_at = first_at + TRUSTED_AGE
    clean_at = max(removed) + TRUSTED_CLEAN if removed else None
    runs = clean_at is not None and now < clean_at
    if len(seen) < TRUSTED_COMMENTS or now < old_enough_at or runs:
        return Trust(len(seen), old_enough_at, clean_at if runs else None)
    enough_at = sorted(seen)[TRUSTED_COMMENTS - 1]
    since = max(at for at in (old_enough_at, enough_at, clean_at) if at is not None)
    return Trust(len(seen), old_enough_at, None, since)
