"""Tells those who follow a discussion that there are new comments: one notice each, however many there are (DIS-10)."""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from broadsheet.discussion.queries.addresses import comment_path
from broadsheet.discussion.queries.comment_facts import CommentRow, comment_rows
from broadsheet.discussion.queries.following import followers_of, ignoring
from broadsheet.notifications.actions.discussion_mail import CHOICES, FOLLOWED, queue_discussion_mail
from broadsheet.notifications.actions.ring import new_notice, ring_all
from broadsheet.notifications.conf import MOST_NEWS, NEWS_PAUSE, NEWS_PORTION
from broadsheet.notifications.models import Notice, ThreadNews
from broadsheet.readers.conf import MAIL, NOTHING
from broadsheet.readers.queries.choices import ways_of

SECONDS = 1.0  # what waits for the same clock waits no longer
MOST_WAITING = 2_000  # comments of one round; of more, the newest are told


@transaction.atomic
def note_news(*, thread_id: int, comment_id: int, now: datetime) -> bool:
    """Let the followers of the discussion be told of the comment soon; return False where nobody follows it."""
    if not followers_of(thread_id, limit=1):
        return False
    ThreadNews.objects.get_or_create(thread_id=thread_id)
    news = ThreadNews.objects.select_for_update().get(pk=thread_id)
    if comment_id not in news.waiting:
        news.waiting = [*news.waiting, comment_id][-MOST_WAITING:]
    if news.due_at is None:
        news.due_at = max(now, news.told_at + NEWS_PAUSE) if news.told_at else now
    news.save(update_fields=["waiting", "due_at"])
    return True


def tell_news(*, now: datetime, seconds: float = SECONDS) -> int:
    """Tell portions of what is due until all know or the time is over; return how many readers were told."""
    end, told = time.monotonic() + seconds, 0
    for thread_id in ThreadNews.objects.filter(due_at__lte=now).order_by("due_at").values_list("pk", flat=True):
        while time.monotonic() < end:
            found = _portion(thread_id, now)
            if found is None:
                break
            told += found
    return told


@transaction.atomic
def _portion(thread_id: int, now: datetime) -> int | None:
    """Tell the next followers and return how many rang; None where the round is over."""
    news = ThreadNews.objects.select_for_update().filter(pk=thread_id, due_at__lte=now).first()
    if news is None:
        return None
    if not news.telling:
        news.telling, news.waiting, news.after = news.waiting, [], 0
    readers = followers_of(thread_id, after=news.after, limit=NEWS_PORTION) if news.telling else []
    if not readers:
        news.telling, news.after, news.told_at = [], 0, now
        news.due_at = now + NEWS_PAUSE if news.waiting else None
        news.save()
        return None
    rang = _tell(thread_id, readers, news.telling, now)
    news.after = readers[-1]
    news.save(update_fields=["telling", "waiting", "after"])
    return rang


def _tell(thread_id: int, readers: Sequence[int], numbers: Sequence[int], now: datetime) -> int:
    """Ring for those to whom something is new: a notice that was seen gives way, one that wasn't tells of more."""
    comments = [one for one in comment_rows(numbers) if one.state == "visible"]
    answered = {one.id: one.author_id for one in comment_rows([one.parent_id for one in comments if one.parent_id])}
    ignored = ignoring(readers, {one.author_id for one in comments if one.author_id})
    ways = ways_of(readers, CHOICES[FOLLOWED])
    key = f"followed:{thread_id}"
    before = {one.reader_id: one for one in Notice.objects.filter(reader_id__in=readers, key=key)}
    notices, gone = [], []
    for reader_id in readers:
        new = [one.id for one in comments if _is_new(one, reader_id, answered, ignored)]
        if not new or ways[reader_id] == NOTHING:
            continue
        old = before.get(reader_id)
        values = _values(thread_id, old.values if old is not None and old.seen_at is None else {}, new)
        if values is None:
            continue
        gone += [old.pk] if old is not None else []
        path = comment_path(values["comments"][0])
        notices.append(new_notice(reader_id=reader_id, kind=FOLLOWED, key=key, values=values, path=path))
    Notice.objects.filter(pk__in=gone).delete()
    ring_all(notices)
    wanted = [one.reader_id for one in notices if ways[one.reader_id] == MAIL]
    queue_discussion_mail(purpose=FOLLOWED, reader_ids=wanted, thread_id=thread_id, comment_id=max(numbers), now=now)
    return len(notices)


def _is_new(
    comment: CommentRow, reader_id: int, answered: Mapping[int, int | None], ignored: set[tuple[int, int]]
) -> bool:
    """Return whether the reader is told of it here: not of an own one, nor of an answer, which has its own notice."""
    if comment.author_id is None or comment.author_id == reader_id or (reader_id, comment.author_id) in ignored:
        return False
    return comment.parent_id is None or answered.get(comment.parent_id) != reader_id


def _values(thread_id: int, before: Mapping[str, Any], new: Sequence[int]) -> dict[str, Any] | None:
    """Return what the notice tells now; None where it tells all of it already."""
    known = list(before.get("comments", []))
    added = [number for number in new if number not in known]
    if not added:
        return None
    numbers = known + added
    more = before.get("more", 0) + max(0, len(numbers) - MOST_NEWS)
    return {"thread": thread_id, "comments": numbers[:MOST_NEWS], "more": more}
