"""Ends push notifications to a browser, or to all browsers of a reader; as easy as it began (GDPR art. 7(3))."""

from django.db import transaction

from broadsheet.newsroom.queries.editions import editions
from broadsheet.notifications.actions.subscribe_push import purpose_of
from broadsheet.notifications.models import PushSubscription
from broadsheet.notifications.rules.endpoints import digest_of
from broadsheet.readers.actions.withdraw_consent import withdraw_consent


def withdraw_push(*, endpoint: str) -> bool:
    """Forget the browser with this endpoint; return whether it was known."""
    row = PushSubscription.objects.filter(endpoint_digest=digest_of(endpoint)).first()
    if row is None:
        return False
    with transaction.atomic():
        row.delete()
        _end_consent(row.reader_id)
    return True


def withdraw_reader_push(*, reader_id: int) -> int:
    """Forget all browsers of the reader; return how many."""
    with transaction.atomic():
        rows = list(PushSubscription.objects.filter(reader_id=reader_id))
        PushSubscription.objects.filter(pk__in=[row.pk for row in rows]).delete()
        _end_consent(reader_id)
    return len(rows)


def drop_push(*, numbers: list[int]) -> None:
    """Forget subscriptions whose push service says that they are no more; called in a transaction."""
    readers = set(
        PushSubscription.objects.filter(pk__in=numbers, reader_id__isnull=False).values_list("reader_id", flat=True)
    )
    PushSubscription.objects.filter(pk__in=numbers).delete()
    for reader_id in readers:
        _end_consent(reader_id)


def _end_consent(reader_id: int | None) -> None:
    """Let the consent end with the reader's last browser."""
    if reader_id is not None and not PushSubscription.objects.filter(reader_id=reader_id).exists():
        for edition in editions():
            withdraw_consent(reader_id=reader_id, purpose=purpose_of(edition))
