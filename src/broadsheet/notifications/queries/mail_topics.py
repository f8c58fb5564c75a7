"""Who gets mail of which topic."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from broadsheet.notifications.models import MailSubscription, MailTopic


@dataclass(frozen=True, slots=True)
class Subscriber:
    """An address that is sent to: confirmed, and not stopped."""

    id: int
    address: str
    language: str
    edition: str
    reader_id: int | None


def confirmed_of(topics: Sequence[str], *, after: int = 0, limit: int) -> list[Subscriber]:
    """Return the next who get mail of one of the topics, each once, by ascending number beyond `after`."""
    numbers = _rows(topics).filter(subscription_id__gt=after).order_by("subscription_id")
    wanted = list(numbers.values_list("subscription_id", flat=True).distinct()[:limit])
    rows = MailSubscription.objects.filter(pk__in=wanted).order_by("pk")
    return [Subscriber(row.pk, row.address, row.language, row.edition, row.reader_id) for row in rows]


def reach_of(topics: Sequence[str]) -> int:
    """Return how many addresses get mail of one of the topics."""
    return _rows(topics).values("subscription_id").distinct().count()


def _rows(topics: Sequence[str]) -> QuerySet[MailTopic]:
    return MailTopic.objects.filter(
        topic__in=list(topics),
        confirmed_at__isnull=False,
        ended_at__isnull=True,
        subscription__confirmed_at__isnull=False,
        subscription__stopped_at__isnull=True,
    )
