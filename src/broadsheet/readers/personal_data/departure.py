"""That an account was deleted and until when it can come back."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from broadsheet.kernel.personal_data import Holding, register
from broadsheet.readers.models import Closure, Departure


def _departure(reader_id: int) -> Iterator[dict[str, Any]]:
    for row in Departure.objects.filter(reader_id=reader_id):
        yield {"deleted_at": row.began_at.isoformat(), "can_be_restored_until": row.deadline.isoformat()}
    for closure in Closure.objects.filter(reader_id=reader_id):
        yield {"closed_at": closure.began_at.isoformat(), "kept_until": closure.deadline.isoformat()}


def _nothing(reader_id: int) -> int:
    """Erase nothing: the row is the list of what is to be erased, and ends when all else is (`actions.erase_account`)."""
    return 0


register(
    Holding(
        "readers.departure",
        _("The deletion of your account"),
        ("readers.Departure", "readers.DepartureLink", "readers.Closure"),
        _departure,
        _nothing,
    )
)
