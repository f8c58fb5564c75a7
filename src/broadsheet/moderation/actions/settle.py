"""Lets an account be what its sanctions come to: numbered, blocked, closed, recognised (MOD-04, MOD-08)."""

from datetime import datetime

from django.db import transaction

from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.actions.keep_marks import keep_marks
from broadsheet.moderation.models import Sanction
from broadsheet.moderation.queries.sanctions import as_value
from broadsheet.moderation.rules.sanctions import Effect, effect, is_final, leaders
from broadsheet.readers.actions.close_account import close_account
from broadsheet.readers.actions.lift_block import lift_block
from broadsheet.readers.actions.reopen_account import reopen_account
from broadsheet.readers.actions.set_block import set_block
from broadsheet.readers.queries.conduct import conducted

TURN = "sanctions"  # taken before anything about a sanction is read that is to be changed


@transaction.atomic
def settle(*, reader_id: int, now: datetime) -> Effect:
    """Number the reader's sanctions anew and let the account be blocked and closed as they say; return what they come to."""
    take_turn(TURN)
    rows = list(Sanction.objects.filter(reader_id=reader_id).order_by("id"))
    _number(rows)
    come_to = effect([as_value(row) for row in rows], now)
    account = conducted(reader_id)
    if account is not None and account.state != "erased":
        if come_to.closed and account.state != "closed":
            close_account(reader_id=reader_id, now=now)
        elif account.state == "closed" and not come_to.closed:
            reopen_account(reader_id=reader_id, now=now)
        if come_to.blocked:
            set_block(reader_id=reader_id, until=come_to.until)
        elif account.blocked:
            lift_block(reader_id=reader_id)
    keep_marks(reader_id=reader_id)
    return come_to


def _number(rows: list[Sanction]) -> None:
    """Write which each is of those that count: first what is no longer so, then, in order, what is now."""
    values = [as_value(row) for row in rows]
    numbers = leaders(values)
    wanted = {one.id: (numbers.get(one.id), is_final(one, values)) for one in values}
    changed = [row for row in rows if (row.ordinal, row.final) != wanted[row.pk]]
    for row in changed:
        row.ordinal = None
        row.final = row.final and wanted[row.pk][1]
        row.save(update_fields=["ordinal", "final"])
    for row in sorted(changed, key=lambda row: wanted[row.pk][0] or 0):
        row.ordinal, row.final = wanted[row.pk]
        row.save(update_fields=["ordinal", "final"])
