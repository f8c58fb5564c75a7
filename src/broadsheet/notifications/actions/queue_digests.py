"""Queues the digests that are due, in portions: a mail each, where something is new in what its reader follows."""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from broadsheet.kernel import clock
from broadsheet.newsroom.queries.followed import last_published
from broadsheet.notifications.actions.queue_mail import new_message, put_all
from broadsheet.notifications.conf import DIGEST_CLOSE, DIGEST_PAST, DIGEST_PORTION
from broadsheet.notifications.models import MailSubscription, MailTopic, Message, State, Urgency
from broadsheet.notifications.rules.digest_times import next_digest
from broadsheet.notifications.rules.mail_topics import mail_topic_of

DIGEST = "digest"
SECONDS = 1.0  # what waits for the same clock waits no longer
Last = Mapping[tuple[str, int], datetime]


def queue_digests(*, seconds: float = SECONDS, size: int = DIGEST_PORTION) -> int:
    """Queue portions until none is due or the time is over; return how many subscriptions had their turn."""
    end, count, now = time.monotonic() + seconds, 0, clock.now()
    if not MailSubscription.objects.filter(digest_due_at__lte=now).exists():
        return 0
    until = now - DIGEST_CLOSE
    last = last_published(since=until - DIGEST_PAST, until=until)
    while time.monotonic() < end:
        done = _portion(last, until, now, size)
        if not done:
            break
        count += done
    return count


@transaction.atomic
def _portion(last: Last, until: datetime, now: datetime, size: int) -> int:
    """Queue the next digests and move their subscriptions on, both or neither: a killed process repeats nobody."""
    due = MailSubscription.objects.filter(digest_due_at__lte=now).order_by("digest_due_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    rows = list(due[:size])
    topics = _topics(rows)
    new = [row for row in rows if _has_new(row, topics.get(row.pk, []), last)]
    waiting = _waiting(new)
    messages = []
    for row in new:
        since = max(row.digested_until or until, until - DIGEST_PAST)
        if not _widened(waiting.get(_key(row.pk, since)), row, until):
            messages.append(_message(row, since, until))
        row.digested_until = until
    for row in rows:
        row.digest_due_at = next_digest(now, rhythm=row.rhythm, hour=row.hour, weekday=row.weekday, zone=row.zone)
    MailSubscription.objects.bulk_update(rows, ["digest_due_at", "digested_until"])
    put_all(messages)
    return len(rows)


def _topics(rows: Sequence[MailSubscription]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    running = MailTopic.objects.filter(subscription__in=rows, confirmed_at__isnull=False, ended_at=None)
    for number, word in running.values_list("subscription_id", "topic"):
        found.setdefault(number, []).append(word)
    return found


def _has_new(row: MailSubscription, words: Sequence[str], last: Last) -> bool:
    named = (topic for topic in map(mail_topic_of, words) if topic is not None)
    times = (last.get((topic.kind, topic.number)) for topic in named)
    return any(at is not None and (row.digested_until is None or at > row.digested_until) for at in times)


def _key(number: int, until: datetime) -> str:
    """Return the key of the digest that ends at this moment; the next one begins there."""
    return f"{DIGEST}:{number}:{until:%Y%m%dT%H%M%S}.{until:%f}"


def _waiting(rows: Sequence[MailSubscription]) -> dict[str, Message]:
    """Return the digests before these that were not sent yet, since the mail server is down, say."""
    keys = [_key(row.pk, row.digested_until) for row in rows if row.digested_until is not None]
    return {message.key: message for message in Message.objects.filter(key__in=keys, state=State.DUE)}


def _widened(message: Message | None, row: MailSubscription, until: datetime) -> bool:
    """Let a digest that still waits tell of what came meanwhile, instead of a second one; False where none waits."""
    if message is None:
        return False
    values = {**message.values, "until": until.isoformat()}
    still = Message.objects.filter(pk=message.pk, state=State.DUE)
    return still.update(key=_key(row.pk, until), values=values) > 0


def _message(row: MailSubscription, since: datetime, until: datetime) -> Message:
    return new_message(
        key=_key(row.pk, until), purpose=DIGEST, edition=row.edition, language=row.language, urgency=Urgency.LAST,
        values={
            "subscription": row.pk, "topic": DIGEST, "since": since.isoformat(), "until": until.isoformat(),
        },
    )  # fmt: skip
