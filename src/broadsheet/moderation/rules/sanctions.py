"""What counts, as which, and what can still be undone (MOD-04, MOD-06, MOD-07)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal
from broadsheet.moderation.conf import UNDO_FOR
from broadsheet.moderation.rules.decisions import Actor, Role


class Kind(StrEnum):
    """What a sanction does."""

    BLOCK = "block"
    DELETION = "deletion"


class State(StrEnum):
    """How a sanction stands. `undone` and `annulled` ones never were; the others count if they are of a kind that does."""

    RUNNING = "running"
    EXPIRED = "expired"
    RESTORED = "restored"
    UNDONE = "undone"
    ANNULLED = "annulled"


GONE = frozenset({State.UNDONE, State.ANNULLED})


@dataclass(frozen=True, slots=True)
class Sanctioned:
    """One sanction of a reader, as far as counting it asks. `thread` is the one discussion it is for."""

    id: int
    incident: int
    kind: Kind
    thread: int | None
    ends: datetime | None
    state: State

    @property
    def counts(self) -> bool:
        """Whether it is of a kind that counts and wasn't found wrong."""
        return self.thread is None and self.state not in GONE


@dataclass(frozen=True, slots=True)
class Effect:
    """What a reader's sanctions come to at a moment: blocked, until when (None: no end), and the account closed."""

    blocked: bool
    until: datetime | None
    closed: bool


def ordinals(sanctions: Iterable[Sanctioned]) -> dict[int, int]:
    """Return for each incident that counts which it is, from 1 on; several sanctions of one count once."""
    found: dict[int, int] = {}
    for one in sorted(sanctions, key=lambda one: one.id):
        if one.counts:
            found.setdefault(one.incident, len(found) + 1)
    return found


def leaders(sanctions: Iterable[Sanctioned]) -> dict[int, int]:
    """Return for the sanction that stands for each incident that counts, which it is."""
    rows = sorted((one for one in sanctions if one.counts), key=lambda one: one.id)
    numbers = ordinals(rows)
    first: dict[int, int] = {}
    for one in rows:
        first.setdefault(one.incident, one.id)
    return {first[incident]: number for incident, number in numbers.items()}


def next_ordinal(sanctions: Sequence[Sanctioned], incident: int | None) -> int:
    """Return which a sanction that counts would be for that incident, None for a new one: 2 and more are final."""
    numbers = ordinals(sanctions)
    return numbers[incident] if incident in numbers else len(numbers) + 1


def is_final(one: Sanctioned, sanctions: Sequence[Sanctioned]) -> bool:
    """Return whether the sanction is one that nobody can lift: of the second incident that counts, or a later one."""
    return one.counts and ordinals(sanctions)[one.incident] >= 2


def has_final(sanctions: Iterable[Sanctioned]) -> bool:
    """Return whether a second incident counts."""
    return len(ordinals(sanctions)) >= 2


def effect(sanctions: Iterable[Sanctioned], now: datetime) -> Effect:
    """Return what they come to: sanctions for one discussion come to nothing here."""
    running = [
        one for one in sanctions
        if one.thread is None and one.state == State.RUNNING and (one.ends is None or now < one.ends)
    ]  # fmt: skip
    ends = [one.ends for one in running]
    until = None if not ends or None in ends else max(end for end in ends if end is not None)
    return Effect(bool(running), until, any(one.kind == Kind.DELETION for one in running))


def refuse_end(sanctions: Sequence[Sanctioned], incident: int | None, ends: datetime | None) -> Refusal | None:
    """Say why a block that counts can't have an end: the second has none (MOD-04)."""
    if ends is None or next_ordinal(sanctions, incident) < 2:
        return None
    return Refusal(
        "second-has-no-end",
        _("Nothing was decided."),
        _("This is the reader's second block that counts. It has no end, and nobody can lift it."),
        _("Choose a block without an end, or a measure that doesn't count."),
    )


def refuse_restoring(one: Sanctioned, sanctions: Sequence[Sanctioned], now: datetime) -> Refusal | None:
    """Say why a sanction can't be restored: after the second that counts nothing can (MOD-06)."""
    what = _("Nothing was restored.")
    if one.state != State.RUNNING or (one.ends is not None and one.ends <= now):
        return Refusal("not-running", what, _("The sanction has ended."), _("Look at the reader's other sanctions."))
    if one.thread is None and has_final(sanctions):
        return Refusal(
            "second-block",
            what,
            _("After the second block restoration is impossible for everyone."),
            _("A block that was wrong can be annulled, by two persons."),
        )
    return None


def refuse_bringing_back(closed_until: datetime | None, now: datetime) -> Refusal | None:
    """Say why a deleted account can't come back: its 180 days are over, and it is about to be erased (MOD-04)."""
    if closed_until is None or now < closed_until:
        return None
    return Refusal(
        "too-late-to-restore",
        _("Nothing was restored."),
        _("The account was kept for 180 days, and is about to be erased."),
        _("Tell the reader so."),
    )


def refuse_undoing(
    of_decision: Sequence[Sanctioned], sanctions: Sequence[Sanctioned], *, decided_at: datetime, contested_until: datetime,
    by_letter: bool, now: datetime,
) -> Refusal | None:  # fmt: skip
    """Say why a decision can't be reversed: too late, or a sanction of it counts beside a second one (MOD-07).

    By one key that is within 30 days; by a granted letter while the decision can be contested, or the letter came in
    while it could.
    """
    what = _("Nothing was undone.")
    if any(one.counts for one in of_decision) and has_final(sanctions):
        return Refusal(
            "second-block",
            what,
            _("The reader's second block counts, and a block that counts can then no longer be undone."),
            _("Have it annulled, by two persons. Then undo what else was decided."),
        )
    if now >= (contested_until if by_letter else decided_at + UNDO_FOR):
        return Refusal(
            "too-late-to-undo",
            what,
            _("A decision can be undone for 30 days, and by a granted letter while it can be contested."),
            _("A block that was wrong can be annulled, by two persons."),
        )
    return None


def refuse_annulling(one: Sanctioned) -> Refusal | None:
    """Say why a sanction can't be annulled: only one that counts can, whatever became of it, and once."""
    if one.counts:
        return None
    why = _("It doesn't count: it is for one discussion, or was undone or annulled before.")
    return Refusal("nothing-to-annul", _("Nothing was annulled."), why, _("Undo the decision instead."))


def refuse_confirming(asked: Actor, by: Actor) -> Refusal | None:
    """Say why this person can't confirm an annulment: another one must, and one of the two is a chief (MOD-06)."""
    what, remedy = _("Nothing was annulled."), _("Ask a colleague to confirm it.")
    if asked.reader_id == by.reader_id:
        return Refusal("same-person", what, _("The one who asks can't confirm: it takes two persons."), remedy)
    if Role.CHIEF not in {asked.role, by.role}:
        return Refusal("no-chief", what, _("One of the two must be a chief."), _("Ask a chief to confirm it."))
    return None
