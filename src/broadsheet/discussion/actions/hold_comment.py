"""A comment that was there waits for a person."""

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.discussion.actions.move_comment import Inverse, about, move, taken
from broadsheet.discussion.conf import HeldFor, State
from broadsheet.discussion.errors import not_changed
from broadsheet.discussion.facts import CommentHeld
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import announce


def hold_comment(*, comment_id: int, held_for: str = HeldFor.MODERATOR, version: int | None = None) -> Inverse:
    """Let the comment be seen by its author and moderators alone, and return what takes this back.

    One that is held stays so, for the reason it had. `Refused` where it was deleted, or where its text isn't the
    `version` that was looked at.
    """
    with transaction.atomic():
        comment, thread = taken(comment_id, version)
        if comment.state in {State.REMOVED, State.WITHDRAWN}:
            raise Refused(not_changed("deleted", _("The comment was deleted meanwhile."), _("Look at the next one.")))
        waits = comment.state == State.HELD
        inverse = move(comment, thread, State.HELD, comment.held_for if waits else held_for)
        if not waits:
            announce(CommentHeld(**about(comment, thread), held_for=held_for))
        return inverse
