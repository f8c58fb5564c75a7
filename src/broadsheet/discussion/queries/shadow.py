"""What a rulebook in shadow mode would have made of the comments since (STD-06)."""

from collections.abc import Collection
from dataclasses import dataclass

from broadsheet.discussion.models.fingerprint import ShadowNote
from broadsheet.standards.learning.shadow import Report

SHOWN = 200  # comments that are listed, the newest


def shadow_report(edition_id: int, number: int) -> Report:
    """Return how the version in shadow mode differs from the live one: counts of all, and the newest differing comments."""
    found = Report()
    rows = ShadowNote.objects.filter(edition_id=edition_id, number=number)
    found.judged = rows.count()
    found.failed = rows.filter(failed=True).count()
    for note in rows.filter(differs=True).order_by("-pk").iterator():
        found.differ += 1
        found.moves[note.live_outcome, note.outcome] += 1
        found.only_live.update(set(note.live_clauses) - set(note.clauses))
        found.only_beside.update(set(note.clauses) - set(note.live_clauses))
        if len(found.ids) < SHOWN:
            found.ids.append(note.comment_id)
    return found


@dataclass(frozen=True, slots=True)
class Beside:
    """One comment that went, or would have gone, otherwise: what the live rulebook made of it, and the one in shadow mode."""

    comment_id: int
    live_outcome: str
    live_clauses: tuple[str, ...]
    outcome: str
    clauses: tuple[str, ...]


def differing(edition_id: int, number: int, comment_ids: Collection[int]) -> list[Beside]:
    """Return of these comments how both went, the newest first; of each the last that was noted."""
    rows = ShadowNote.objects.filter(edition_id=edition_id, number=number, differs=True, comment_id__in=comment_ids)
    found: dict[int, Beside] = {}
    for row in rows.order_by("-pk"):
        found.setdefault(
            row.comment_id,
            Beside(
                row.comment_id, row.live_outcome, tuple(row.live_clauses), row.outcome, tuple(row.clauses)
            ),
        )  # fmt: skip
    return list(found.values())
