"""What the public is told of decisions: numbers alone (MOD-11; DSA art. 15, 24)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from broadsheet.moderation.models import DecisionRow


@dataclass(frozen=True, slots=True)
class ClauseFigures:
    """Decisions of a time that cite a clause; `by_machine` those whose comment a program had marked.

    `undone` were found wrong by the newsroom itself, `granted` by a letter.
    """

    code: str
    decisions: int
    measures: dict[str, int]
    by_machine: int
    undone: int
    granted: int


def figures_of(edition: str, since: datetime, until: datetime) -> list[ClauseFigures]:
    """Return the edition's figures of that time by clause, in the order of their codes; approvals are none of them."""
    rows = DecisionRow.objects.filter(edition=edition, at__gte=since, at__lt=until, restricts=True)
    counted: dict[str, Counter[str]] = {}
    measures: dict[str, Counter[str]] = {}
    wanted = rows.only("measures", "by_machine", "undone_for").prefetch_related("clauses")
    for row in wanted.order_by("id").iterator(chunk_size=500):
        for clause in row.clauses.all():
            counts = counted.setdefault(clause.code, Counter())
            counts.update(["all", row.undone_for or "stands", *(["machine"] if row.by_machine else [])])
            measures.setdefault(clause.code, Counter()).update(row.measures)
    return [
        ClauseFigures(code, counts["all"], dict(measures[code]), counts["machine"], counts["undone"], counts["granted"])
        for code, counts in sorted(counted.items())
    ]
