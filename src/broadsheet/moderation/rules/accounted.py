"""What the public is told of a time, as a page, a table and machines read it: numbers alone (MOD-11)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from broadsheet.kernel.figures import grouped, span_said

HEADER = ("edition", "from", "to", "complete", "section", "item", "clause", "count", "seconds", "label")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: `key` never changes, `label` and `explained` are in the edition's language.

    Either `count` or `seconds` is there; neither where nothing was to be measured.
    """

    key: str
    label: str
    explained: str = ""
    count: int | None = None
    seconds: int | None = None

    @property
    def said(self) -> str:
        """The figure as people read it."""
        if self.seconds is not None:
            return span_said(self.seconds)
        return grouped(self.count) if self.count is not None else "–"


@dataclass(frozen=True, slots=True)
class Section:
    """Figures that belong together; without any of them the page says `nothing` instead."""

    key: str
    title: str
    nothing: str
    lines: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        """Whether all of it is nothing."""
        return not any(line.count or line.seconds for line in self.lines)


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """Decisions that cite a clause; `path` is where it stands, empty where it is in force no more."""

    code: str
    title: str
    path: str
    decisions: int
    by_machine: int
    wrong: int
    measures: tuple[tuple[str, str, int], ...]  # (measure, its label, how often)


@dataclass(frozen=True, slots=True)
class Accounted:
    """All figures of an edition, from the month that begins on `first` to the one that begins on `last`.

    `is_running`: the last month isn't over.
    """

    edition: str
    first: date
    last: date
    is_running: bool
    sections: tuple[Section, ...]
    clauses: tuple[ClauseLine, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell of the whole time."""
        return all(section.is_empty for section in self.sections)


def as_rows(told: Accounted) -> Iterator[tuple[object, ...]]:
    """Yield the figures as rows of a table, the header first."""
    yield HEADER
    of = (told.edition, f"{told.first:%Y-%m}", f"{told.last:%Y-%m}", "no" if told.is_running else "yes")
    for section in told.sections:
        for line in section.lines:
            yield (*of, section.key, line.key, "", line.count, line.seconds, line.label)
    for clause in told.clauses:
        for key, number in _of_clause(clause).items():
            yield (*of, "clauses", key, clause.code, number, None, clause.title)


def as_json(told: Accounted) -> dict[str, Any]:
    """Return the figures as JSON values."""
    return {
        "edition": told.edition,
        "from": f"{told.first:%Y-%m}",
        "to": f"{told.last:%Y-%m}",
        "complete": not told.is_running,
        "figures": {
            section.key: {
                line.key: line.seconds if line.key.endswith("_seconds") else line.count for line in section.lines
            }
            for section in told.sections
        },
        "clauses": [{"clause": one.code, "title": one.title, **_of_clause(one)} for one in told.clauses],
    }


def _of_clause(clause: ClauseLine) -> dict[str, int]:
    found = {"decisions": clause.decisions, "marked_by_program": clause.by_machine, "found_wrong": clause.wrong}
    return found | {measure: number for measure, _label, number in clause.measures}
