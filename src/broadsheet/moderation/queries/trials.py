"""Trials and their answers as chiefs read them (STD-05, STD-06)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from broadsheet.kernel.errors import Refusal
from broadsheet.moderation.conf import TrialKind, TrialState
from broadsheet.moderation.models import Trial
from broadsheet.moderation.queries.grounds import title_of
from broadsheet.moderation.rules.trials import against, untried
from broadsheet.newsroom.queries.rulebook_drafts import composed
from broadsheet.newsroom.queries.rulebook_versions import judged_before, refusal_of_switch, seal_of, told_changes

if TYPE_CHECKING:
    from broadsheet.newsroom.models import RulebookVersion


@dataclass(frozen=True, slots=True)
class TrialView:
    """A trial; `stale` where the draft or the live rulebook is another one since. `result` is empty until it is done."""

    id: int
    kind: str
    edition_id: int
    number: int
    seal: str
    clause: str
    days: int
    state: str
    total: int | None
    done: int
    left_out: dict[str, int]
    result: dict[str, Any]
    why: str
    made_by_id: int | None
    made_at: datetime
    ended_at: datetime | None

    @property
    def at_work(self) -> bool:
        """Whether it is being carried out."""
        return self.state == TrialState.OPEN

    @property
    def is_done(self) -> bool:
        """Whether there is an answer."""
        return self.state == TrialState.DONE

    @property
    def percent(self) -> int:
        """How much of it is done."""
        return self.done * 100 // self.total if self.total else 0


_COLUMNS = (
    "id", "kind", "edition_id", "number", "seal", "clause", "days", "state", "total", "done", "left_out", "result",
    "why", "made_by_id", "made_at", "ended_at",
)  # fmt: skip


def latest_trial(edition_id: int, number: int) -> TrialView | None:
    """Return the version's newest trial on past decisions, at work or ended."""
    rows = Trial.objects.filter(edition_id=edition_id, number=number, kind=TrialKind.BACKTEST)
    return _first(rows.exclude(state=TrialState.CANCELLED))


def open_trial(edition_id: int) -> TrialView | None:
    """Return what is at work for the edition, of either kind."""
    return _first(Trial.objects.filter(edition_id=edition_id, state=TrialState.OPEN))


def trial(number: int, edition_id: int) -> TrialView | None:
    """Return the trial of the edition with its answer."""
    return _first(Trial.objects.filter(pk=number, edition_id=edition_id))


def latest_learning(edition_id: int, clause: str) -> TrialView | None:
    """Return the newest lesson about the clause, at work or ended."""
    rows = Trial.objects.filter(edition_id=edition_id, kind=TrialKind.LEARN, clause=clause)
    return _first(rows.exclude(state=TrialState.CANCELLED))


def any_open_trial() -> bool:
    """Return whether anything is to be carried out."""
    return Trial.objects.filter(state=TrialState.OPEN).exists()


def trials_by(reader_id: int) -> Iterator[tuple[int, datetime]]:
    """Yield which trials somebody of the newsroom ordered, and when."""
    yield from Trial.objects.filter(made_by_id=reader_id).order_by("id").values_list("pk", "made_at")


def against_switching(version: "RulebookVersion", now: datetime) -> tuple[Refusal | None, bool]:
    """Return what stands against switching the version on, and whether a chief may say why it is done nevertheless.

    What was tried as it is now, what judged just so before, and what differs by heads alone, each tried when it was
    learned, needs no further trial.
    """
    refusal = refusal_of_switch(version, now.date())
    if refusal is not None:
        heads = refusal.code == "rulebook-untried-heads" and version.state == "draft"
        return refusal, heads
    found = composed(version, now.date())
    if judged_before(version) or not told_changes(found.changes):
        return None, False
    rows = Trial.objects.filter(edition_id=version.edition_id, kind=TrialKind.BACKTEST, state=TrialState.DONE)
    last = rows.filter(seal=seal_of(version)).order_by("-pk").values_list("result", flat=True).first()
    language = get_language() or ""
    said = untried() if last is None else against(last, lambda code: title_of(version.edition_id, code, language))
    return said, said is not None


def _first(rows: Any) -> TrialView | None:
    values = rows.order_by("-pk").values(*_COLUMNS).first()
    return TrialView(**values) if values is not None else None
