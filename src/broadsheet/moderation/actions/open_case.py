"""Lets something wait for a person of the newsroom, once whatever comes to it (MOD-01)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from broadsheet.discussion.queries.liveliness import lately
from broadsheet.kernel.inserting import insert
from broadsheet.kernel.prepared import Prepared, PreparedObjects
from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.conf import CaseKind, CaseState
from broadsheet.moderation.models import Case, CaseComment
from broadsheet.moderation.rules.priority import HARSH, harm_of, priority
from broadsheet.moderation.rules.reasons import joined

# Which of two kinds a case of one comment has: the one that asks for more.
_WEIGHT: dict[str, int] = {kind: weight for weight, kind in enumerate((CaseKind.FLAGGED, CaseKind.ASK, CaseKind.REPORTED, CaseKind.HELD,
                                                       CaseKind.NOTICE))}  # fmt: skip

_OF_MANY = Prepared(
    lambda number: (
        CaseComment.objects.filter(comment_id=number, done_at=None, case__state=CaseState.OPEN)
        .order_by("pk")
        .values_list("case_id")[:1]
    )
)
_OF_COMMENT = PreparedObjects(
    Case, lambda number: Case.objects.select_for_update().filter(state=CaseState.OPEN, comment_id=number)
)
_OF_SUBJECT = PreparedObjects(
    Case,
    lambda kind, subject: Case.objects.select_for_update().filter(state=CaseState.OPEN, kind=kind, subject_id=subject),
)


@transaction.atomic
def open_case(  # noqa: PLR0913 - a case in all its parts
    *, kind: str, subject_id: int, edition_id: int, comment_id: int | None = None, thread_id: int | None = None,
    section_id: int | None = None, reader_id: int | None = None, harm: float, reasons: Sequence[Mapping[str, Any]],
    first_decider: int | None = None, uncertain: float = 1.0, hidden: bool = False, language: str = "",
    chiefs_only: bool = False, asked: int | None = None, now: datetime,
) -> int:  # fmt: skip
    """Let there be an open case of this, and return its number; one that is open about it takes in what is new.

    A comment that belongs to an open case of many, such as a flash mob, is in that one, except that notice was given of
    it. `hidden`: nobody can read the comment meanwhile. Repeated, it changes nothing but the place in the queue.
    """
    take_turn(f"case of {f'comment {comment_id}' if comment_id is not None else f'{kind} {subject_id}'}")
    if comment_id is not None and kind != CaseKind.NOTICE and (many := _case_of_many(comment_id)):
        return many
    row = _open_one(kind, subject_id, comment_id) or Case(
        kind=kind, subject_id=subject_id, edition_id=edition_id, comment_id=comment_id, opened_at=now, harm=0.0
    )
    shown = row.kind == CaseKind.HELD and not hidden  # meanwhile
    if shown or _WEIGHT.get(kind, -1) > _WEIGHT.get(row.kind, len(_WEIGHT)):
        row.kind = kind
    if harm >= row.harm:
        row.harm, row.uncertain = harm, uncertain
    row.hidden = hidden
    row.reasons = joined(row.reasons, reasons)
    row.clause = _worst(row.reasons)
    row.harsh = any(one.get("clause") in HARSH for one in row.reasons)
    row.thread_id, row.section_id = thread_id or row.thread_id, section_id or row.section_id
    row.reader_id, row.first_decider_id = reader_id or row.reader_id, first_decider or row.first_decider_id
    row.language, row.asked_id = language or row.language, asked or row.asked_id
    row.chiefs_only = row.chiefs_only or chiefs_only
    _place(row, now)
    if row.pk is None:
        insert(row)
    else:
        row.save()
    return int(row.pk)


def _case_of_many(comment_id: int) -> int | None:
    rows = _OF_MANY(comment_id)
    return rows[0][0] if rows else None


def _open_one(kind: str, subject_id: int, comment_id: int | None) -> Case | None:
    rows = _OF_COMMENT(comment_id) if comment_id is not None else []
    return next(iter(rows or _OF_SUBJECT(kind, subject_id)), None)


def _worst(reasons: Sequence[Mapping[str, Any]]) -> str:
    named = [str(one["clause"]) for one in reasons if one.get("clause")]
    return max(named, key=harm_of, default="")


def _place(row: Case, now: datetime) -> None:
    """Give the case its place in the queue, and say so among its reasons where readers are there."""
    row.lively = 0 if row.hidden else lately(row.thread_id, now)
    row.priority = priority(row.harm, lately=row.lively, uncertain=row.uncertain, hidden=row.hidden)
    if row.lively:
        row.reasons = joined(row.reasons, [{"code": "lively", "number": row.lively}])
