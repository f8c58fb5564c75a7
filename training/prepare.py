"""Tokens and labels of every row, as the judge itself reads a text; made once and kept."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from broadsheet.standards.model.reading_form import reading_form
from broadsheet.standards.text import Seen
from training.heads import HEADS
from training.manifest import LONGEST
from training.rows import DRAWN, Row


@dataclass(frozen=True, slots=True)
class Part:
    """Rows ready to be learned from or measured on."""

    rows: list[Row]
    tokens: list[NDArray[np.int32]]
    labels: NDArray[np.float32]  # (rows, heads); 0 where nothing is known
    trust: NDArray[np.float32]  # (rows, heads): 1, 0.5 where the label is weak, 0 where nothing is known
    sources: NDArray[np.int64]
    drawn: NDArray[np.float64]


def prepared(rows: list[Row], tokenizer_file: Path, source_names: list[str]) -> Part:
    """Return the rows with their tokens."""
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    vocabulary = frozenset(tokenizer.get_vocab())
    forms = [reading_form(Seen(row.text), vocabulary.__contains__).text for row in rows]
    tokens = [np.array(one.ids, np.int32) for one in tokenizer.encode_batch(forms)]
    labels = np.array([[label or 0.0 for label in row.labels] for row in rows], np.float32)
    trust = np.array(
        [
            [0.0 if label is None else 0.5 if head in row.weak else 1.0 for head, label in zip(HEADS, row.labels, strict=True)]
            for row in rows
        ],
        np.float32,
    )  # fmt: skip
    place = {name: at for at, name in enumerate(source_names)}
    sources = np.array([place[row.source] for row in rows], np.int64)
    return Part(rows, tokens, labels, trust, sources, np.array([DRAWN.get(row.source, 1.0) for row in rows]))


def batches(part: Part, chosen: NDArray[np.int64], size: int, rng: np.random.Generator) -> list[NDArray[np.int64]]:
    """Return the chosen rows in batches of like length, the batches in random order."""
    lengths = np.array([len(part.tokens[at]) for at in chosen])
    order = chosen[np.argsort(lengths + rng.random(len(chosen)) * 4, kind="stable")]
    found = [order[at : at + size] for at in range(0, len(order), size)]
    rng.shuffle(found)
    return found


def padded(part: Part, chosen: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return tokens and mask of some rows, filled up to the longest."""
    longest = max(len(part.tokens[at]) for at in chosen)
    ids = np.zeros((len(chosen), longest), np.int64)
    mask = np.zeros_like(ids)
    for row, at in enumerate(chosen):
        ids[row, : len(part.tokens[at])] = part.tokens[at]
        mask[row, : len(part.tokens[at])] = 1
    return ids, mask
