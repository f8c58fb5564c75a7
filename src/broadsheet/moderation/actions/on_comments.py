"""What decisions do to comments, through the discussion's own doors."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from broadsheet.discussion.actions.hold_comment import hold_comment
from broadsheet.discussion.actions.put_back import put_back
from broadsheet.discussion.actions.redact_comment import redact_comment
from broadsheet.discussion.actions.remove_comment import remove_comment
from broadsheet.discussion.actions.show_comment import show_comment
from broadsheet.discussion.queries.comment_facts import comment_row
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.moderation.rules.decisions import About, Approval, Decision, Measure

Inverse = dict[str, Any]


def change_comment(decision: Decision | Approval) -> list[Inverse]:
    """Do to the comment what was decided, in the caller's transaction; return what takes each thing back.

    `Refused` where it is another's comment than was said, or its text isn't the one that was looked at.
    """
    about = decision.about
    if about.comment_id is None:
        return []
    _check_author(about)
    number, version = about.comment_id, about.version
    if isinstance(decision, Approval):
        return [show_comment(comment_id=number, version=version)]
    done: list[Inverse] = []
    if Measure.REMOVE in decision.measures:
        done.append(remove_comment(comment_id=number, version=version))
    if Measure.HOLD in decision.measures:
        done.append(hold_comment(comment_id=number, version=version))
    if Measure.REDACT in decision.measures:
        done.append(redact_comment(comment_id=number, version=version, spans=decision.redactions))
    return done


def take_back(inverses: Sequence[Mapping[str, Any]]) -> None:
    """Apply what was returned before, the last one first: the comment is exactly as it was."""
    for inverse in reversed(inverses):
        put_back(inverse=dict(inverse))


def _check_author(about: About) -> None:
    row = comment_row(about.comment_id or 0)
    if row is None or row.author_id != about.reader_id:
        why = _("There is no such comment, or it is another reader's.")
        raise Refused(Refusal("other-comment", _("Nothing was decided."), why, _("Look at the next one.")))
