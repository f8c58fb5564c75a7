"""A chief names an account an expert or an author, or a reader like others again (DIS-10)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from broadsheet.discussion.actions.give_badge import name_author, name_expert, take_badge
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.queries.rights import the_chief


@transaction.atomic
def name_account(*, reader_id: int, by: int, now: datetime, subject: str = "", author_key: UUID | None = None) -> None:
    """Name the account the author of that key, else an expert of the subject, else nothing any more."""
    the_chief(by)
    if author_key is not None:
        name_author(reader_id=reader_id, author_key=author_key, now=now)
    elif subject.strip():
        name_expert(reader_id=reader_id, subject=subject, now=now)
    else:
        take_badge(reader_id=reader_id)
    payload = {"subject": subject, "author": str(author_key) if author_key else None}
    write_audit(
        actor=f"reader:{by}",
        action="badge",
        subject=f"reader:{reader_id}",
        payload=payload,
        now=now,
        reader_id=reader_id,
    )
