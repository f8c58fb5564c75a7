"""Which mode holds for a thread at a moment: the most particular rule wins, of equals the strictest (DIS-06)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TypeVar

from broadsheet.discussion.conf import Mode, Scope
from broadsheet.discussion.rules.weeks import Weekly

STRICTNESS = (Mode.OPEN, Mode.PREMODERATED, Mode.TRUSTED, Mode.CLOSED)
_SCOPES = tuple(Scope.values)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about modes; what is empty it leaves open. `weekdays`: 0 is Monday; times are those of the edition.

    `unstaffed`: it holds only while nobody is on duty. From `expires_at` on it holds no longer. `number` names it.
    """

    scope: str
    mode: str = ""
    slow_seconds: int | None = None
    shield_hours: int | None = None
    close_after_days: int | None = None
    weekdays: tuple[int, ...] = ()
    begins: time | None = None
    ends: time | None = None
    unstaffed: bool = False
    expires_at: datetime | None = None
    number: int = field(default=0, compare=False)

    @property
    def week(self) -> Weekly:
        """When in the week it holds."""
        return Weekly(self.weekdays, self.begins, self.ends)

    @property
    def rank(self) -> tuple[int, bool]:
        """How particular it is: by what it is about, and one that holds for a time before one that always does."""
        return _SCOPES.index(self.scope), not self.week.always or self.unstaffed or self.expires_at is not None


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


@dataclass(frozen=True, slots=True)
class Weighed:
    """What holds, and the rules that say so, None where the thread's own setting does, or nothing."""

    now: ModeNow
    mode_by: Rule | None = None
    slow_by: Rule | None = None
    shield_by: Rule | None = None
    closes_by: Rule | None = None


def mode_at(
    rules: Sequence[Rule], own: Own, published_at: datetime | None, local: datetime, *, staffed: bool = True
) -> ModeNow:
    """Return what holds at the moment `local`, an aware time in the zone of the article's edition.

    A thread that has come to its closing time is closed, whatever else is set.
    """
    return weigh(rules, own, published_at, local, staffed=staffed).now


def weigh(
    rules: Sequence[Rule], own: Own, published_at: datetime | None, local: datetime, *, staffed: bool = True
) -> Weighed:
    """Return what holds at the moment and why; `staffed`: whether somebody of the edition is on duty then.

    A shield with an end is there for an emergency: neither a more particular rule nor the thread's own shortens it.
    """
    now = [rule for rule in rules if in_time(rule, local, staffed=staffed)]
    mode, mode_by = _of(now, _mode, _strictest)
    if own.mode:
        mode, mode_by = own.mode, None
    slow, slow_by = _of(now, lambda rule: rule.slow_seconds, _most)
    if own.slow_seconds is not None:
        slow, slow_by = own.slow_seconds, None
    shield, shield_by = _of(now, lambda rule: rule.shield_hours, _most)
    if own.shield_hours is not None:
        shield, shield_by = own.shield_hours, None
    for rule in now:
        if rule.expires_at is not None and (rule.shield_hours or 0) > (shield or 0):
            shield, shield_by = rule.shield_hours, rule
    days, closes_by = _of(now, lambda rule: rule.close_after_days, _least)
    closes_at = own.closes_at
    if closes_at is None and days is not None and published_at is not None:
        closes_at = published_at + timedelta(days=days)
    elif closes_at is not None:
        closes_by = None
    if closes_at is not None and local >= closes_at:
        mode, mode_by = Mode.CLOSED, closes_by
    found = ModeNow(str(mode or Mode.OPEN), timedelta(seconds=slow or 0), timedelta(hours=shield or 0), closes_at)
    return Weighed(found, mode_by, slow_by, shield_by, closes_by)


def in_time(rule: Rule, local: datetime, *, staffed: bool = True) -> bool:
    """Say whether the rule holds at the moment: by its schedule, its end, and who is on duty."""
    if rule.expires_at is not None and local >= rule.expires_at:
        return False
    return not (rule.unstaffed and staffed) and rule.week.holds(local)


def next_change(state: Callable[[datetime], object], moments: Iterable[datetime], now: datetime) -> datetime | None:
    """Return the first of the moments at which something else holds than now, None where nothing changes by then."""
    present = state(now)
    return next((at for at in sorted(moments) if at > now and state(at) != present), None)


def _of(
    rules: Sequence[Rule], value: Callable[[Rule], Value | None], strictest: Callable[[Iterable[Value]], Value]
) -> tuple[Value, Rule] | tuple[None, None]:
    """Return the value that the most particular rules give which give one, and the rule that gives it."""
    given = [(rule.rank, found, rule) for rule in rules if (found := value(rule)) is not None]
    if not given:
        return None, None
    highest = max(rank for rank, _found, _rule in given)
    chosen = strictest(found for rank, found, _rule in given if rank == highest)
    return chosen, next(rule for rank, found, rule in given if rank == highest and found == chosen)


def _mode(rule: Rule) -> str | None:
    return rule.mode or None


def _most(numbers: Iterable[int]) -> int:
    return max(numbers)


def _least(numbers: Iterable[int]) -> int:
    return min(numbers)


def _strictest(modes: Iterable[str]) -> str:
    return max(modes, key=lambda mode: STRICTNESS.index(Mode(mode)))
