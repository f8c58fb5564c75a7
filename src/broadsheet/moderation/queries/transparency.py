"""What the public is told of decisions and letters: numbers alone (MOD-11; DSA art. 15, 24)."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, F, QuerySet

from broadsheet.moderation.models import DecisionClause, DecisionRow, Tally
from broadsheet.moderation.rules.decisions import Source

MACHINE = "machine"


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


@dataclass(frozen=True, slots=True)
class LetterFigures:
    """Letters that came in within a time, as they stand now; `seconds` is the median from arrival to answer."""

    received: int
    granted: int
    overturned: int
    refused: int
    waiting: int
    seconds: int | None


@dataclass(frozen=True, slots=True)
class DecisionFigures:
    """Decisions of a time as they stand now.

    `decisions` are those that restricted something, `approved` those that a comment breaks no clause. Each of the former
    stands once in `noticed`, by what drew attention to it first: a notice, a trusted flagger, a report, else a program
    (`machine`), else nothing (`own`); `by_machine` are all that a program had marked. `seconds` is the median of what
    waited for a decision, approvals included.
    """

    decisions: int
    approved: int
    measures: dict[str, int]
    noticed: dict[str, int]
    by_machine: int
    undone: int
    granted: int
    seconds: int | None
    clauses: tuple[ClauseFigures, ...] = field(default=())


def decision_figures(edition: str, since: datetime, until: datetime) -> DecisionFigures:
    """Return the edition's figures of that time; three questions, each answered by the index of an edition's decisions."""
    rows = DecisionRow.objects.filter(edition=edition, at__gte=since, at__lt=until)
    groups = rows.values_list("restricts", "source", "by_machine", "undone_for", "measures").annotate(n=Count("pk"))
    totals: Counter[str] = Counter()
    measures: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    for restricts, source, by_machine, undone_for, done, number in groups.order_by():
        if not restricts:
            totals["approved"] += number
            continue
        totals.update({"decisions": number, "by_machine": number * by_machine, undone_for: number})
        measures.update(dict.fromkeys(done, number))
        noticed[MACHINE if source == Source.OWN and by_machine else source] += number
    return DecisionFigures(
        totals["decisions"], totals["approved"], dict(measures), dict(noticed), totals["by_machine"], totals["undone"],
        totals["granted"], _median_wait(rows), tuple(_by_clause(edition, since, until)),
    )  # fmt: skip


def letter_figures(edition: str, since: datetime, until: datetime) -> LetterFigures:
    """Return the figures of letters to the edition that came in within the time."""
    rows = Tally.objects.filter(edition=edition, kind="letter", at__gte=since, at__lt=until)
    outcomes: Counter[str] = Counter()
    waited = []
    for outcome, at, settled_at in rows.values_list("outcome", "at", "settled_at"):
        outcomes[outcome] += 1
        if settled_at is not None:
            waited.append((settled_at - at).total_seconds())
    waited.sort()
    return LetterFigures(
        outcomes.total(), outcomes["granted"] + outcomes["overturned"], outcomes["overturned"], outcomes["refused"],
        outcomes[""], int(waited[(len(waited) - 1) // 2]) if waited else None,
    )  # fmt: skip


def annulments(edition: str, since: datetime, until: datetime) -> int:
    """Return how many sanctions two persons annulled within the time."""
    return Tally.objects.filter(edition=edition, kind="annulment", at__gte=since, at__lt=until).count()


def by_law_after_notice(edition: str, since: datetime, until: datetime, codes: Collection[str]) -> int:
    """Return how many decisions to which a notice led cite one of these clauses, which are about the law."""
    rows = DecisionRow.objects.filter(edition=edition, at__gte=since, at__lt=until, restricts=True)
    noticed = rows.filter(source__in=[Source.NOTICE, Source.TRUSTED], clauses__code__in=list(codes))
    return noticed.values("pk").distinct().count()


def _by_clause(edition: str, since: datetime, until: datetime) -> list[ClauseFigures]:
    """Return the figures by clause, in the order of their codes."""
    cited = DecisionClause.objects.filter(
        decision__edition=edition, decision__at__gte=since, decision__at__lt=until, decision__restricts=True
    )
    groups = cited.values_list("code", "decision__by_machine", "decision__undone_for", "decision__measures")
    counted: dict[str, Counter[str]] = {}
    measures: dict[str, Counter[str]] = {}
    for code, by_machine, undone_for, done, number in groups.annotate(n=Count("pk")).order_by():
        counts = counted.setdefault(code, Counter())
        counts.update({"all": number, "machine": number * by_machine, undone_for: number})
        measures.setdefault(code, Counter()).update(dict.fromkeys(done, number))
    return [
        ClauseFigures(code, counts["all"], dict(measures[code]), counts["machine"], counts["undone"], counts["granted"])
        for code, counts in sorted(counted.items())
    ]


def _median_wait(rows: "QuerySet[DecisionRow]") -> int | None:
    """Return the middle of the seconds that comments waited, the lower one of two."""
    waited = rows.filter(waited__isnull=False).order_by(F("waited"))
    number = waited.count()
    found: int | None = waited.values_list("waited", flat=True)[(number - 1) // 2] if number else None
    return found
