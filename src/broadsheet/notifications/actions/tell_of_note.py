"""Tells editors that a reader holds something to be wrong, and the reader what came of it (DIS-09)."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.conf import NoteState
from broadsheet.newsroom.queries.correction_notes import NoteView, correction_note, editors_of
from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.notifications.actions.queue_mail import queue_mail
from broadsheet.notifications.actions.ring import ring


@transaction.atomic
def tell_editors(*, note_id: int) -> None:
    """Queue a mail to each of the article's editors, to the newsroom's address where there is none; each once."""
    note = correction_note(note_id)
    if note is None:
        return
    newsroom = edition_by_id(note.edition_id).contact_address
    values = {
        "sentence": note.sentence,
        "wrong": note.wrong,
        "desk": f"{settings.PUBLIC_URL}/editor/desk/notes/{note.id}/",
        "user_id": _user_id(note.reader_id),  # by which an account's letters are found
        "email": note.email,
    }
    for place, address in enumerate(editors_of(note.article_id) or ([newsroom] if newsroom else [])):
        _queue(note, f"correction-note:{note.id}:{place}", "correction-note", address, values)


@transaction.atomic
def tell_reader(*, note_id: int) -> None:
    """Ring the reader's bell, or queue a mail to the address that a visitor gave; once. Who gave none isn't told."""
    note = correction_note(note_id)
    if note is None or note.state == NoteState.OPEN:
        return
    values = {"headline": note.headline, "answer": note.answer, "accepted": note.state == NoteState.ACCEPTED}
    if note.reader_id is not None:
        key = f"correction:{note.id}"
        ring(reader_id=note.reader_id, kind="correction", key=key, values=values, path=note.path)
    elif note.email:
        more = {**values, "number": note.number}
        _queue(note, f"correction-answer:{note.id}", "correction-answer", note.email, more)


def _queue(note: NoteView, key: str, purpose: str, address: str, values: Mapping[str, Any]) -> None:
    """Queue the mail; one to an address that no mail server could be told is left out, and others still go."""
    edition = edition_by_id(note.edition_id)
    about = {"headline": note.headline, "address": f"{settings.PUBLIC_URL}{note.path}"}
    try:
        queue_mail(
            key=key,
            purpose=purpose,
            address=address,
            language=edition.language,
            edition=edition.code,
            values={**about, **values},
        )
    except Refused:
        return


def _user_id(reader_id: int | None) -> str:
    readers = get_user_model().objects.filter(pk=reader_id or 0)
    return readers.values_list("public_id", flat=True).first() or ""
