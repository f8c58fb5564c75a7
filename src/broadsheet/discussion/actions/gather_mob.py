"""Puts comments that many accounts post alike into flash mobs, so that the desk decides them as one."""

from collections import Counter
from datetime import datetime

from django.db import transaction

from broadsheet.discussion.engines.nearby import RULE, nearby
from broadsheet.discussion.facts import FlashMobSeen
from broadsheet.discussion.models.fingerprint import CommentFingerprint, FlashMob
from broadsheet.discussion.queries.nearby import catch_up, mobs_of
from broadsheet.discussion.rules.mobs import joined
from broadsheet.kernel.facts import announce
from broadsheet.kernel.prepared import Prepared, PreparedObjects
from broadsheet.kernel.turns import take_turn
from broadsheet.standards.clusters import Comment

_FOUND = PreparedObjects(CommentFingerprint, lambda numbers: CommentFingerprint.objects.filter(comment_id__in=numbers))
_MOB = PreparedObjects(FlashMob, lambda number: FlashMob.objects.filter(pk=number))
_THREADS = Prepared(
    lambda numbers: CommentFingerprint.objects.filter(comment_id__in=numbers).values_list("comment__thread_id")
)


def gather_mob(*, comment_id: int, now: datetime) -> int | None:
    """Put the comment into the flash mob that it belongs to, and return that; None where it belongs to none.

    Announced are the comments that came to the mob: all of it where it is found, later each by itself, so that no
    comment waits beside the others. Repeated, it changes nothing.
    """
    catch_up(now)
    own = nearby.known(str(comment_id))
    if own is None:
        return None
    near = _near(own)
    if len(near) + 1 < RULE.comments:
        return None
    mob_id = _mob_of(near)
    if mob_id is None and len(before := _near(own, earlier=True)) + 1 >= RULE.comments:
        mob_id = _mob_of(before)  # those after it are still to be looked at, where many came at once
    members = [comment_id] if mob_id is not None else _cluster(comment_id)
    return _gathered(members, mob_id, now) if members else None


def _near(own: Comment, *, earlier: bool = False) -> list[int]:
    return [int(one.id) for one in nearby.near(own.fingerprint, own.at, earlier=earlier) if one.id != own.id]


def _mob_of(near: list[int]) -> int | None:
    return joined(Counter(mobs_of(near).values()), len(near))


def _cluster(comment_id: int) -> list[int]:
    """Return the comments of the cluster around it, where that is a flash mob."""
    cluster = nearby.cluster_of(str(comment_id))
    return [int(one.id) for one in cluster.comments] if cluster is not None and cluster.is_flash_mob else []


@transaction.atomic
def _gathered(members: list[int], mob_id: int | None, now: datetime) -> int | None:
    take_turn("flash-mobs")
    found = _FOUND(members)
    if not found:
        return None  # dropped meanwhile
    known = mob_id or min((row.mob_id for row in found if row.mob_id is not None), default=None)
    mob = next(iter(_MOB(known)), None) if known is not None else None
    times = [row.at for row in found]
    if mob is None:
        mob = FlashMob.objects.create(first_at=min(times), last_at=max(times))
    newcomers = sorted(row.comment_id for row in found if row.mob_id is None)
    CommentFingerprint.objects.filter(comment_id__in=newcomers, mob=None).update(mob=mob)
    mob.first_at, mob.last_at = min(mob.first_at, *times), max(mob.last_at, *times)
    if newcomers:
        mob.announced += len(newcomers)
        _tell(mob.pk, newcomers, now)
    mob.save()
    return mob.pk


def _tell(mob_id: int, comment_ids: list[int], now: datetime) -> None:
    threads = {thread for (thread,) in _THREADS(comment_ids)}
    announce(FlashMobSeen(mob_id=mob_id, comment_ids=tuple(comment_ids), thread_ids=tuple(sorted(threads)), at=now))
