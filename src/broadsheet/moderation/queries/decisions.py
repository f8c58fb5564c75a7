"""Decisions and their statements: of a reader, by clause, for whoever is told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from broadsheet.moderation.models import DecisionClause, DecisionRow, Statement
from broadsheet.moderation.rules.decisions import Approval, Decision, Measure, from_json


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision as the desk and the reader's file list it; `value` is None once it was erased."""

    id: int
    at: datetime
    reader_id: int | None
    comment_id: int | None
    edition: str
    actor_id: int | None
    actor_role: str
    measures: tuple[str, ...]
    clauses: tuple[str, ...]
    restricts: bool
    value: Decision | Approval | None
    contested_until: datetime
    undone_at: datetime | None
    undone_for: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement of reasons as its reader reads it."""

    decision_id: int
    puid: str
    language: str
    text: str
    html: str
    at: datetime
    edition: str
    reader_id: int | None
    undone_at: datetime | None
    contested_until: datetime


def decision(decision_id: int) -> DecisionView | None:
    """Return the decision."""
    row = DecisionRow.objects.filter(pk=decision_id).prefetch_related("clauses").first()
    return _view(row) if row is not None else None


def decisions_of(reader_id: int, *, before: int | None = None, limit: int = 20) -> list[DecisionView]:
    """Return the decisions that restricted the reader, the newest first; `before` is the last one that is known."""
    rows = DecisionRow.objects.filter(reader_id=reader_id, restricts=True).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [_view(row) for row in rows.prefetch_related("clauses")[:limit]]


def decisions_about(comment_id: int) -> list[DecisionView]:
    """Return what was decided of the comment, the newest first."""
    rows = DecisionRow.objects.filter(comment_id=comment_id).order_by("-id")
    return [_view(row) for row in rows.prefetch_related("clauses")]


def decisions_like(code: str, *, edition: str = "", limit: int = 5) -> list[DecisionView]:
    """Return the newest decisions that cite the clause, or found it unbroken, for comparison (MOD-02)."""
    cited = DecisionClause.objects.filter(code=code)
    if edition:
        cited = cited.filter(edition=edition)
    numbers = list(cited.order_by("-decision_id").values_list("decision_id", flat=True)[:limit])
    rows = DecisionRow.objects.filter(pk__in=numbers).order_by("-id").prefetch_related("clauses")
    return [_view(row) for row in rows]


def standing_removal(comment_id: int) -> int | None:
    """Return the decision that stands and removed the comment, the newest one; None where there is none."""
    rows = DecisionRow.objects.filter(comment_id=comment_id, undone_at=None, restricts=True).order_by("-id")
    for number, measures in rows.values_list("pk", "measures"):
        if Measure.REMOVE in measures:
            return int(number)
    return None


def statement(decision_id: int) -> StatementView | None:
    """Return the statement of the decision; None where there is none, or its words were erased."""
    found = Statement.objects.select_related("decision").filter(pk=decision_id).exclude(text="").first()
    return _statement(found) if found is not None else None


def statement_numbered(puid: str) -> StatementView | None:
    """Return the statement of this number; whose it is its page asks."""
    found = Statement.objects.select_related("decision").filter(puid=puid).exclude(text="").first()
    return _statement(found) if found is not None else None


def puids_of(decision_ids: Iterable[int]) -> dict[int, str]:
    """Return the numbers of the statements of these decisions; none for those whose words were erased."""
    rows = Statement.objects.filter(pk__in=list(decision_ids)).exclude(text="")
    return dict(rows.values_list("pk", "puid"))


def statements_of(reader_id: int) -> Iterator[StatementView]:
    """Yield the reader's statements, the newest first."""
    rows = Statement.objects.filter(decision__reader_id=reader_id).exclude(text="").select_related("decision")
    return map(_statement, rows.order_by("-decision_id").iterator())


def _statement(row: Statement) -> StatementView:
    made = row.decision
    return StatementView(
        made.pk, row.puid, row.language, row.text, row.html, made.at, made.edition, made.reader_id, made.undone_at,
        made.contested_until,
    )  # fmt: skip


def _view(row: DecisionRow) -> DecisionView:
    return DecisionView(
        row.pk, row.at, row.reader_id, row.comment_id, row.edition, row.actor_id, row.actor_role, tuple(row.measures),
        tuple(clause.code for clause in row.clauses.all()), row.restricts, from_json(row.value) if row.value else None,
        row.contested_until, row.undone_at, row.undone_for,
    )  # fmt: skip
