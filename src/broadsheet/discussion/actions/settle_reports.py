"""A person looked at a comment that was reported: its reports are answered, and reporters learned about (DIS-05)."""

from datetime import datetime

from django.db import transaction

from broadsheet.discussion.conf import Reported
from broadsheet.discussion.models import Report, ReporterWeight
from broadsheet.discussion.rules.reports import Record, learned
from broadsheet.kernel.turns import take_turn


def settle_reports(*, comment_id: int, upheld: bool, now: datetime, learn: bool = True) -> list[int]:
    """Answer the open reports of the comment and return their numbers; call it in the transaction of the decision.

    `upheld`: something was decided against the comment. Each reporter's later reports weigh more or less by it, one
    comment once. A mass that was right teaches nothing: whoever joins one can't earn weight by it. `learn` is false
    where nobody decided, as when the author deleted the comment.
    """
    with transaction.atomic():
        take_turn(f"reports {comment_id}")
        rows = list(
            Report.objects.select_for_update().filter(comment_id=comment_id, state=Reported.OPEN).order_by("pk")
        )
        state = Reported.UPHELD if upheld else Reported.REJECTED
        numbers = [row.pk for row in rows]
        Report.objects.filter(pk__in=numbers).update(state=state, answered_at=now)
        if learn:
            taught = {row.reporter_id for row in rows if row.reporter_id is not None and not (upheld and row.mass)}
            for reader_id in sorted(taught):
                _learn(reader_id, upheld, now)
    return numbers


def _learn(reader_id: int, upheld: bool, now: datetime) -> None:
    """Count one more; in the order of readers, so that nobody waits for one who waits for them."""
    ReporterWeight.objects.get_or_create(reader_id=reader_id, defaults={"as_of": now})
    row = ReporterWeight.objects.select_for_update().get(pk=reader_id)
    record = learned(Record(row.upheld, row.rejected, row.as_of), upheld=upheld, now=now)
    row.upheld, row.rejected, row.as_of = record.upheld, record.rejected, record.as_of
    row.save(update_fields=["upheld", "rejected", "as_of"])
