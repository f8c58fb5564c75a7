"""The kinds of text that the judge gets wrong most: what a clause misses in a set, and what it finds there wrongly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from broadsheet.standards.evaluation.clean import ALL, Group
from broadsheet.standards.evaluation.figures import Share, share
from broadsheet.standards.evaluation.measuring import Figures

LEAST, MOST = 20, 10  # rows of a kind that is told, kinds that are told


@dataclass(frozen=True, slots=True)
class Failure:
    """A kind of text, and how often it goes wrong there."""

    what: Literal["missed", "found wrongly", "held wrongly"]
    name: str
    among: str
    wrong: Share


def worst(figures: Iterable[Figures], groups: Sequence[Group]) -> list[Failure]:
    """Return the kinds that surely go wrong most, by the lower end of the interval; those of fewer rows are left out."""
    found: list[Failure] = []
    for one in figures:
        if one.kind == "set":
            if one.recall:
                missed = share(one.recall.of - one.recall.count, one.recall.of)
                found += [Failure("missed", one.name, one.among, missed)] if missed else []
            if one.wrongly_found:
                found.append(Failure("found wrongly", one.name, one.among, one.wrongly_found))
    found += [
        Failure("held wrongly", one.group, "clean comments", one.wrongly_held) for one in groups if one.group != ALL
    ]
    told = [one for one in found if one.wrong.of >= LEAST and one.wrong.count]
    return sorted(told, key=lambda one: (-one.wrong.low, one.what, one.name, one.among))[:MOST]
