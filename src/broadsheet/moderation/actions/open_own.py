"""Opens a case of a comment because somebody who moderates wants to decide about it (MOD-02)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.discussion.queries.comment_facts import comment_row
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.moderation.actions.open_case import open_case
from broadsheet.moderation.conf import CaseKind
from broadsheet.moderation.queries.roles import scope_of
from broadsheet.moderation.rules.decisions import Actor
from broadsheet.moderation.rules.priority import WAITING


@transaction.atomic
def open_own(*, comment_id: int, by: Actor, now: datetime) -> int:
    """Let there be an open case of the comment and return it; `Refused` out of bounds, and of an own comment."""
    row, scope = comment_row(comment_id), scope_of(by.reader_id)
    if (
        row is None
        or scope is None
        or not scope.covers(row.edition_id, row.section_id)
        or row.author_id == by.reader_id
    ):
        why = _("There is no such comment, it is your own, or you don't moderate there.")
        raise Refused(Refusal("no-such-comment", _("No case was opened."), why, _("Leave it to a colleague.")))
    return open_case(
        kind=CaseKind.ASK, subject_id=comment_id, comment_id=comment_id, thread_id=row.thread_id,
        edition_id=row.edition_id, section_id=row.section_id, reader_id=row.author_id, harm=WAITING,
        reasons=[{"code": "own"}], hidden=row.state != "visible", language=row.language, now=now,
    )  # fmt: skip
