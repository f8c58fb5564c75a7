"""Readers as others see them beside what they wrote."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from broadsheet.kernel.prepared import Prepared
from broadsheet.readers.models import Reader


@dataclass(frozen=True, slots=True)
class Face:
    """Name and picture of an account (the file's name, empty where it has none), and its User ID.

    A deleted one is hidden and has none of them.
    """

    id: int
    name: str
    avatar: str
    is_hidden: bool
    user_id: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """Since when an account is there, and whether it is the newsroom's."""

    registered_at: datetime
    is_staff: bool


_FACES = Prepared(
    lambda numbers: Reader.objects.filter(pk__in=numbers).values_list(
        "pk", "display_name", "avatar", "is_active", "public_id"
    )
)
_ACCOUNT = Prepared(lambda number: Reader.objects.filter(pk=number).values_list("registered_at", "is_staff"))


def faces(reader_ids: Collection[int]) -> dict[int, Face]:
    """Return the readers' faces by number, in one question; who isn't there has none."""
    return {
        number: Face(number, name, avatar, False, str(user_id)) if active else Face(number, "", "", True)
        for number, name, avatar, active, user_id in _FACES.in_parts(set(reader_ids))
    }


def account_of(reader_id: int) -> Account | None:
    """Return since when the account is there and whether it is the newsroom's, in one question."""
    rows = _ACCOUNT(reader_id)
    return Account(*rows[0]) if rows else None
