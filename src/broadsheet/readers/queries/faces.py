"""Readers as others see them beside what they wrote."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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


FACE_FIELDS = ("display_name", "avatar", "is_active", "public_id")
"""The columns of an account that `face_of` needs, for those who ask for them together with what is their own."""

_FACES = Prepared(lambda numbers: Reader.objects.filter(pk__in=numbers).values_list("pk", *FACE_FIELDS))
_ACCOUNT = Prepared(lambda number: Reader.objects.filter(pk=number).values_list("registered_at", "is_staff"))


def faces(reader_ids: Collection[int]) -> dict[int, Face]:
    """Return the readers' faces by number, in one question; who isn't there has none."""
    return {number: face_of(number, *columns) for number, *columns in _FACES.in_parts(set(reader_ids))}


def face_of(number: int, name: str, avatar: str, is_active: bool, user_id: Any) -> Face:
    """Return the face of the account with these columns, in the order of `FACE_FIELDS`."""
    return Face(number, name, avatar, False, str(user_id)) if is_active else Face(number, "", "", True)


def account_of(reader_id: int) -> Account | None:
    """Return since when the account is there and whether it is the newsroom's, in one question."""
    rows = _ACCOUNT(reader_id)
    return Account(*rows[0]) if rows else None
