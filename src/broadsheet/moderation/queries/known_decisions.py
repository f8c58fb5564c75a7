"""What people decided of comments, as the judge learns from it (STD-05, STD-06)."""

from collections.abc import Iterator
from datetime import datetime

from broadsheet.moderation.models import DecisionRow
from broadsheet.moderation.rules.decisions import ON_COMMENTS, Approval, from_json
from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.standards.learning.decisions import Decision as Known
from broadsheet.standards.submission import Submission


def known_decisions(edition_id: int, since: datetime) -> Iterator[Known]:
    """Yield of each comment of the edition the last decision that stands, by their time: clauses, or none if approved.

    Left out is what was undone, what was decided about a comment whose author was erased, and warnings and blocks that
    left the comment as it was.
    """
    edition = edition_by_id(edition_id).code
    rows = DecisionRow.objects.filter(
        edition=edition, at__gte=since, comment_id__isnull=False, undone_at=None, erased=False
    )
    last: dict[int, DecisionRow] = {}
    for row in rows.order_by("id").iterator():
        if row.comment_id is not None and (not row.restricts or ON_COMMENTS & set(row.measures)):
            last[row.comment_id] = row
    for row in sorted(last.values(), key=lambda row: (row.at, row.pk)):
        value = from_json(row.value)
        about = value.about
        clauses = frozenset[str]() if isinstance(value, Approval) else frozenset(value.codes)
        submission = Submission(about.quoted, language=about.language or None, at=row.at)
        yield Known(str(about.comment_id), row.at, clauses, f"reader:{value.actor.reader_id}", submission)
