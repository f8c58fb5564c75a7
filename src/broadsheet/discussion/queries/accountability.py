"""What the public is told of comments and reports: numbers alone (MOD-11; DSA art. 15)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, Sum

from broadsheet.discussion.conf import Reported
from broadsheet.discussion.models import CommentMonth, Report


@dataclass(frozen=True, slots=True)
class CommentFigures:
    """Comments of a time: all that were posted, and those that waited for a person before anybody saw them."""

    posted: int
    held: int


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """Reports that came in within a time, as they stand now; `seconds` is the median from filing to answer.

    `upheld`: something was done; `rejected`: the comment stands; those taken back count among those received.
    """

    received: int
    upheld: int
    rejected: int
    retracted: int
    waiting: int
    seconds: int | None


def comment_figures(edition_id: int, first: date, last: date) -> CommentFigures:
    """Return how many comments were posted from the month that begins on `first` to the one that begins on `last`."""
    rows = CommentMonth.objects.filter(edition_id=edition_id, month__gte=first, month__lte=last)
    found = rows.aggregate(posted=Sum("posted"), held=Sum("held"))
    return CommentFigures(found["posted"] or 0, found["held"] or 0)


def report_figures(edition_id: int, since: datetime, until: datetime, *, illegal: bool) -> ReportFigures:
    """Return the figures of reports, or of notices of illegal content (`illegal`), that came in within the time."""
    rows = Report.objects.filter(at__gte=since, at__lt=until, edition_id=edition_id, illegal=illegal)
    states: dict[str, int] = {}
    waited: list[float] = []
    for state, at, answered_at in rows.values_list("state", "at", "answered_at").iterator(chunk_size=2000):
        states[state] = states.get(state, 0) + 1
        if answered_at is not None and state in {Reported.UPHELD, Reported.REJECTED}:
            waited.append((answered_at - at).total_seconds())
    return ReportFigures(
        sum(states.values()), states.get(Reported.UPHELD, 0), states.get(Reported.REJECTED, 0),
        states.get(Reported.RETRACTED, 0), states.get(Reported.OPEN, 0), middle(sorted(waited)),
    )  # fmt: skip


def first_month(edition_id: int) -> date | None:
    """Return the first month of which comments were counted."""
    found = CommentMonth.objects.filter(edition_id=edition_id).aggregate(first=Min("month"))
    return found["first"] if isinstance(found["first"], date) else None


def first_report(edition_id: int) -> datetime | None:
    """Return when the first report came in."""
    rows = Report.objects.filter(edition_id=edition_id).order_by("at")
    found: datetime | None = rows.values_list("at", flat=True).first()
    return found


def middle(ordered: list[float]) -> int | None:
    """Return the middle of the ordered seconds, the lower one of two; None of nothing."""
    return int(ordered[(len(ordered) - 1) // 2]) if ordered else None
