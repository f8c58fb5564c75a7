"""Somebody who moderates says who may comment in one discussion (DIS-06)."""

from datetime import datetime

from django.db import transaction

from broadsheet.discussion.actions.set_mode import set_thread_mode
from broadsheet.discussion.errors import no_discussion
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.queries.rights import the_moderator
from broadsheet.newsroom.queries.discussed import discussed


@transaction.atomic
def set_discussion(
    *,
    article_id: int,
    by: int,
    now: datetime,
    mode: str = "",
    slow_seconds: int | None = None,
    shield_hours: int | None = None,
    closes_at: datetime | None = None,
) -> None:
    """Let this hold for the discussion; what is left out is as the rules say. `Refused` out of bounds."""
    article = discussed(article_id)
    if article is None:
        raise no_discussion()
    the_moderator(by, article.edition_id, article.section_id)
    set_thread_mode(
        article_id=article_id, mode=mode, slow_seconds=slow_seconds, shield_hours=shield_hours, closes_at=closes_at
    )
    payload = {
        "mode": mode, "slow_seconds": slow_seconds, "shield_hours": shield_hours,
        "closes_at": closes_at.isoformat() if closes_at else None,
    }  # fmt: skip
    write_audit(actor=f"reader:{by}", action="thread-mode", subject=f"thread:{article_id}", payload=payload, now=now)
