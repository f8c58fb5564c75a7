"""The versions of an edition's rulebook as chiefs see them: the draft, the one in shadow mode, those that judged (STD-06)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from broadsheet.kernel.errors import Refusal
from broadsheet.newsroom.conf import RulebookState
from broadsheet.newsroom.engines.standards_text import changed_tables, changes_of_folder
from broadsheet.newsroom.models import RulebookVersion
from broadsheet.newsroom.queries.rulebook_drafts import candidate, composed
from broadsheet.newsroom.queries.rulebooks import lowered_clauses, rulebook_now, rulebook_version
from broadsheet.newsroom.rules.rulebooks import refuse_switch
from broadsheet.standards.rulebook import Change, Tables, changes_between, diff, digest_of, laid_over, tables_of


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version that is or was live; `changes` is what it said otherwise than the one before it."""

    number: int
    live: bool
    since: datetime | None
    by_id: int | None
    why: str
    changes: tuple[Change, ...] = field(default=(), repr=False)


def rulebook_in(edition_id: int, state: RulebookState) -> RulebookVersion | None:
    """Return the edition's draft, or its version in shadow mode, or the live one."""
    return RulebookVersion.objects.filter(edition_id=edition_id, state=state).first()


def judged_versions(edition_id: int) -> list[VersionView]:
    """Return the versions that are or were live, the newest first, without their differences."""
    rows = RulebookVersion.objects.filter(edition_id=edition_id, effective_at__isnull=False).order_by("-number")
    columns = rows.only("number", "state", "effective_at", "by_id", "why")
    return [
        VersionView(row.number, row.state == RulebookState.LIVE, row.effective_at, row.by_id, row.why)
        for row in columns
    ]


def judged_version(edition_id: int, number: int) -> VersionView | None:
    """Return the version with what it said otherwise than the one it followed; None where it was never live."""
    row = RulebookVersion.objects.filter(edition_id=edition_id, number=number, effective_at__isnull=False).first()
    if row is None:
        return None
    here, before = rulebook_version(edition_id, number), rulebook_version(edition_id, row.after)
    changes = told_changes(diff(before.rulebook, here.rulebook)) if here is not None and before is not None else ()
    live = row.state == RulebookState.LIVE
    return VersionView(number, live, row.effective_at, row.by_id, row.why, changes)


def told_changes(changes: list[Change] | tuple[Change, ...]) -> tuple[Change, ...]:
    """Return the differences that tell a person something: not those of version numbers and dates."""
    return tuple(one for one in changes if not one.field.startswith(("version", "effective", "variables.")))


def tables_in_draft(version: RulebookVersion) -> Tables:
    """Return all files of the rulebook as the draft has them; `RulebookError` where a change has no place."""
    return changed_tables(version.changes)


def least_changes(tables: Tables) -> dict[str, Any]:
    """Return what these files say otherwise than the shipped ones: all that a draft stores."""
    shipped = tables_of()
    changes = changes_between(shipped, tables)
    laid_over(shipped, changes)  # raises where a file has no place
    return changes


def seal_of(version: RulebookVersion) -> str:
    """Return what a trial of the version is of: its changes and heads, and the live rulebook it would follow.

    It stays the same from day to day, and when the draft goes into shadow mode.
    """
    live, lowered = rulebook_now(version.edition_id), sorted(lowered_clauses(version.edition_id))
    return digest_of(version.changes, {"heads": version.heads, "live": live.digest, "lowered": lowered})


def judged_before(version: RulebookVersion) -> bool:
    """Return whether a version that was live said just the same: then going back to it needs no trial."""
    if (version.changes, version.heads) == (changes_of_folder(), {}):
        return True
    rows = RulebookVersion.objects.filter(edition_id=version.edition_id, effective_at__isnull=False, base=version.base)
    return any((row.changes, row.heads) == (version.changes, version.heads) for row in rows)


def as_version(edition_id: int, number: int, changes: dict[str, Any], heads: dict[str, str]) -> RulebookVersion:
    """Return a version that says this, and is stored nowhere: what a trial is of, whatever becomes of the draft."""
    return RulebookVersion(edition_id=edition_id, number=number, changes=changes, heads=heads)


def refusal_of_switch(version: RulebookVersion, today: date) -> Refusal | None:
    """Return why the version can't be switched on, whatever a trial says; None where it can."""
    return refuse_switch(candidate(version, composed(version, today)))
