"""The newsroom picks a comment that others should read, or no longer (DIS-10)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.discussion.actions.move_comment import about, taken
from broadsheet.discussion.conf import State
from broadsheet.discussion.errors import not_changed
from broadsheet.discussion.facts import CommentPicked
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import announce


def pick_comment(*, comment_id: int, now: datetime) -> None:
    """Mark the comment as picked; `Refused` where it isn't visible. A pick is kept while a comment isn't seen."""
    _pick(comment_id, now)


def unpick_comment(*, comment_id: int) -> None:
    """Take the mark off."""
    _pick(comment_id, None)


@transaction.atomic
def _pick(comment_id: int, at: datetime | None) -> None:
    comment, thread = taken(comment_id)
    if at is not None and comment.state != State.VISIBLE:
        raise Refused(not_changed("not-visible", _("The comment isn't visible."), _("Pick another one.")))
    if (comment.picked_at is None) == (at is None):
        return
    comment.picked_at = at
    comment.save(update_fields=["picked_at"])
    announce(CommentPicked(**about(comment, thread), picked=at is not None))
