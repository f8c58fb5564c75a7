"""Ends mail to an address: of one topic, of the digest, of everything; as easy as it began (GDPR art. 7(3))."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from broadsheet.kernel import clock
from broadsheet.notifications.actions.confirm_mail import consent_to, purpose_of
from broadsheet.notifications.actions.plan_digest import locked, plan_digest
from broadsheet.notifications.conf import KEEP_ENDED_TOPICS
from broadsheet.notifications.models import MailSubscription
from broadsheet.notifications.rules.mail_topics import is_digested
from broadsheet.readers.actions.withdraw_consent import withdraw_consent


def end_mail_topic(subscription_id: int, topic: str) -> int:
    """End mail of this topic to the subscription; return how many topics ended, none where it had ended before."""
    return end_mail(subscription_id=subscription_id, topics=[topic])


def end_digest(subscription_id: int) -> int:
    """End every topic of the subscription whose articles come in the digest; return how many topics ended."""
    return end_mail(subscription_id=subscription_id, digested=True)


@transaction.atomic
def end_mail(*, subscription_id: int, topics: Collection[str] | None = None, digested: bool = False) -> int:
    """End these topics, all of the digest, or all there are; return how many ended, and forget what wasn't confirmed.

    What ended lies there for 30 days, in which `take_back` undoes it.
    """
    row = locked(subscription_id)
    if row is None:
        return 0
    rows = row.topics.filter(ended_at=None)
    if topics is not None:
        rows = rows.filter(topic__in=list(topics))
    words = [word for word in rows.values_list("topic", flat=True) if not digested or is_digested(word)]
    now = clock.now()
    rows.filter(topic__in=words, confirmed_at=None).delete()
    ended = row.topics.filter(topic__in=words, ended_at=None).update(ended_at=now)
    if row.reader_id is not None:
        for word in words:
            withdraw_consent(reader_id=row.reader_id, purpose=purpose_of(word))
    plan_digest(row=row, now=now)
    return ended


@transaction.atomic
def take_back(*, subscription_id: int, topics: Collection[str], now: datetime) -> int:
    """Let topics that ended in the last 30 days run again under the consent they had; return how many do."""
    row = locked(subscription_id)
    if row is None or row.confirmed_at is None:
        return 0
    rows = row.topics.filter(
        topic__in=list(topics), confirmed_at__isnull=False, ended_at__gt=now - KEEP_ENDED_TOPICS
    )  # fmt: skip
    words = list(rows.values_list("topic", flat=True))
    rows.update(ended_at=None)
    consent_to(row=row, words=words)
    plan_digest(row=row, now=now)
    return len(words)


def end_reader_mail(*, reader_id: int) -> int:
    """End all mail that the account subscribed to; return how many topics ended."""
    numbers = list(MailSubscription.objects.filter(reader_id=reader_id).values_list("pk", flat=True))
    return sum(end_mail(subscription_id=number) for number in numbers)
