"""A long comparison, cut to what differs and what stands around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.newsroom.queries.policies import Difference

HEADINGS = ("h2", "h3", "h4")


@dataclass(frozen=True, slots=True)
class Row:
    """A passage, or so many unchanged passages that are left out."""

    passage: Difference | None
    left_out: int = 0


def abridged(found: Sequence[Difference]) -> list[Row]:
    """Return what differs, each with its neighbours and the heading above it, and how much lies between."""
    kept: set[int] = set()
    heading: int | None = None
    for place, one in enumerate(found):
        if one.style in HEADINGS:
            heading = place
        if one.kind != "same":
            kept |= {place - 1, place, place + 1} | ({heading} if heading is not None else set())
    rows: list[Row] = []
    left_out = 0
    for place, one in enumerate(found):
        if place not in kept:
            left_out += 1
            continue
        if left_out:
            rows.append(Row(None, left_out))
            left_out = 0
        rows.append(Row(one))
    return [*rows, Row(None, left_out)] if left_out else rows
