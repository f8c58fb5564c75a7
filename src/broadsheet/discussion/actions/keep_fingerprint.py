"""Keeps what the judge leaves behind of a comment: its fingerprint, and what a rulebook in shadow mode said of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from broadsheet.discussion.engines.judges import Judged
from broadsheet.discussion.engines.nearby import WITHIN
from broadsheet.discussion.models.fingerprint import CommentFingerprint, FlashMob, ShadowNote
from broadsheet.kernel.inserting import insert

KEPT = 2 * WITHIN  # a copy is compared with what is up to 72 hours older, and the delivery of facts may be late
NOTES_KEPT = timedelta(days=90)  # trials last days
PORTION = 2_000  # rows that are dropped at once


def keep_fingerprint(
    *, comment_id: int, edition_id: int, judged: Judged, at: datetime, is_edited: bool = False
) -> None:
    """Keep both; called in the transaction that writes the comment or its new text.

    An edited comment has a new row and keeps its mob, if it has one.
    """
    mob_id = None
    if is_edited:
        before = CommentFingerprint.objects.filter(comment_id=comment_id)
        mob_id = before.values_list("mob_id", flat=True).first()
        before.delete()
    if judged.fingerprint is not None:
        insert(CommentFingerprint(comment_id=comment_id, at=at, data=judged.fingerprint.to_bytes(), mob_id=mob_id))
    if judged.beside is not None:
        _note(comment_id, edition_id, judged, at)


def forget_fingerprints(*, comment_ids: Iterable[int]) -> None:
    """Leave nothing of these comments' texts here: their author is erased."""
    numbers = list(comment_ids)
    CommentFingerprint.objects.filter(comment_id__in=numbers).delete()
    ShadowNote.objects.filter(comment_id__in=numbers).delete()


def prune_fingerprints(*, now: datetime) -> int:
    """Drop what nothing can be a copy of any more, a portion of it; return how many rows went."""
    old = CommentFingerprint.objects.filter(at__lt=now - KEPT).order_by("pk").values_list("pk", flat=True)[:PORTION]
    gone = CommentFingerprint.objects.filter(pk__in=list(old)).delete()[0]
    gone += FlashMob.objects.filter(last_at__lt=now - KEPT).delete()[0]
    notes = ShadowNote.objects.filter(at__lt=now - NOTES_KEPT).order_by("pk").values_list("pk", flat=True)[:PORTION]
    return int(gone + ShadowNote.objects.filter(pk__in=list(notes)).delete()[0])


def _note(comment_id: int, edition_id: int, judged: Judged, at: datetime) -> None:
    beside = judged.beside
    if beside is None:
        return
    ShadowNote.objects.create(
        comment_id=comment_id,
        edition_id=edition_id,
        number=beside.number,
        at=at,
        failed=beside.verdict is None,
        differs=beside.differs,
        live_outcome=judged.verdict.outcome,
        live_clauses=sorted({one.clause for one in judged.verdict.findings}),
        outcome=beside.verdict.outcome if beside.verdict is not None else "",
        clauses=sorted({one.clause for one in beside.verdict.findings}) if beside.verdict is not None else [],
    )
