"""Counts what the judge found, hour by hour, after the comments were written: no post waits for a counter (STD-06)."""

import time
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import takewhile

from django.db import transaction
from django.db.models import F

from broadsheet.discussion.models import FindingRow, JudgedHour, JudgedUpTo, Judgement
from broadsheet.kernel.turns import take_turn

DELAY = timedelta(minutes=2)  # after which no judgement with a lower number is written any more
PORTION = 500
KEPT = timedelta(days=60)  # an alarm compares with 28 days
SECONDS = 1.0  # after which the rest waits for the next turn: other periodic work waits meanwhile
Key = tuple[int, datetime, str, str]


def count_findings(*, now: datetime) -> int:
    """Count the judgements that weren't counted yet, each once, and drop counts that nothing asks for any more.

    Return how many were counted.
    """
    began, counted = time.monotonic(), 0
    while portion := _count(now):
        counted += portion
        if time.monotonic() - began > SECONDS:
            break
    JudgedHour.objects.filter(hour__lt=now - KEPT).delete()
    return counted


@transaction.atomic
def _count(now: datetime) -> int:
    take_turn("judge-rates")
    up_to, _made = JudgedUpTo.objects.get_or_create(pk=1)
    rows = Judgement.objects.filter(pk__gt=up_to.judgement_id).order_by("pk")
    columns = rows.values_list("pk", "comment_id", "version", "comment__thread__edition_id", "at", "not_scored")
    # Up to the first that is young: a lower number than its own may still be written.
    found = list(takewhile(lambda row: row[4] <= now - DELAY, columns[:PORTION]))
    if not found:
        return 0
    clauses: dict[tuple[int, int], set[str]] = {}
    named = FindingRow.objects.filter(comment_id__in={row[1] for row in found})
    for comment, version, clause in named.values_list("comment_id", "version", "clause"):
        clauses.setdefault((comment, version), set()).add(clause)
    counts: Counter[Key] = Counter()
    for _pk, comment, version, edition, at, not_scored in found:
        hour = at.replace(minute=0, second=0, microsecond=0)
        counts[edition, hour, "judged", ""] += 1
        counts.update((edition, hour, "clause", code) for code in clauses.get((comment, version), ()))
        counts.update((edition, hour, "failing", name) for name in set(not_scored))
    _add(counts)
    JudgedUpTo.objects.filter(pk=1).update(judgement_id=found[-1][0])
    return len(found)


def _add(counts: Mapping[Key, int]) -> None:
    for (edition, hour, kind, what), found in sorted(counts.items()):
        row, _made = JudgedHour.objects.get_or_create(edition_id=edition, hour=hour, kind=kind, what=what[:60])
        JudgedHour.objects.filter(pk=row.pk).update(found=F("found") + found)
