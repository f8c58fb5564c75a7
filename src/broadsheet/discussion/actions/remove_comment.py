"""A person of the newsroom removes a comment; no machine does (STD-01)."""

from django.db import transaction

from broadsheet.discussion.actions.move_comment import Inverse, about, move, taken
from broadsheet.discussion.conf import State
from broadsheet.discussion.facts import CommentRemoved
from broadsheet.kernel.facts import announce


def remove_comment(*, comment_id: int, version: int | None = None) -> Inverse:
    """Remove the comment, whose place stays where it had one, and return what takes this back.

    One that is removed, or that its author deleted, stays as it is. `Refused` where its text isn't the `version` that
    was looked at.
    """
    with transaction.atomic():
        comment, thread = taken(comment_id, version)
        gone = comment.state in {State.REMOVED, State.WITHDRAWN}
        inverse = move(comment, thread, comment.state if gone else State.REMOVED)
        if not gone:
            announce(CommentRemoved(**about(comment, thread)))
        return inverse
