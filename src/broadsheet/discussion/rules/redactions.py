"""Which parts of a text are blacked out."""

from collections.abc import Iterable, Sequence

Span = tuple[int, int]


def joined(spans: Iterable[Sequence[int]], length: int) -> list[list[int]]:
    """Return the parts in order within a text of so many code points; those that touch are one, empty ones are none."""
    found: list[list[int]] = []
    for start, end in sorted((max(0, int(a)), min(length, int(b))) for a, b in spans):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end])
    return found


def as_spans(stored: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    """Return the parts as they were stored."""
    return tuple((int(start), int(end)) for start, end in stored)
