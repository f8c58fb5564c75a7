"""Brings the memory of fingerprints up to what is committed, whichever process wrote it; and tells of flash mobs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from broadsheet.discussion.engines.nearby import MOST, WITHIN, Row, nearby
from broadsheet.discussion.models.fingerprint import CommentFingerprint, FlashMob
from broadsheet.kernel.prepared import LONGEST, Prepared
from broadsheet.standards.clusters import Comment
from broadsheet.standards.text.fingerprint import Fingerprint


@dataclass(frozen=True, slots=True)
class MobView:
    """A flash mob as it is now: its comments in the order in which they came."""

    id: int
    first_at: datetime
    last_at: datetime
    comment_ids: tuple[int, ...]


_COLUMNS = ("pk", "comment_id", "data", "at", "comment__thread_id", "comment__author_id")
_SINCE = Prepared(
    lambda since, last: (
        CommentFingerprint.objects.filter(at__gt=since, pk__gt=last).order_by("-pk").values_list(*_COLUMNS)[:MOST]
    )
)
_MOBS = Prepared(
    lambda numbers: CommentFingerprint.objects.filter(comment_id__in=numbers, mob__isnull=False).values_list(
        "comment_id", "mob_id"
    )
)
_HOLES = Prepared(
    lambda since, numbers: CommentFingerprint.objects.filter(at__gt=since, pk__in=numbers).values_list(*_COLUMNS)
)


def catch_up(now: datetime) -> None:
    """Let this process know the fingerprints that were committed since it last asked; one question, and another
    for each few hundred numbers that were passed over.

    The first time it reads the newest of the last 72 hours, up to as many as it keeps.
    """
    last, holes = nearby.wanted()
    found = _SINCE(now - WITHIN, last)
    for start in range(0, len(holes), LONGEST):
        found += _HOLES(now - WITHIN, holes[start : start + LONGEST])
    nearby.take((row for one in found if (row := _row(one)) is not None), now)


def mobs_of(comment_ids: Iterable[int]) -> dict[int, int]:
    """Return the flash mob of each of these comments that belongs to one."""
    return dict(_MOBS.in_parts(set(comment_ids)))


def flash_mob(mob_id: int) -> MobView | None:
    """Return the flash mob with all its comments whose fingerprints are still there; None where it is gone."""
    mob = FlashMob.objects.filter(pk=mob_id).first()
    if mob is None:
        return None
    numbers = CommentFingerprint.objects.filter(mob_id=mob_id).order_by("comment_id")
    return MobView(mob.pk, mob.first_at, mob.last_at, tuple(numbers.values_list("comment_id", flat=True)))


def _row(columns: tuple[Any, ...]) -> Row | None:
    """Return the row as it is remembered; None for one that another version of this program wrote in another form."""
    number, comment_id, data, at, thread_id, author_id = columns
    try:
        fingerprint = Fingerprint.from_bytes(bytes(data))
    except ValueError:
        return None
    author = author_id or f"erased-{comment_id}"
    return Row(number, Comment(str(comment_id), str(author), str(thread_id), at, fingerprint))
