"""Somebody who moderates picks a comment that others should read, or no longer (DIS-10)."""

from datetime import datetime

from django.db import transaction

from broadsheet.discussion.actions.pick_comment import pick_comment, unpick_comment
from broadsheet.discussion.errors import no_comment
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.queries.bounds import comment_for
from broadsheet.moderation.queries.roles import scope_of


@transaction.atomic
def pick(*, comment_id: int, by: int, now: datetime, picked: bool) -> None:
    """Mark the comment, or take the mark off; `Refused` where it isn't visible, out of bounds, or the own."""
    scope = scope_of(by)
    if scope is None or comment_for(scope, comment_id) is None:
        raise no_comment()
    if picked:
        pick_comment(comment_id=comment_id, now=now)
    else:
        unpick_comment(comment_id=comment_id)
    write_audit(
        actor=f"reader:{by}",
        action="pick" if picked else "unpick",
        subject=f"comment:{comment_id}",
        payload={},
        now=now,
    )
