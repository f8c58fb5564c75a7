"""Lets many comments be one case: those of a flash mob, those of an account that floods a thread (MOD-01)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from broadsheet.discussion.queries.comment_facts import CommentRow, comment_row, comment_rows, history_of
from broadsheet.kernel.prepared import Prepared
from broadsheet.moderation.actions.close_case import drop_case
from broadsheet.moderation.actions.open_case import open_case
from broadsheet.moderation.conf import CaseKind, CaseState
from broadsheet.moderation.models import Case, CaseComment
from broadsheet.moderation.rules.priority import harm_of

LIVE = ("visible", "held")
FLOODED = timedelta(hours=1)  # how far back an account's comments in the thread belong to its flood
MOST_OF_FLOOD = 100

_DECIDED = Prepared(
    lambda numbers: CaseComment.objects.filter(comment_id__in=numbers, decision__isnull=False).values_list(
        "comment_id", "version"
    )
)
_SINGLE = Prepared(
    lambda numbers: (
        Case.objects.filter(comment_id__in=numbers, state=CaseState.OPEN)
        .exclude(kind=CaseKind.NOTICE)
        .order_by("pk")
        .values_list("pk")
    )
)


@transaction.atomic
def open_mob(*, mob_id: int, comment_ids: Sequence[int], now: datetime) -> int | None:
    """Let there be one case of these comments and of those that came to it before; return it, None where all are gone.

    Cases of single comments of the mob end here, except where notice of illegal content was given. Repeated, and heard
    in another order, it comes to the same.
    """
    known = set(_DECIDED.in_parts(comment_ids))
    rows = [
        row
        for row in comment_rows(comment_ids)
        if row.state in LIVE and row.text and (row.id, row.version) not in known
    ]
    if not rows:
        return None
    first = rows[0]
    others = CaseComment.objects.filter(case__kind=CaseKind.MOB, case__subject_id=mob_id, case__state=CaseState.OPEN)
    size = len(rows) + others.exclude(comment_id__in=[row.id for row in rows]).count()
    number = open_case(
        kind=CaseKind.MOB, subject_id=mob_id, edition_id=first.edition_id, thread_id=first.thread_id,
        section_id=first.section_id, harm=harm_of("FLASHMOB"), uncertain=2.0, language=first.language, now=now,
        reasons=[{"code": "mob", "clause": "FLASHMOB", "number": size}],
    )  # fmt: skip
    put_into(number, rows, now)
    return number


@transaction.atomic
def open_flood(*, author_id: int, comment_id: int, now: datetime) -> int | None:
    """Let there be one case of what the account posted in this thread in the last hour; return it, None without any.

    Cases of these single comments end here, except where notice was given.
    """
    comment = comment_row(comment_id)
    if comment is None or comment.author_id != author_id:
        return None
    rows = [
        row for row in history_of(author_id, limit=MOST_OF_FLOOD)
        if row.thread_id == comment.thread_id and row.state in LIVE and row.created_at > now - FLOODED and row.text
    ]  # fmt: skip
    if not rows:
        return None
    number = open_case(
        kind=CaseKind.FLOOD, subject_id=author_id, edition_id=comment.edition_id, thread_id=comment.thread_id,
        section_id=comment.section_id, reader_id=author_id, harm=harm_of("FLOOD"), uncertain=1.0,
        language=comment.language, reasons=[{"code": "flood", "clause": "FLOOD"}], now=now,
    )  # fmt: skip
    put_into(number, rows, now)
    return number


def put_into(number: int, rows: Sequence[CommentRow], now: datetime) -> None:
    """Let the comments belong to the case, and whatever was open about each of them end."""
    CaseComment.objects.bulk_create(
        [CaseComment(case_id=number, comment_id=row.id, version=row.version) for row in rows], ignore_conflicts=True,
        batch_size=500,
    )  # fmt: skip
    for (case_id,) in list(_SINGLE.in_parts(row.id for row in rows)):
        drop_case(case_id=case_id, outcome="joined", now=now)
