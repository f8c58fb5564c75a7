"""An account as whoever decides about its conduct sees it: no address, no name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from broadsheet.readers.models import Closure, Departure, Reader
from broadsheet.readers.queries.retention import is_erased


@dataclass(frozen=True, slots=True)
class Conducted:
    """An account: its User ID and language, and whether it is there, deleted by its owner or closed by moderators."""

    reader_id: int
    user_id: str
    language: str
    state: Literal["there", "deleted", "closed", "erased"]
    of_newsroom: bool
    active: bool  # whether it can be logged in to
    blocked: bool
    blocked_until: datetime | None
    closed_until: datetime | None  # brought back while now < that


def conducted(reader_id: int) -> Conducted | None:
    """Return the account; None where there never was one of that number."""
    reader = Reader.objects.filter(pk=reader_id).first()
    if reader is None:
        return None
    closures = Closure.objects.filter(reader=reader)
    return Conducted(
        reader.pk, reader.public_id, reader.language, _state(reader), reader.is_staff or reader.is_superuser, reader.is_active,
        bool(reader.block), reader.blocked_until, closures.values_list("deadline", flat=True).first(),
    )  # fmt: skip


def _state(reader: Reader) -> Literal["there", "deleted", "closed", "erased"]:
    if is_erased(reader):
        return "erased"
    if Closure.objects.filter(reader=reader).exists():
        return "closed"
    return "deleted" if Departure.objects.filter(reader=reader).exists() else "there"
