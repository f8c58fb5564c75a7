"""Lists in pages whose numbers stand in the path, so that every page can be stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a list; `newer` and `older` are paths, empty where there is none."""

    path: str
    number: int
    cards: Sequence[Any]
    newer: str
    older: str


def leaf(path: str, number: int, cards: Sequence[Any], size: int) -> Leaf:
    """Return the page `number` (from 1) of the list at `path`; `cards` holds one more than `size` if there are."""
    return Leaf(
        path=turned(path, number),
        number=number,
        cards=cards[:size],
        newer=turned(path, number - 1) if number > 1 else "",
        older=turned(path, number + 1) if len(cards) > size else "",
    )


def turned(path: str, number: int) -> str:
    """Return the path of the list's page `number`; the first is the list itself."""
    return path if number <= 1 else f"{path}{number}/"
