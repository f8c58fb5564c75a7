"""What else `/health` and `/metrics` tell: each domain registers the parts of its own while apps load."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Watched:
    """A part of the paper to be looked at: `look` returns `ok`, `why` where it isn't, and numbers.

    Each of `gauges` is one of these numbers as a metric, `broadsheet_<name>_<number>`, with its meaning.
    """

    name: str
    look: Callable[[], dict[str, Any]]
    gauges: Mapping[str, str] = field(default_factory=dict)


_watched: dict[str, Watched] = {}


def watch(part: Watched) -> None:
    """Have the part looked at; a later one of the name takes its place."""
    _watched[part.name] = part


def watched() -> tuple[Watched, ...]:
    """Return all parts in the order of their names."""
    return tuple(_watched[name] for name in sorted(_watched))
