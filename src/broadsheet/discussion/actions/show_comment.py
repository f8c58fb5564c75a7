"""A person lets a comment be seen: one that waited, or one that was removed by mistake."""

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.discussion.actions.move_comment import Inverse, about, move, taken
from broadsheet.discussion.conf import State
from broadsheet.discussion.errors import not_changed
from broadsheet.discussion.facts import CommentRestored, CommentShown
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import announce


def show_comment(*, comment_id: int, version: int | None = None) -> Inverse:
    """Let everybody see the comment, and return what takes this back; one that is visible stays as it is.

    `Refused` where its author deleted it, or where its text isn't the `version` that was looked at.
    """
    with transaction.atomic():
        comment, thread = taken(comment_id, version)
        before = comment.state
        if before == State.WITHDRAWN or not comment.text:
            raise Refused(
                not_changed("withdrawn", _("Its author has deleted the comment."), _("Nobody else can show it again."))
            )
        inverse = move(comment, thread, State.VISIBLE)
        if before == State.HELD:
            announce(CommentShown(**about(comment, thread)))
        elif before == State.REMOVED:
            announce(CommentRestored(**about(comment, thread), state=comment.state))
        return inverse
