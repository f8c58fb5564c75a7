"""Erases what was kept of an erased reader while a decision could be contested (GDPR art. 17(3)(e))."""

from datetime import datetime

from django.db import transaction

from broadsheet.kernel.personal_data import PORTION, delete_portion
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.conf import CONTESTED_FOR
from broadsheet.moderation.models import AuditPayload, DecisionRow, Mark, Statement
from broadsheet.moderation.queries.audit import ERASED


@transaction.atomic
def let_decisions_end(*, reader_id: int, now: datetime) -> int:
    """Let a portion of the decisions about an account that is being erased go when they can't be contested any more.

    What took them back goes at once, since nobody is left to give it back to; return how many rows that were.
    """
    chosen = list(DecisionRow.objects.filter(reader_id=reader_id, erased=False).order_by("pk")[:PORTION])
    for row in chosen:
        row.erased, row.inverse = True, {}
        row.save(update_fields=["erased", "inverse"])
    payloads = AuditPayload.objects.filter(reader_id=reader_id, ends_at=None).select_related("entry").order_by("pk")
    told = list(payloads[:PORTION])
    for payload in told:
        payload.ends_at = max(now, payload.entry.at + CONTESTED_FOR)
        payload.save(update_fields=["ends_at"])
    return len(chosen) + len(told)


def purge(*, now: datetime) -> int:
    """Erase what has come to its end: words of decisions, payloads of the log, hashes; return how many rows that were."""
    gone = 0
    while portion := _blank_decisions(now):
        gone += portion
    while portion := _drop_payloads(now):
        gone += portion
    while portion := delete_portion(Mark.objects.filter(ends_at__lte=now)):
        gone += portion
    return gone


@transaction.atomic
def _blank_decisions(now: datetime) -> int:
    """Leave of a decision what counts it: clauses, measures and times; and of its statement what the EU's database has."""
    due = DecisionRow.objects.filter(erased=True, contested_until__lte=now).exclude(value={})
    numbers = list(due.order_by("pk").values_list("pk", flat=True)[:PORTION])
    Statement.objects.filter(pk__in=numbers).update(text="", html="")
    return DecisionRow.objects.filter(pk__in=numbers).update(value={})


@transaction.atomic
def _drop_payloads(now: datetime) -> int:
    """Drop payloads of the audit log, and say so in the log: the chain stays whole."""
    numbers = list(AuditPayload.objects.filter(ends_at__lte=now).order_by("pk").values_list("pk", flat=True)[:PORTION])
    AuditPayload.objects.filter(pk__in=numbers).delete()
    for number in numbers:
        write_audit(actor="paper", action=ERASED, subject=f"entry:{number}", payload={}, now=now)
    return len(numbers)
