"""Decisions as rows to learn from: near copies of one comment count once, whoever sends them and however often."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadsheet.standards.learning.decisions import Decision, Known
from broadsheet.standards.text.shingles import SIZE, signature

COPY, LIKE = 0.6, 0.97  # share of shingles, and cosine, from which on two comments of one kind are one
OTHERS = 0.3  # weight of a comment that breaks another clause: people seldom name all that it breaks


@dataclass(slots=True)
class Row:
    """A comment with all its copies: the label is the share of decisions that name the clause."""

    id: str
    known: Known
    label: float
    weight: float
    copies: int = 0


def distinct(decisions: Sequence[Decision], clause: str) -> list[Row]:
    """Return a row for each comment that is no near copy of an earlier one. All decisions must be `known`.

    Comments with the same letters are one whatever was decided of them; near copies only where the same was, since a
    boundary often lies in one word.
    """
    same: dict[bytes | str, list[Decision]] = {}
    for one in decisions:
        same.setdefault(signature(one.submission.text).tobytes() if one.submission.text else one.id, []).append(one)
    found: list[Row] = []
    for kind in (True, False):
        groups = [(key, group) for key, group in same.items() if (_label(group, clause) >= 0.5) == kind]
        found += _rows(groups, clause)
    return sorted(found, key=lambda row: row.id)


def _rows(groups: Sequence[tuple[bytes | str, list[Decision]]], clause: str) -> list[Row]:
    kept: list[Row] = []
    prints = np.zeros((len(groups), SIZE), np.uint16)
    places = np.zeros((len(groups), len(groups[0][1][0].known.embedding) if groups and groups[0][1][0].known else 0))
    for key, group in groups:
        known = group[0].known
        if known is None:
            continue
        at = len(kept)
        own = np.frombuffer(key, np.uint16) if isinstance(key, bytes) else None
        alike: NDArray[np.bool_] = places[:at] @ known.embedding >= LIKE
        if own is not None:
            alike |= (prints[:at] == own).mean(axis=1) >= COPY
        if alike.any():
            kept[int(alike.argmax())].copies += len(group)
            continue
        places[at] = known.embedding
        if own is not None:
            prints[at] = own
        weight = 1.0 if any(not one.clauses or clause in one.clauses for one in group) else OTHERS
        kept.append(Row(group[0].id, known, _label(group, clause), weight, len(group) - 1))
    return kept


def _label(group: Sequence[Decision], clause: str) -> float:
    return sum(clause in one.clauses for one in group) / len(group)
