"""A text with the words marked that a judge noticed (STD-03)."""

from collections.abc import Iterable
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, marked or not."""

    text: str
    marked: bool


def pieces_of(text: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """Return the text in parts, put together again it is the same; spans are code points, the end exclusive.

    Spans that overlap or touch are marked as one; what lies outside the text marks nothing.
    """
    pieces: list[Piece] = []
    at = 0
    for start, end in _joined(spans, len(text)):
        if start > at:
            pieces.append(Piece(text[at:start], marked=False))
        pieces.append(Piece(text[start:end], marked=True))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:], marked=False))
    return tuple(pieces)


def _joined(spans: Iterable[Span], length: int) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted((max(0, start), min(end, length)) for start, end in spans):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
