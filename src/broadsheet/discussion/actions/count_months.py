"""Counts the comments of each month after they were posted: no post waits for a counter (MOD-11)."""

import time
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from typing import Any

from django.db import transaction
from django.db.models import F

from broadsheet.discussion.facts import CommentPosted
from broadsheet.discussion.models import Comment, CommentMonth, MonthsUpTo
from broadsheet.kernel.models import FactRecord
from broadsheet.kernel.turns import take_turn
from broadsheet.newsroom.queries.editions import editions

DELAY = timedelta(minutes=2)  # after which no fact with a lower number is written any more
PORTION = 1000
SECONDS = 1.0  # after which the rest waits for the next turn: other periodic work waits meanwhile
Month = tuple[int, date]


def count_months(*, now: datetime) -> int:
    """Count the comments that weren't counted yet, each once; return how many those were."""
    began, counted = time.monotonic(), 0
    while (portion := _count(now)) is not None:
        counted += portion
        if time.monotonic() - began > SECONDS:
            break
    return counted


@transaction.atomic
def _count(now: datetime) -> int | None:
    """Count those of a portion of facts; None where no fact is old enough."""
    take_turn("comment-months")
    up_to, _made = MonthsUpTo.objects.get_or_create(pk=1)
    rows = FactRecord.objects.filter(pk__gt=up_to.fact_id).order_by("pk").values_list("pk", "name", "payload", "at")
    found = list(takewhile(lambda row: row[3] <= now - DELAY, rows[:PORTION]))
    if not found:
        return None
    posted = [payload for _pk, name, payload, _at in found if name == CommentPosted.__name__]
    months = _months(posted)
    waited = [one["comment_id"] for one in posted if one["state"] == "held"]
    held = Counter(months[number] for number in waited if number in months)
    for (edition, month), number in sorted(Counter(months.values()).items()):
        row, _made = CommentMonth.objects.get_or_create(edition_id=edition, month=month)
        more = {"posted": F("posted") + number, "held": F("held") + held[edition, month]}
        CommentMonth.objects.filter(pk=row.pk).update(**more)
    MonthsUpTo.objects.filter(pk=1).update(fact_id=found[-1][0])
    return len(months)


def _months(posted: Iterable[dict[str, Any]]) -> dict[int, Month]:
    """Return of each comment that is there its edition and the month in which it was posted, in the edition's zone."""
    zones = {edition.id: edition.zone for edition in editions()}
    editions_of = {one["comment_id"]: one["edition_id"] for one in posted}
    times = Comment.objects.filter(pk__in=list(editions_of)).values_list("pk", "created_at")
    return {
        number: (editions_of[number], at.astimezone(zones.get(editions_of[number], UTC)).date().replace(day=1))
        for number, at in times
    }
