"""Where a person is logged in."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from broadsheet.kernel.personal_data import PORTION, Holding, register
from broadsheet.readers.conf import DEPARTED_SESSION_KEY
from broadsheet.readers.models import ReaderSession


def _sessions(reader_id: int) -> Iterator[dict[str, Any]]:
    for row in ReaderSession.objects.filter(reader_id=reader_id).order_by("began_at"):
        yield {"device": row.device, "began_at": row.began_at.isoformat(), "seen_on": row.seen_on.isoformat()}


def _end(reader_id: int) -> int:
    """End a portion of the sessions: those listed, then any other whose content names the account."""
    keys = list(ReaderSession.objects.filter(reader_id=reader_id).values_list("pk", flat=True)[:PORTION])
    keys = keys or _unlisted(reader_id)
    with transaction.atomic():
        Session.objects.filter(pk__in=keys).delete()
        ReaderSession.objects.filter(pk__in=keys).delete()
    return len(keys)


def _unlisted(reader_id: int) -> list[str]:
    """Return the keys of sessions that name the account: their content is packed, so each that is nobody's is read."""
    found = []
    listed = ReaderSession.objects.values("pk")
    for session in Session.objects.exclude(pk__in=listed).iterator(chunk_size=500):
        content = session.get_decoded()
        owner = (content.get(SESSION_KEY), content.get("account_authentication_methods_user"))
        if str(reader_id) in owner or content.get(DEPARTED_SESSION_KEY) == reader_id:
            found.append(session.pk)
        if len(found) == PORTION:
            break
    return found


register(
    Holding(
        "readers.sessions", _("Where you are logged in"), ("readers.ReaderSession", "sessions.Session"), _sessions, _end
    )
)
