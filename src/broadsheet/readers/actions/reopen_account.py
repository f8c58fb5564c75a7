"""Brings back an account that the moderators deleted (MOD-06)."""

from datetime import datetime

from django.db import transaction

from broadsheet.kernel.facts import announce
from broadsheet.readers.engines.avatars import show_file
from broadsheet.readers.facts import AccountRestored
from broadsheet.readers.models import Closure, Departure, Reader


@transaction.atomic
def reopen_account(*, reader_id: int, now: datetime) -> bool:
    """Let the account be as before the moderators deleted it; return False where it wasn't, or its time is over.

    An owner who had deleted it, too, finds it deleted still, and may have the link to restore it sent again.
    """
    closure = Closure.objects.select_for_update().filter(reader_id=reader_id, deadline__gt=now).first()
    if closure is None:
        return False
    reader = Reader.objects.select_for_update().get(pk=reader_id)
    closure.delete()
    if not Departure.objects.filter(reader=reader).exists():
        reader.is_active = True
        reader.save(update_fields=["is_active"])
        announce(AccountRestored(reader_id=reader.pk))
        transaction.on_commit(lambda: show_file(reader.avatar), robust=True)
    return True
