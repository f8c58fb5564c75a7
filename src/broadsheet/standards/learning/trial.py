"""A rulebook as it would be with a learned head in it, or with clauses lowered, without anything being written down."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from broadsheet.standards.detectors.contract import Use
from broadsheet.standards.judging import Clause, Rulebook
from broadsheet.standards.learning.refusals import LearningError
from broadsheet.standards.model.learned import LearnedHead


@dataclass(frozen=True, slots=True)
class TriedUse:
    """A use of the learned detector that stands in no file yet."""

    threshold: float
    handling: str
    name: str = "learned"
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TriedClause:
    """A clause served by other detectors than its file says."""

    detectors: Sequence[Use]
    handling: str = "flag"
    on: bool = True
    care: bool = False


@dataclass(frozen=True, slots=True)
class TriedBook:
    """A rulebook with some clauses served otherwise."""

    clauses: Mapping[str, Clause]


def with_head(rulebook: Rulebook, head: LearnedHead) -> Rulebook:
    """Return the rulebook with the head in it; the same one where the clause asks for learned heads by itself.

    A head that corrects a shipped score takes that score's place, with its threshold and handling. Any other one, and that
    of a clause the rulebook doesn't have, flags and does no more: to hold, the rulebook must say so. Raises
    `LearningError` for a clause that is left to people.
    """
    clause = rulebook.clauses.get(head.clause)
    uses = tuple(clause.detectors) if clause else ()
    if clause and clause.handling == "human":
        raise LearningError("people-decide", f"{head.clause} is left to people: no head serves it.")
    if any(use.name == "learned" for use in uses):
        return rulebook
    placed = [_in_place_of(use, head) for use in uses]
    if all(new is old for new, old in zip(placed, uses, strict=True)):
        placed.append(TriedUse(head.threshold, "flag"))
    tried = (
        TriedClause(tuple(placed), clause.handling, clause.on, clause.care) if clause else TriedClause(tuple(placed))
    )
    return TriedBook({**rulebook.clauses, head.clause: tried})


def lowered(rulebook: Rulebook, codes: Collection[str]) -> Rulebook:
    """Return the rulebook in which these clauses flag wherever they would hold; the same one where none of them does."""
    found = {code: _flagging(rulebook.clauses[code]) for code in codes if holds(rulebook, code)}
    return TriedBook({**rulebook.clauses, **found}) if found else rulebook


def holds(rulebook: Rulebook, code: str) -> bool:
    """Return whether a machine's finding under the clause may hold a comment."""
    clause = rulebook.clauses.get(code)
    return clause is not None and clause.on and any(use.handling == "hold" for use in clause.detectors)


def _flagging(clause: Clause) -> TriedClause:
    uses = [
        TriedUse(use.threshold, "flag", use.name, use.options) if use.handling == "hold" else use
        for use in clause.detectors
    ]
    return TriedClause(uses, "flag" if clause.handling == "hold" else clause.handling, clause.on, clause.care)


def _in_place_of(use: Use, head: LearnedHead) -> Use:
    named = use.options.get("head")
    heads = {named} if isinstance(named, str) else set(named) if isinstance(named, list | tuple | set) else set()
    corrected = head.base is not None and use.name == "encoder" and heads == {head.base}
    return TriedUse(use.threshold, use.handling) if corrected else use
