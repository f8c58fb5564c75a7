"""What people decided of comments, as the judge learns from it (STD-05, STD-06)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from broadsheet.moderation.models import DecisionRow
from broadsheet.moderation.rules.decisions import ON_COMMENTS, Approval, from_json
from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.standards.learning.decisions import Decision as Known
from broadsheet.standards.submission import Submission

CHUNK = 500  # decisions whose texts are in memory at a time


def known_decisions(edition_id: int, since: datetime) -> Iterator[Known]:
    """Yield of each comment of the edition the last decision that stands, by their time: clauses, or none if approved.

    Left out is what was undone, what was decided about a comment whose author was erased, and warnings and blocks that
    left the comment as it was.
    """
    numbers = known_numbers(edition_id, since)
    for at in range(0, len(numbers), CHUNK):
        yield from known_of(numbers[at : at + CHUNK])


def known_numbers(edition_id: int, since: datetime, until: datetime | None = None) -> list[int]:
    """Return the numbers of these decisions, by their time, without reading what they say."""
    rows = DecisionRow.objects.filter(
        edition=edition_by_id(edition_id).code, at__gte=since, comment_id__isnull=False, undone_at=None, erased=False
    )
    if until is not None:
        rows = rows.filter(at__lt=until)
    last: dict[int, tuple[datetime, int]] = {}
    columns = rows.order_by("id").values_list("pk", "comment_id", "at", "restricts", "measures")
    for number, comment, at, restricts, measures in columns.iterator():
        if comment is not None and (not restricts or ON_COMMENTS & set(measures)):
            last[comment] = at, number
    return [number for _at, number in sorted(last.values())]


def known_of(numbers: Sequence[int]) -> list[Known]:
    """Return these decisions by their time; those that were undone or erased meanwhile are left out."""
    rows = DecisionRow.objects.filter(pk__in=list(numbers), undone_at=None, erased=False).order_by("at", "pk")
    return [_known(row) for row in rows]


def _known(row: DecisionRow) -> Known:
    value = from_json(row.value)
    about = value.about
    clauses = frozenset[str]() if isinstance(value, Approval) else frozenset(value.codes)
    submission = Submission(about.quoted, language=about.language or None, at=row.at)
    return Known(str(about.comment_id), row.at, clauses, f"reader:{value.actor.reader_id}", submission)
