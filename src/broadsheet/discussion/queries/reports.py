"""Reports of comments: what was said, by whom, what it counts, what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from broadsheet.discussion.conf import ILLEGAL, Reported
from broadsheet.discussion.models import Comment, Report, ReporterWeight
from broadsheet.discussion.rules.reports import MASS_WITHIN, Filed, Record, pressure
from broadsheet.kernel.prepared import PreparedObjects
from broadsheet.newsroom.queries.discussed import is_public
from broadsheet.newsroom.queries.rulebooks import rulebook_of
from broadsheet.readers.queries.people import addresses_of, has_confirmed

MOST = 500  # reports of one comment that are shown or weighed
_ABOUT = PreparedObjects(Report, lambda number: Report.objects.filter(comment_id=number).order_by("pk")[:MOST])
_OF_AUTHOR = 200  # an author's latest that tell a mass


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as moderators and whoever answers it see it; `number` is what the reporter was told.

    `facts` are the reporter's words. `language` is the one to answer in. `notice_name` and `notice_email` are there for
    notices of illegal content alone (`illegal`), until their end. `mass`: it came with many others at once.
    """

    id: int
    at: datetime
    clause: str
    facts: str
    weight: float
    reporter_id: int | None
    illegal: bool
    notice_name: str
    notice_email: str
    language: str
    edition_id: int
    state: str
    comment_id: int
    number: str
    version: int
    mass: bool
    answered_at: datetime | None


def report(report_id: int) -> ReportView | None:
    """Return the report, None where there is none."""
    return next(iter(_views(Report.objects.filter(pk=report_id))), None)


def reports_about(comment_id: int) -> list[ReportView]:
    """Return the reports of the comment in all states, oldest first."""
    return _views(_ABOUT(comment_id))


def reports_by(reader_id: int, *, before: int | None = None, limit: int = 50) -> list[ReportView]:
    """Return what the reader reported, newest first, for the reader alone; those with lower numbers than `before`."""
    rows = Report.objects.filter(reporter_id=reader_id).order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return _views(rows[: max(1, min(limit, 500))])


def open_report_of(reader_id: int, comment_id: int, *, illegal: bool) -> ReportView | None:
    """Return the reader's own report of the comment that waits, or the notice (`illegal`), if any."""
    rows = Report.objects.filter(reporter_id=reader_id, comment_id=comment_id, state=Reported.OPEN, illegal=illegal)
    return next(iter(_views(rows)), None)


def pressure_on(comment_id: int) -> float:
    """Return what the open reports of the comment count together: 0 without any, and never much (`rules/reports.py`)."""
    return pressure(filed_of(Report.objects.filter(comment_id=comment_id, state=Reported.OPEN).order_by("pk")[:MOST]))


def can_be_reported(comment_id: int) -> bool:
    """Return whether everybody sees the comment; of any other nobody learns whether it is there."""
    thread_id = Comment.objects.filter(pk=comment_id, state="visible").values_list("thread_id", flat=True).first()
    return thread_id is not None and is_public(thread_id)


def clause_of_notices(edition_id: int) -> str:
    """Return the code of the clause that notices of illegal content stand under there; empty where it is off."""
    clause = rulebook_of(edition_id).rulebook.clauses.get(ILLEGAL)
    return clause.code if clause is not None and clause.on else ""


def record_of(reader_id: int) -> Record | None:
    """Return how often the reader's reports were right and wrong; None where none was answered yet."""
    row = ReporterWeight.objects.filter(reader_id=reader_id).values_list("upheld", "rejected", "as_of").first()
    return Record(*row) if row else None


def lately_about(comment_id: int, author_id: int | None, now: datetime) -> "QuerySet[Report]":
    """Return the reports of the last hour about the author's comments, or about this one where the author is gone."""
    rows = Report.objects.filter(at__gt=now - MASS_WITHIN, at__lte=now)
    rows = rows.filter(comment__author_id=author_id) if author_id is not None else rows.filter(comment_id=comment_id)
    return rows.exclude(state=Reported.RETRACTED).order_by("-pk")[:_OF_AUTHOR]


def filed_under(reader_id: int) -> "QuerySet[Report]":
    """Return what the reader filed, also without logging in, by an address that is known to be the reader's."""
    own = [address for address in addresses_of(reader_id) if has_confirmed(reader_id, address)]
    return Report.objects.filter(Q(reporter_id=reader_id) | Q(reporter_id=None, notice_email__in=own))


def filed_of(rows: Iterable[Report]) -> list[Filed]:
    """Return the reports as they are weighed."""
    return [Filed(_who(row), row.weight, row.at, row.mass) for row in rows]


def _who(row: Report) -> str:
    return f"reader {row.reporter_id}" if row.reporter_id is not None else row.notice_email


def _views(rows: Iterable[Report]) -> list[ReportView]:
    return [
        ReportView(
            row.pk, row.at, row.clause, row.facts, row.weight, row.reporter_id, row.illegal, row.notice_name,
            row.notice_email, row.language, row.edition_id, row.state, row.comment_id, row.number, row.version, row.mass,
            row.answered_at,
        )
        for row in rows
    ]  # fmt: skip
