"""A person looked at a comment that was reported: its reports are answered, and reporters learned about (DIS-05)."""

from datetime import datetime

from django.db import transaction

from broadsheet.discussion.conf import Reported
from broadsheet.discussion.models import Report, ReporterWeight
from broadsheet.discussion.rules.reports import Record, learned, unlearned
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
                _learn(reader_id, upheld=upheld, now=now)
    return numbers


def turn_reports(*, comment_id: int, answered_at: datetime, now: datetime) -> list[int]:
    """Let the reports that were upheld at that moment stand rejected, and return their numbers.

    For a decision against the comment that was found wrong: what its reporters gained by it is lost, and they learn
    from it as if the comment had stood from the first. Done twice it does no harm.
    """
    with transaction.atomic():
        take_turn(f"reports {comment_id}")
        upheld = Report.objects.select_for_update().filter(comment_id=comment_id, state=Reported.UPHELD)
        rows = list(upheld.filter(answered_at=answered_at).order_by("pk"))
        numbers = [row.pk for row in rows]
        Report.objects.filter(pk__in=numbers).update(state=Reported.REJECTED, answered_at=now)
        gained = {row.reporter_id for row in rows if row.reporter_id is not None and not row.mass}
        for reader_id in sorted({row.reporter_id for row in rows if row.reporter_id is not None}):
            _learn(reader_id, upheld=False, now=now, instead_of=answered_at if reader_id in gained else None)
    return numbers


def _learn(reader_id: int, upheld: bool, now: datetime, instead_of: datetime | None = None) -> None:
    """Count one more; in the order of readers, so that nobody waits for one who waits for them."""
    ReporterWeight.objects.get_or_create(reader_id=reader_id, defaults={"as_of": now})
    row = ReporterWeight.objects.select_for_update().get(pk=reader_id)
    record = Record(row.upheld, row.rejected, row.as_of)
    if instead_of is not None:
        record = unlearned(record, upheld=not upheld, at=instead_of, now=now)
    record = learned(record, upheld=upheld, now=now)
    row.upheld, row.rejected, row.as_of = record.upheld, record.rejected, record.as_of
    row.save(update_fields=["upheld", "rejected", "as_of"])
