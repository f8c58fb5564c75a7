"""What a rulebook in shadow mode would have made of the comments since (STD-06)."""

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
