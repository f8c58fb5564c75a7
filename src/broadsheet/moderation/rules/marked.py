"""A comment's text in pieces: what the judge marked, what is blacked out, and what is neither (MOD-02, MOD-10)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

SLURS = frozenset({"HATE", "INSULT", "PROFANITY"})  # clauses whose words are veiled until somebody looks on purpose
LISTS = "words"  # the detector that knows words by lists, whatever the clause


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of the text (code points, the end exclusive) that a detector noticed for a clause."""

    start: int
    end: int
    clause: str
    detector: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text in which everything is marked alike."""

    text: str
    clauses: tuple[str, ...] = ()
    detectors: tuple[str, ...] = ()
    blackened: bool = False

    @property
    def veiled(self) -> bool:
        """Whether it is a word that nobody should have to read unasked.

        What the model points at for other clauses are everyday words, as like as not: those are marked alone.
        """
        return LISTS in self.detectors or not SLURS.isdisjoint(self.clauses)


def pieces(text: str, marks: Iterable[Mark], blackened: Iterable[tuple[int, int]] = ()) -> tuple[Piece, ...]:
    """Return the text in pieces that are the text again when they are put together; marks outside of it are left out."""
    marks, black = list(marks), list(blackened)
    edges = {0, len(text)}
    for start, end in [*((one.start, one.end) for one in marks), *black]:
        edges |= {min(max(0, start), len(text)), min(max(0, end), len(text))}
    ordered = sorted(edges)
    found = []
    for start, end in pairwise(ordered):
        own = [one for one in marks if one.start <= start and end <= one.end]
        found.append(
            Piece(
                text[start:end],
                tuple(dict.fromkeys(one.clause for one in own)),
                tuple(dict.fromkeys(one.detector for one in own)),
                any(first <= start and end <= last for first, last in black),
            )
        )
    return tuple(found)


def spans_of(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where each of these pieces of text stands, wherever it does; empty ones are nowhere."""
    found = []
    for word in dict.fromkeys(one.strip() for one in words):
        at = text.find(word) if word else -1
        while at >= 0:
            found.append((at, at + len(word)))
            at = text.find(word, at + len(word))
    return sorted(found)


def not_found(text: str, words: Sequence[str]) -> list[str]:
    """Return those of the pieces that don't stand in the text as they are written."""
    return [one.strip() for one in words if one.strip() and one.strip() not in text]
