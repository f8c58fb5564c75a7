"""Takes back what one of the doors for moderation did, exactly (MOD-07)."""

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.discussion.actions.bar_reader import put_back_bar
from broadsheet.discussion.actions.move_comment import Inverse, about, move, taken
from broadsheet.discussion.actions.redact_comment import black_out
from broadsheet.discussion.conf import State
from broadsheet.discussion.errors import not_changed
from broadsheet.discussion.facts import CommentRestored
from broadsheet.discussion.models import Comment, Judgement
from broadsheet.discussion.rules.posting import held_by
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import announce


def put_back(*, inverse: Inverse) -> None:
    """Let everything be as it was before the action that returned this inverse; doing so twice does no harm.

    What happened to its text meanwhile stands: a comment that its author deleted, or that was erased, stays so, words that were replaced
    don't come back, and a text written meanwhile that the judge would hold is held. `Refused` where a later decision
    about the same comment stands on this one: that is to be taken back first.
    """
    with transaction.atomic():
        match inverse["do"]:
            case "state":
                _state(inverse)
            case "redactions":
                _redactions(inverse)
            case "bar":
                put_back_bar(inverse)
            case other:
                raise ValueError(f"{other!r} is nothing that can be taken back.")


def _state(inverse: Inverse) -> None:
    comment, thread = taken(inverse["comment"])
    state, held_for, placed = inverse["was"]
    current = [comment.state, comment.held_for]
    if current == [state, held_for] or comment.state == State.WITHDRAWN or not comment.text:
        return
    if current != inverse["now"] and not _edited_into(comment, inverse):
        raise _decided_since()
    if state == State.VISIBLE and comment.version != inverse["version"]:
        state, held_for = _as_judged(comment)
    if [state, held_for] == current:
        return
    move(comment, thread, state, held_for, placed=placed)
    announce(CommentRestored(**about(comment, thread), state=comment.state))


def _edited_into(comment: Comment, inverse: Inverse) -> bool:
    """Say whether the comment, shown by what is taken back, was held since by its author's own edit."""
    edited = comment.version != inverse["version"] and inverse["now"][0] == State.VISIBLE
    return edited and comment.state == State.HELD


def _as_judged(comment: Comment) -> tuple[str, str]:
    """Return where a text belongs that was written after the one that was decided about: only judged ones are visible."""
    said = Judgement.objects.filter(comment_id=comment.pk, version=comment.version)
    outcome = said.values_list("outcome", flat=True).first() or "not_scored"
    held_for = held_by(outcome)
    return (State.HELD if held_for else State.VISIBLE), held_for


def _redactions(inverse: Inverse) -> None:
    comment, thread = taken(inverse["comment"])
    if comment.version != inverse["version"] or comment.redactions == inverse["was"] or not comment.text:
        return
    if comment.redactions != inverse["now"]:
        raise _decided_since()
    black_out(comment, thread, inverse["was"])


def _decided_since() -> Refused:
    return Refused(
        not_changed(
            "decided-since",
            _("A later decision about the comment stands on this one."),
            _("Take the later one back first."),
        )
    )
