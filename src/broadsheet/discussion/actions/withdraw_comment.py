"""An author deletes an own comment; its place in the thread stays (DIS-03)."""

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.discussion.actions.move_comment import about, move, taken
from broadsheet.discussion.conf import State
from broadsheet.discussion.errors import no_comment, not_changed
from broadsheet.discussion.facts import CommentWithdrawn
from broadsheet.discussion.models import Comment
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import announce


def withdraw_comment(*, author_id: int, comment_id: int) -> None:
    """Delete the comment for its author, who may do so even while blocked; nobody but moderators reads it any more.

    Withdrawing twice does no harm. `Refused` where it isn't the author's own, or the newsroom removed it.
    """
    with transaction.atomic():
        if not Comment.objects.filter(pk=comment_id, author_id=author_id).exists():
            raise no_comment()
        comment, thread = taken(comment_id)
        if comment.state == State.REMOVED:
            raise Refused(
                not_changed("removed", _("The newsroom has removed the comment."), _("Your moderation file says why."))
            )
        if comment.state == State.WITHDRAWN:
            return
        move(comment, thread, State.WITHDRAWN)
        announce(CommentWithdrawn(**about(comment, thread)))
