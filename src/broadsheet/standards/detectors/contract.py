"""What a detector is, what it is asked, and what it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen

Spans = tuple[tuple[int, int], ...]


class Use(Protocol):
    """How a clause uses a detector: from which score on, with which options, and what a finding leads to."""

    @property
    def name(self) -> str:
        """The detector's name."""

    @property
    def threshold(self) -> float:
        """A sighting below it is no finding."""

    @property
    def options(self) -> Mapping[str, object]:
        """What the detector's docstring names."""

    @property
    def handling(self) -> str:
        """What a finding leads to: flag, slow, warn, hold, or human for nothing."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something noticed: how surely (0 to 1), where in the original, and whether its author may need help."""

    score: float
    spans: Spans = ()
    care: bool = False


def distinct(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Return one sighting of each place, the surest: a word may be read in several ways, in parts and in several languages."""
    kept: list[Sighting] = []
    for sighting in sorted(sightings, key=lambda one: -one.score):
        if not any(_meet(sighting.spans, other.spans) for other in kept):
            kept.append(sighting)
    return sorted(kept, key=lambda one: one.spans)


def _meet(some: Spans, others: Spans) -> bool:
    return some == others or any(start < end and begin < stop for start, stop in some for begin, end in others)


class Detector(Protocol):
    """One way of noticing. It reads, answers or raises; it does no I/O and keeps no text."""

    name: str
    version: int
    cost: int  # cheap ones are asked first: 1 a look, 2 a search of the text, 3 a computation
    needs: tuple[str, ...]  # the facts of a submission without which it notices nothing
    clauses: Mapping[str, Mapping[str, object]]  # what it is made for, with the options it has there by itself
    languages: frozenset[str]  # whose texts it can read; empty: of every language

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterable[Sighting]:
        """Return what is noticed."""


@runtime_checkable
class Selective(Protocol):
    """A detector that reads more languages for one use than for another."""

    def covered(self, use: Use) -> frozenset[str]:
        """Return the languages in which it can notice what the use asks for; empty: none."""


_NONE: frozenset[str] = frozenset()


def as_set(value: object) -> object:
    """Return a word or a list of words as a set, everything else as it is."""
    if isinstance(value, str):
        return frozenset((value,))
    return frozenset(map(str, value)) if isinstance(value, list | tuple | set) else value


def option_set(use: Use, name: str) -> frozenset[str]:
    """Return the option as a set of words, whether it was given as one word or as a list; empty where not given."""
    value = use.options.get(name, _NONE)
    if type(value) is not frozenset:
        value = as_set(value)
        if not isinstance(value, frozenset):
            raise ValueError(f"{use.name}: option {name} is to be a word or a list of words, not {value!r}")
    return value


def option_number(use: Use, name: str, default: float) -> float:
    """Return the option as a number."""
    value = use.options.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{use.name}: option {name} is to be a number, not {value!r}")
    return float(value)
