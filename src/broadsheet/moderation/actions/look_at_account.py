"""Notes who looked at everything about an account (MOD-09)."""

from datetime import datetime

from django.db import transaction

from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.rules.decisions import Actor


@transaction.atomic
def look_at_account(*, reader_id: int, by: Actor, now: datetime) -> None:
    """Let the log say that this person was shown the account."""
    write_audit(
        actor=f"reader:{by.reader_id}", action="look", subject=f"reader:{reader_id}", payload={"role": str(by.role)},
        now=now, reader_id=reader_id,
    )  # fmt: skip
