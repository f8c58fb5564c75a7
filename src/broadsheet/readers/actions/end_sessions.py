"""Ends sessions of an account, on the server: what a browser still holds opens nothing any more (ASVS 7.4.1)."""

from collections.abc import Iterable

from django.contrib.sessions.models import Session
from django.db import transaction

from broadsheet.readers.models import ReaderSession


@transaction.atomic
def end_sessions(*, reader_id: int, keep: str = "") -> int:
    """End all sessions of the account but the one with the key `keep`; return how many."""
    keys = list(
        ReaderSession.objects.filter(reader_id=reader_id).exclude(pk=keep).values_list("session_key", flat=True)
    )
    _end(keys)
    return len(keys)


@transaction.atomic
def end_session(*, reader_id: int, session_key: str) -> bool:
    """End one session of the account; False where the account has none of that key."""
    keys = list(ReaderSession.objects.filter(reader_id=reader_id, pk=session_key).values_list("session_key", flat=True))
    _end(keys)
    return bool(keys)


def _end(keys: Iterable[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
    ReaderSession.objects.filter(session_key__in=keys).delete()
