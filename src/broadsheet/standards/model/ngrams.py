"""N-gram models: words and parts of words that speak for a head, one small table a language, where no encoder reads.

They see which words stand in a text, and which stand side by side, not what is said of whom: hatred that somebody quotes
or denies looks to them like hatred that is meant.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from broadsheet.standards.model.encoder import SHIPPED as MODEL
from broadsheet.standards.model.encoder import ModelError, checked
from broadsheet.standards.model.marked import marked
from broadsheet.standards.model.reading_form import reading_form
from broadsheet.standards.text import Form, Seen

FOLDER, MANIFEST = "ngrams", "manifest.json"
SHIPPED = MODEL / FOLDER
COUNTING = 1  # the way n-grams are counted: a table made in another way is refused
WINDOW = 50  # words that are read at once; of a longer text the worst part counts
LONGEST = 5  # signs of a part of a word
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_PRIME, _SPREAD = np.uint32(16_777_619), np.uint32(2_654_435_761)
_POWERS = np.cumprod(np.full(64, _PRIME, np.uint32), dtype=np.uint32)  # a word's signs beyond these tell nothing more
_SPACE = np.uint32(32)
Words = Sequence[tuple[int, int]]  # from where to where in the form
Numbers = NDArray[np.uint32]


def words_of(form: Form) -> Words:
    """Return where the words of a text stand in its form."""
    return [match.span() for match in _WORD.finditer(form.text)]


def windows_of(words: Words) -> list[Words]:
    """Return the words in parts of like size, none longer than `WINDOW`; none of an empty text."""
    parts = -(-len(words) // WINDOW) or 1
    ends = [at * len(words) // parts for at in range(parts + 1)]
    return [words[start:end] for start, end in pairwise(ends) if end]


def ngrams(text: str, words: Words) -> tuple[Numbers, NDArray[np.intp]]:
    """Return every n-gram as a number of 32 bits, and the place of the word it begins in.

    These are the words, pairs of neighbours, and the parts of words of one to five signs; a part knows whether the word
    begins or ends there.
    """
    signs = np.frombuffer(
        f" {' '.join(text[start:end] for start, end in words)} ".encode("utf-32-le", "replace"), np.uint32
    )
    spaces = signs == _SPACE
    count = np.cumsum(spaces)  # of spaces up to and with each sign
    begins = np.flatnonzero(spaces)
    place = np.arange(len(signs)) - begins[count - 1]
    whole = np.add.reduceat((signs * _POWERS[np.minimum(place, 63)])[:-1], begins[:-1], dtype=np.uint32)
    found = [whole * np.uint32(3), whole[:-1] * _PRIME + whole[1:] + np.uint32(5), signs[~spaces] + np.uint32(7)]
    where = [np.arange(len(whole)), np.arange(len(whole) - 1), count[~spaces] - 1]
    part = signs
    for size in range(2, LONGEST + 1):
        part = part[: max(0, len(signs) - size + 1)] * _PRIME + signs[size - 1 :]
        # Where a space stands inside it is no part of a word; where it begins or ends with one, so does the word.
        kept = np.flatnonzero(count[size - 2 : len(signs) - 1] == count[: len(part)])
        found.append(part[kept] + np.uint32(size * 11))
        where.append(count[kept] - 1)
    return np.concatenate(found), np.concatenate(where)


def places(numbers: Numbers, bits: int) -> NDArray[np.uint32]:
    """Return the rows of a table with two to the power of `bits` rows that belong to n-grams."""
    return (numbers * _SPREAD) >> np.uint32(32 - bits)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table says of a text: a calibrated score (0 to 1) per head; all are 0 where there is no word."""

    scores: Mapping[str, float]
    table: "Table"
    form: Form
    parts: Sequence[Words]
    worst: Sequence[int]  # per head, the part that its score is of

    def spans(self, head: str) -> tuple[tuple[int, int], ...]:
        """Return the words of the original that speak most for the head's score, in order."""
        if head not in self.scores or not self.parts:
            return ()
        column = self.table.heads.index(head)
        words = self.parts[self.worst[column]]
        numbers, where = ngrams(self.form.text, words)
        weights = np.bincount(where, self.table.weights[places(numbers, self.table.bits), column], len(words))
        return marked(
            (*self.form.span(start, end), float(weight))
            for (start, end), weight in zip(words, weights, strict=True)
            if weight > 0
        )


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One language's n-grams: a row for those that fall together, a column per head."""

    heads: tuple[str, ...]
    bits: int
    weights: NDArray[np.int16]
    steps: NDArray[np.float64]  # per head, what 1 in the table adds to a logit
    shifts: NDArray[np.float64]

    def read(self, seen: Seen) -> Reading:
        """Return the table's reading of a text; of a long one each head says its worst part."""
        form = reading_form(seen, None)
        parts = windows_of(words_of(form))
        if not parts:
            return Reading(dict.fromkeys(self.heads, 0.0), self, form, parts, ())
        logits = np.stack([self._logits(form.text, words) for words in parts])
        scores = 1 / (1 + np.exp(-logits.max(axis=0)))
        worst = [int(at) for at in logits.argmax(axis=0)]
        return Reading(dict(zip(self.heads, map(float, scores), strict=True)), self, form, parts, worst)

    def _logits(self, text: str, words: Words) -> NDArray[np.float64]:
        rows = np.unique(places(ngrams(text, words)[0], self.bits))
        spoken = self.weights[rows].sum(axis=0, dtype=np.float64) / np.sqrt(len(rows))
        logits: NDArray[np.float64] = spoken * self.steps + self.shifts
        return logits


class Tables:
    """The tables of all languages that are shipped. Loaded once; may be read from several threads."""

    def __init__(self, tables: Mapping[str, Table], version: int) -> None:
        self.by_language, self.version = tables, version

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> "Tables":
        """Return the tables of a folder, or raise `ModelError` where a file is missing or is not what the manifest says."""
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            if manifest["counting"] != COUNTING:
                raise ValueError(f"n-grams counted in way {manifest['counting']}, not {COUNTING}")
            tables = {language: _table(folder, facts) for language, facts in manifest["languages"].items()}
            return cls(tables, int(manifest["version"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(f"The model in {folder} can't be loaded: {type(error).__name__} {error}") from None


def _table(folder: Path, facts: Mapping[str, Any]) -> Table:
    heads, bits = tuple(facts["columns"]), int(facts["bits"])
    # Most n-grams weigh little and a few very much: in 8 bits are the square roots, so that the little is kept.
    roots = np.frombuffer(checked(folder / facts["file"], facts["sha256"]), np.int8).astype(np.int16)
    weights = (roots * np.abs(roots)).reshape(1 << bits, len(heads))
    steps, shifts = (np.array([facts["heads"][head][key] for head in heads]) for key in ("step", "shift"))
    return Table(heads, bits, weights, steps, shifts)
