"""Which mode holds for a thread at a moment: the most particular rule wins, of equals the strictest (DIS-06)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TypeVar

from broadsheet.discussion.conf import Mode, Scope

STRICTNESS = (Mode.OPEN, Mode.PREMODERATED, Mode.TRUSTED, Mode.CLOSED)
_SCOPES = tuple(Scope.values)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about modes; what is empty it leaves open. `weekdays`: 0 is Monday; times are those of the edition."""

    scope: str
    mode: str = ""
    slow_seconds: int | None = None
    shield_hours: int | None = None
    close_after_days: int | None = None
    weekdays: tuple[int, ...] = ()
    begins: time | None = None
    ends: time | None = None

    @property
    def rank(self) -> tuple[int, bool]:
        """How particular it is: by what it is about, and one with a schedule before one without."""
        return _SCOPES.index(self.scope), bool(self.weekdays) or self.begins is not None


@dataclass(frozen=True, slots=True)
class Own:
    """What was set for the thread itself."""

    mode: str = ""
    slow_seconds: int | None = None
    shield_hours: int | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ModeNow:
    """What holds for a thread: who may comment, how often, for how long accounts are new, and when it closes."""

    mode: str = Mode.OPEN
    slow: timedelta = field(default=timedelta(0))
    shield: timedelta = field(default=timedelta(0))
    closes_at: datetime | None = None


def mode_at(rules: Sequence[Rule], own: Own, published_at: datetime | None, local: datetime) -> ModeNow:
    """Return what holds at the moment `local`, an aware time in the zone of the article's edition.

    A thread that has come to its closing time is closed, whatever else is set.
    """
    now = [rule for rule in rules if in_time(rule, local)]
    slow = own.slow_seconds if own.slow_seconds is not None else _of(now, lambda rule: rule.slow_seconds, _most)
    shield = own.shield_hours if own.shield_hours is not None else _of(now, lambda rule: rule.shield_hours, _most)
    days = _of(now, lambda rule: rule.close_after_days, _least)
    closes_at = own.closes_at
    if closes_at is None and days is not None and published_at is not None:
        closes_at = published_at + timedelta(days=days)
    mode = own.mode or _of(now, lambda rule: rule.mode or None, _strictest) or Mode.OPEN
    if closes_at is not None and local >= closes_at:
        mode = Mode.CLOSED
    return ModeNow(str(mode), timedelta(seconds=slow or 0), timedelta(hours=shield or 0), closes_at)


def in_time(rule: Rule, local: datetime) -> bool:
    """Say whether the rule's schedule includes the moment; one over midnight belongs to the day on which it began."""
    days = set(rule.weekdays) or set(range(7))
    if rule.begins is None or rule.ends is None:
        return local.weekday() in days
    at = local.time().replace(tzinfo=None)
    if rule.begins < rule.ends:
        return local.weekday() in days and rule.begins <= at < rule.ends
    return (local.weekday() in days and at >= rule.begins) or ((local.weekday() - 1) % 7 in days and at < rule.ends)


def _of(
    rules: Sequence[Rule], value: Callable[[Rule], Value | None], strictest: Callable[[Iterable[Value]], Value]
) -> Value | None:
    """Return the value that the most particular rules give which give one."""
    given = [(rule.rank, found) for rule in rules if (found := value(rule)) is not None]
    if not given:
        return None
    highest = max(rank for rank, _found in given)
    return strictest(found for rank, found in given if rank == highest)


def _most(numbers: Iterable[int]) -> int:
    return max(numbers)


def _least(numbers: Iterable[int]) -> int:
    return min(numbers)


def _strictest(modes: Iterable[str]) -> str:
    return max(modes, key=lambda mode: STRICTNESS.index(Mode(mode)))
