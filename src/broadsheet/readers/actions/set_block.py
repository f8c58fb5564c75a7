"""Keeps an account from posting, as whoever decides about its conduct says (MOD-04)."""

from datetime import datetime

from django.db import transaction

from broadsheet.kernel.facts import announce
from broadsheet.readers.facts import StandingChanged
from broadsheet.readers.models import Block, Reader
from broadsheet.readers.queries.retention import is_erased


@transaction.atomic
def set_block(*, reader_id: int, until: datetime | None) -> bool:
    """Let the account not post until that moment, or until the block is lifted; return False where nobody is left.

    In every edition, at once, and for reading never. Also for an account that is deleted: it comes back blocked.
    """
    reader = Reader.objects.select_for_update().filter(pk=reader_id).first()
    if reader is None or is_erased(reader):
        return False
    block = Block.TIMED if until is not None else Block.FINAL
    if (reader.block, reader.blocked_until) != (block, until):
        reader.block, reader.blocked_until = block, until
        reader.save(update_fields=["block", "blocked_until"])
        announce(StandingChanged(reader_id=reader_id))
    return True
