"""Stretches of one day drawn beside each other: those that overlap stand in lanes of their own."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """When of a day somebody is on duty, in minutes; `counts` is false where only a part of the edition is covered."""

    day: int
    begins: int
    ends: int
    name: str
    own: bool
    counts: bool
    number: int

    @property
    def length(self) -> int:
        """How many minutes."""
        return self.ends - self.begins


def lanes(bars: Iterable[Bar]) -> tuple[tuple[Bar, ...], ...]:
    """Return the bars in as few lanes as it takes for none to overlap, each lane in its order."""
    found: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda one: (one.begins, one.ends, one.name, one.number)):
        free = next((lane for lane in found if lane[-1].ends <= bar.begins), None)
        if free is None:
            found.append([bar])
        else:
            free.append(bar)
    return tuple(tuple(lane) for lane in found)
