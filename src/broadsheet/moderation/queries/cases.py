"""The queue of cases: which are open, in their order, for whom (MOD-01)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from broadsheet.moderation.conf import COUNTED_TO, QUEUE_PAGE, CaseKind, CaseState
from broadsheet.moderation.models import Case, CaseLook
from broadsheet.moderation.queries.roles import Scope
from broadsheet.moderation.rules.reasons import Reason


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see of the queue; what is empty filters nothing. `thread_id` is a story group."""

    edition_ids: tuple[int, ...] = ()
    section_ids: tuple[int, ...] = ()
    thread_id: int | None = None
    clause: str = ""
    language: str = ""
    kinds: tuple[str, ...] = ()
    mine: bool = False  # only those that a colleague asked this person about


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as the queue lists it."""

    id: int
    kind: str
    subject_id: int
    comment_id: int | None
    thread_id: int | None
    edition_id: int
    section_id: int | None
    reader_id: int | None
    first_decider_id: int | None
    clause: str
    language: str
    harm: float
    harsh: bool
    priority: float
    reasons: tuple[Reason, ...]
    opened_at: datetime
    state: str
    outcome: str
    closed_at: datetime | None
    closed_by_id: int | None
    claimed_by_id: int | None
    claimed_until: datetime | None
    asked_id: int | None
    chiefs_only: bool
    in_progress: bool  # an order about all its comments is being carried out

    def is_claimed(self, now: datetime) -> bool:
        """Return whether somebody has it on the screen."""
        return self.claimed_until is not None and now < self.claimed_until

    @property
    def kind_label(self) -> str:
        """Return the kind in the active language."""
        return str(CaseKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue; `after` is the key of the next one, None where this is the last."""

    cases: tuple[CaseView, ...]
    after: tuple[float, int] | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many; `more` where it was counted no further."""

    number: int
    more: bool

    def __str__(self) -> str:
        """Return the number as the desk writes it."""
        return f"{self.number:,}{'+' if self.more else ''}"


def case(case_id: int) -> CaseView | None:
    """Return the case, whatever its state."""
    row = Case.objects.filter(pk=case_id).first()
    return view(row) if row is not None else None


def case_of_comment(comment_id: int) -> CaseView | None:
    """Return the open case about the comment alone, None where there is none."""
    row = Case.objects.filter(comment_id=comment_id, state=CaseState.OPEN).first()
    return view(row) if row is not None else None


def cases_about(comment_id: int, *, limit: int = 20) -> list[CaseView]:
    """Return the cases there were about the comment alone, the newest first."""
    rows = Case.objects.filter(comment_id=comment_id).order_by("-id")[:limit]
    return [view(row) for row in rows]


def cases_of(reader_id: int) -> Iterator[CaseView]:
    """Yield all cases about the reader or the reader's comments, the oldest first."""
    for row in Case.objects.filter(reader_id=reader_id).order_by("id").iterator(chunk_size=500):
        yield view(row)


def looks_of(reader_id: int) -> Iterator[tuple[int, datetime]]:
    """Yield which cases a moderator was shown, and when."""
    yield from CaseLook.objects.filter(moderator_id=reader_id).order_by("id").values_list("case_id", "at").iterator()


def queue_page(
    wanted: Wanted, after: tuple[float, int] | None = None, *, scope: Scope, limit: int = QUEUE_PAGE
) -> QueuePage:
    """Return the open cases after that key in their order, claimed ones included, as far as this person may see them."""
    rows = in_order(wanted_cases(wanted, scope), after)[: limit + 1]
    found = [view(row) for row in rows]
    last = found[limit - 1] if len(found) > limit else None
    return QueuePage(tuple(found[:limit]), (last.priority, last.id) if last else None)


def counts(wanted: Wanted, *, scope: Scope) -> dict[str, Count]:
    """Return how many open cases of each kind there are, and of all under "": never counted beyond a thousand."""
    return {kind: _count(wanted, scope, kind) for kind in ("", *CaseKind.values)}


def claims(now: datetime, *, scope: Scope) -> list[CaseView]:
    """Return the cases that somebody has on the screen now: who of the newsroom is at work, and at what."""
    rows = visible_to(scope).filter(claimed_until__gt=now).order_by("claimed_by_id", "id")[:QUEUE_PAGE]
    return [view(row) for row in rows]


def closed_by(reader_id: int, *, limit: int = 10) -> list[CaseView]:
    """Return the cases that this person closed last, for looking back and undoing."""
    looked = CaseLook.objects.filter(moderator_id=reader_id).order_by("-at").values_list("case_id", flat=True)
    rows = Case.objects.filter(pk__in=list(looked[:200]), closed_by_id=reader_id).order_by("-closed_at")[:limit]
    return [view(row) for row in rows]


def harsh_seen(reader_id: int, now: datetime) -> int:
    """Return how many cases that are hard to read the person was shown in the last 24 hours (MOD-10)."""
    return CaseLook.objects.filter(moderator_id=reader_id, harsh=True, at__gt=now - timedelta(hours=24)).count()


def may_see_harsh(reader_id: int, now: datetime) -> bool:
    """Return whether the day's limit isn't reached."""
    limit = settings.HARSH_CASES_A_DAY
    return not limit or harsh_seen(reader_id, now) < limit


def wanted_cases(wanted: Wanted, scope: Scope) -> QuerySet[Case]:
    """Return the open cases that are wanted, in no order."""
    rows = visible_to(scope)
    if wanted.edition_ids:
        rows = rows.filter(_one_or(wanted.edition_ids, "edition_id"))
    if wanted.section_ids:
        rows = rows.filter(_one_or(wanted.section_ids, "section_id"))
    if wanted.thread_id is not None:
        rows = rows.filter(thread_id=wanted.thread_id)
    if wanted.clause:
        rows = rows.filter(clause=wanted.clause)
    if wanted.language:
        rows = rows.filter(language=wanted.language)
    if wanted.kinds:
        rows = rows.filter(_one_or(wanted.kinds, "kind"))
    if wanted.mine:
        rows = rows.filter(asked_id=scope.reader_id)
    return rows


def visible_to(scope: Scope) -> QuerySet[Case]:
    """Return the open cases that this person may know of: in bounds, and not about themselves."""
    rows = Case.objects.filter(state=CaseState.OPEN)
    if not scope.everywhere:
        places = _one_or(tuple(sorted(scope.edition_ids)), "edition_id")
        places |= _one_or(tuple(sorted(scope.section_ids)), "section_id")
        rows = rows.filter(places)
    if not scope.is_chief:
        rows = rows.filter(chiefs_only=False)
    return rows.filter(Q(reader_id=None) | ~Q(reader_id=scope.reader_id))


def claimable(wanted: Wanted, scope: Scope, now: datetime) -> QuerySet[Case]:
    """Return what this person can be given next: not claimed, skipped or decided first by them, nor asked of another.

    What was ordered of many comments and is being carried out needs nobody meanwhile.
    """
    me = scope.reader_id
    rows = wanted_cases(wanted, scope).filter(ordered_at=None)
    rows = rows.filter(Q(claimed_until=None) | Q(claimed_until__lte=now) | Q(claimed_by_id=me))
    rows = rows.filter(Q(first_decider=None) | ~Q(first_decider_id=me)).filter(Q(asked=None) | Q(asked_id=me))
    if not may_see_harsh(me, now):
        rows = rows.filter(harsh=False)
    skipped = CaseLook.objects.filter(case_id=OuterRef("pk"), moderator_id=me, skipped=True)
    return rows.filter(~Exists(skipped))


def in_order(rows: QuerySet[Case], after: tuple[float, int] | None = None) -> QuerySet[Case]:
    """Return the cases in the queue's order, those after the key `(priority, id)`."""
    if after is not None:
        priority, number = after
        rows = rows.filter(Q(priority__lte=priority) & (Q(priority__lt=priority) | Q(pk__gt=number)))
    return rows.order_by("-priority", "id")


def view(row: Case) -> CaseView:
    """Return the case as others see it."""
    return CaseView(
        row.pk, row.kind, row.subject_id, row.comment_id, row.thread_id, row.edition_id, row.section_id, row.reader_id,
        row.first_decider_id, row.clause, row.language, row.harm, row.harsh, row.priority, tuple(row.reasons),
        row.opened_at, row.state, row.outcome, row.closed_at, row.closed_by_id, row.claimed_by_id, row.claimed_until,
        row.asked_id, row.chiefs_only, row.ordered_at is not None,
    )  # fmt: skip


def _count(wanted: Wanted, scope: Scope, kind: str) -> Count:
    if kind and wanted.kinds and kind not in wanted.kinds:
        return Count(0, more=False)
    rows = wanted_cases(wanted, scope)
    rows = rows.filter(kind=kind) if kind else rows
    number = rows.order_by()[: COUNTED_TO + 1].count()
    return Count(min(number, COUNTED_TO), more=number > COUNTED_TO)


def _one_or(values: Sequence[int] | Sequence[str], name: str) -> Q:
    """Return that the column has the one value, or one of several: with one an index gives the order, too."""
    conditions: Mapping[str, object] = {name: values[0]} if len(values) == 1 else {f"{name}__in": list(values)}
    return Q(**conditions)
