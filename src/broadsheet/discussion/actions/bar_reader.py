"""Blocks a reader from one discussion, and lets them in again (MOD-04)."""

from datetime import datetime

from django.db import transaction

from broadsheet.discussion.actions.move_comment import Inverse
from broadsheet.discussion.facts import ReaderBarred
from broadsheet.discussion.models import Bar
from broadsheet.kernel.facts import announce


def bar_reader(*, reader_id: int, thread_id: int, until: datetime | None, sanction_id: int) -> Inverse:
    """Let the reader post and edit nothing in the thread, until that moment or until it is lifted; return the inverse."""
    with transaction.atomic():
        return _set(sanction_id, {"reader": reader_id, "thread": thread_id, "until": _written(until)})


def lift_bar(*, sanction_id: int) -> Inverse:
    """Let the reader take part again, and return what takes this back; nothing changes where there is no such bar."""
    with transaction.atomic():
        return _set(sanction_id, None)


def put_back_bar(inverse: Inverse) -> None:
    """Let the bar be as it was, in the caller's transaction."""
    _set(inverse["sanction"], inverse["was"])


def _set(sanction_id: int, wanted: Inverse | None) -> Inverse:
    row = Bar.objects.select_for_update().filter(pk=sanction_id).first()
    was = {"reader": row.reader_id, "thread": row.thread_id, "until": _written(row.until)} if row else None
    if was != wanted:
        if row is not None:
            row.delete()
        if wanted is not None:
            until = datetime.fromisoformat(wanted["until"]) if wanted["until"] else None
            Bar.objects.create(
                sanction_id=sanction_id, reader_id=wanted["reader"], thread_id=wanted["thread"], until=until
            )
        for end, barred in ((was, False), (wanted, True)):
            if end is not None:
                announce(ReaderBarred(reader_id=end["reader"], thread_id=end["thread"], barred=barred))
    return {"do": "bar", "sanction": sanction_id, "was": was}


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
