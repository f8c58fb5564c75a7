"""Ends blocks whose time is over; they still count (MOD-04)."""

import logging
from datetime import datetime

from django.db import transaction

from broadsheet.discussion.actions.bar_reader import lift_bar
from broadsheet.kernel.facts import announce
from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.actions.settle import TURN, settle
from broadsheet.moderation.facts import SanctionExpired
from broadsheet.moderation.models import Sanction

log = logging.getLogger("broadsheet.moderation")
AT_ONCE = 200


def expire_due(*, now: datetime) -> int:
    """End the sanctions whose end has come, each reader's in one transaction; return how many.

    What fails is told, and tried again.
    """
    due = Sanction.objects.filter(state="running", ends__lte=now).order_by("ends").values_list("reader_id", flat=True)
    ended = 0
    for reader_id in dict.fromkeys(due[:AT_ONCE]):
        try:
            ended += _expire(reader_id, now)
        except Exception as error:
            log.warning("sanctions of %s were not ended: %s", reader_id, type(error).__name__, exc_info=error)
    return ended


@transaction.atomic
def _expire(reader_id: int, now: datetime) -> int:
    take_turn(TURN)
    rows = list(Sanction.objects.filter(reader_id=reader_id, state="running", ends__lte=now))
    for row in rows:
        row.state, row.ended_at = "expired", row.ends
        row.save(update_fields=["state", "ended_at"])
        if row.thread_id is not None:
            lift_bar(sanction_id=row.pk)
        announce(SanctionExpired(sanction_id=row.pk, reader_id=reader_id))
    settle(reader_id=reader_id, now=now)
    return len(rows)
