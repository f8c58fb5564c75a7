"""Remembers that a reader refused push notifications of an edition, so that the dialog doesn't come back."""

from broadsheet.kernel import clock
from broadsheet.notifications.models import PushRefusal


def refuse_push(*, reader_id: int, edition: str) -> None:
    """Note it, once."""
    PushRefusal.objects.get_or_create(reader_id=reader_id, edition=edition, defaults={"at": clock.now()})
