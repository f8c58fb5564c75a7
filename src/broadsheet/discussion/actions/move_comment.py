"""Moves comments between their states, with every counter that this changes; the doors beside it say why."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from broadsheet.discussion.conf import State
from broadsheet.discussion.errors import not_changed
from broadsheet.discussion.models import Comment, Thread
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.prepared import PreparedUpdate

Inverse = dict[str, Any]
_COUNTED = PreparedUpdate(
    lambda thread, visible, roots: (Thread.objects.filter(pk=thread), {"visible": visible, "roots": roots})
)
_GROWN = PreparedUpdate(
    lambda thread, visible, roots, number, at: (
        Thread.objects.filter(pk=thread),
        {"visible": visible, "roots": roots, "last_id": number, "last_at": at},
    )
)
_ANSWERED = PreparedUpdate(lambda root, change: (Comment.objects.filter(pk=root), {"replies": F("replies") + change}))


def taken(comment_id: int, version: int | None = None) -> tuple[Comment, Thread]:
    """Return the comment and its thread, both held until the transaction ends, always in this order: thread, comment.

    `Refused` where there is no such comment, or where its text is another than the `version` that was looked at.
    """
    thread_id = Comment.objects.filter(pk=comment_id).values_list("thread_id", flat=True).first()
    thread = Thread.objects.select_for_update().filter(pk=thread_id or 0).first()
    comment = Comment.objects.select_for_update().filter(pk=comment_id).first() if thread else None
    if comment is None or thread is None:
        raise Refused(not_changed("no-such-comment", _("There is no such comment."), _("Look at the list again.")))
    if version is not None and comment.version != version:
        raise Refused(
            not_changed(
                "edited-since",
                _("The author has changed the comment meanwhile."),
                _("Read it as it is now, then decide again."),
            )
        )
    return comment, thread


def move(comment: Comment, thread: Thread, state: str, held_for: str = "", *, placed: bool | None = None) -> Inverse:
    """Let the held comment be in that state, and return what takes this back.

    `placed` is given only where a place is taken back; it is kept as long as something visible stands below.
    """
    inverse = {
        "do": "state",
        "comment": comment.pk,
        "was": [comment.state, comment.held_for, comment.placed],
        "now": [state, held_for],
        "version": comment.version,
    }
    before, after = comment.state == State.VISIBLE, state == State.VISIBLE
    comment.state, comment.held_for = state, held_for
    comment.placed = after or (comment.placed if placed is None else placed or comment.replies > 0)
    comment.save(update_fields=["state", "held_for", "placed"])
    if before != after:
        count(comment, thread, 1 if after else -1)
    return inverse


def count(comment: Comment, thread: Thread, change: int) -> None:
    """Count one visible comment more or less (`change` is 1 or -1) in the held thread and at the comment's root."""
    thread.visible += change
    if comment.root_id is None:
        thread.roots += change
    if change > 0 and comment.pk > thread.last_id:
        thread.last_id, thread.last_at = comment.pk, comment.created_at
        _GROWN(thread.pk, thread.visible, thread.roots, comment.pk, comment.created_at)
    else:
        _COUNTED(thread.pk, thread.visible, thread.roots)
    if comment.root_id is not None:
        _ANSWERED(comment.root_id, change)


def withdraw_many(comments: Sequence[Comment]) -> None:
    """Let these comments be withdrawn, visible and held ones, in a few questions; their threads are held by the caller."""
    gone = [comment for comment in comments if comment.state in {State.VISIBLE, State.HELD}]
    visible = [comment for comment in gone if comment.state == State.VISIBLE]
    roots = Counter(comment.thread_id for comment in visible if comment.root_id is None)
    for thread_id, number in Counter(comment.thread_id for comment in visible).items():
        Thread.objects.filter(pk=thread_id).update(visible=F("visible") - number, roots=F("roots") - roots[thread_id])
    fewer: dict[int, list[int]] = {}
    for root_id, number in Counter(comment.root_id for comment in visible if comment.root_id is not None).items():
        fewer.setdefault(number, []).append(root_id)
    for number, numbers in fewer.items():
        Comment.objects.filter(pk__in=numbers).update(replies=F("replies") - number)
    Comment.objects.filter(pk__in=[comment.pk for comment in gone]).update(state=State.WITHDRAWN, held_for="")


def about(comment: Comment, thread: Thread) -> dict[str, Any]:
    """Return what every fact about the comment says."""
    return {
        "comment_id": comment.pk,
        "thread_id": thread.pk,
        "edition_id": thread.edition_id,
        "author_id": comment.author_id,
    }
