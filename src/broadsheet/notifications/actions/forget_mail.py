"""Forgets what nobody confirmed, what ended long ago, and addresses that nothing is left of (GDPR art. 5(1)(e))."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from broadsheet.kernel.personal_data import delete_portion
from broadsheet.notifications.conf import CONFIRM_MAIL, KEEP_ENDED_TOPICS
from broadsheet.notifications.models import MailSubscription, MailTopic


def forget_mail(*, now: datetime, most: int = 50_000) -> int:
    """Remove topics whose link no longer works, those that ended 30 days ago, and subscriptions without topics."""
    count = 0
    old = (
        MailTopic.objects.filter(confirmed_at=None, consented_at__lt=now - CONFIRM_MAIL),
        MailTopic.objects.filter(ended_at__lt=now - KEEP_ENDED_TOPICS),
    )
    for rows in old:
        while count < most and (gone := delete_portion(rows)):
            count += gone
    while count < most and (gone := _portion()):
        count += gone
    return count


def forget_mail_of(*, rows: QuerySet[MailSubscription]) -> int:
    """Remove a portion of these subscriptions with their topics; return how many."""
    return delete_portion(rows)


@transaction.atomic
def _portion(size: int = 100) -> int:
    """Remove subscriptions that have no topic, none of which is getting one just now."""
    empty = MailSubscription.objects.filter(~Exists(MailTopic.objects.filter(subscription=OuterRef("pk"))))
    numbers = list(empty.select_for_update().order_by("pk").values_list("pk", flat=True)[:size])
    return empty.filter(pk__in=numbers).delete()[0] if numbers else 0
