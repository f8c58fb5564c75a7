"""Lets a blocked account post again."""

from django.db import transaction

from broadsheet.kernel.facts import announce
from broadsheet.readers.actions.forget_kept import forget_kept
from broadsheet.readers.facts import StandingChanged
from broadsheet.readers.models import Reader
from broadsheet.readers.queries.people import addresses_of
from broadsheet.readers.queries.retention import BLOCKED, keyed


@transaction.atomic
def lift_block(*, reader_id: int) -> bool:
    """Lift the account's block; return whether there was one.

    What was kept to recognise its addresses under a block goes, too: no later check puts the block back (MOD-08).
    """
    reader = Reader.objects.select_for_update().filter(pk=reader_id).first()
    if reader is None:
        return False
    forget_kept(digests=[keyed(BLOCKED, address) for address in addresses_of(reader_id)])
    if not reader.block:
        return False
    reader.block, reader.blocked_until = "", None
    reader.save(update_fields=["block", "blocked_until"])
    announce(StandingChanged(reader_id=reader_id))
    return True
