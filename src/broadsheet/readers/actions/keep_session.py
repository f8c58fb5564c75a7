"""Lists where an account is logged in, with one write a session and day."""

from datetime import date, datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from broadsheet.kernel import clock
from broadsheet.kernel.personal_data import delete_portion
from broadsheet.kernel.schedule import every
from broadsheet.readers.actions.announce_mail import announce_mail
from broadsheet.readers.models import ReaderSession


@transaction.atomic
def keep_session(
    *, reader_id: int, session_key: str, former_key: str, device: str, began_at: datetime, on: date
) -> None:
    """Note that the session was seen that day; one that got a new key takes the place of the former.

    One that was ended meanwhile is noted no more: the list names none that opens nothing.
    """
    if former_key != session_key:
        ReaderSession.objects.filter(pk=former_key, reader_id=reader_id).delete()
    if Session.objects.select_for_update().filter(pk=session_key).first() is None:
        return
    seen = {"reader_id": reader_id, "device": device[:60], "began_at": began_at, "seen_on": on}
    ReaderSession.objects.update_or_create(session_key=session_key, defaults=seen)


@transaction.atomic
def tell_of_device(*, reader_id: int, edition: str, on: date) -> None:
    """Let the owner be told of a log-in from a browser that wasn't known, once a day (ASVS 6.3.5)."""
    announce_mail("new-device", reader_id=reader_id, edition=edition, key=f"new-device:{reader_id}:{on.isoformat()}")


@transaction.atomic
def forget_session(*, session_key: str) -> None:
    """Take an ended session off the list."""
    ReaderSession.objects.filter(pk=session_key).delete()


@every(600)
def purge_sessions() -> None:
    """Drop sessions that ran out, and their rows."""
    ended = ReaderSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    for rows in (Session.objects.filter(expire_date__lt=clock.now()), ended):
        while delete_portion(rows):
            pass
