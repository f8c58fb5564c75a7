"""The rows to learn from: shared data and own pairs, and which of them are kept apart."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pyarrow import parquet

from broadsheet.standards.evaluation.heldout import is_learnable, part
from training.heads import HEADS

PAIRS = Path(__file__).parent / "pairs"
# What few comments are, and the data hardly label: these heads are learned once more, alone, from more ordinary talk.
RARE = ("self_harm", "drugs", "extremism", "minors", "cruelty")
_SIGN = re.compile(r"([+-])(\w+)")
# How often a row is drawn in a pass, against 1: what is rare and what tells stance from words counts for more.
DRAWN = {
    "own": 5.0, "hatemoji_build": 1.6, "dynahate": 2.5, "toxigen": 1.0, "cad_reddit": 0.6, "gab_hate": 0.5,
    "davidson": 0.5, "edos": 0.7, "madlibs": 0.5, "sentence_templates": 0.5, "cssrs_reddit": 1.5, "mlma": 0.4,
    "online_misogyny": 0.7, "civil_toxic": 0.7, "presidio_synth": 0.3, "ailuminate": 1.0, "janitr": 0.7,
}  # fmt: skip
# Ordinary comments, which nobody labelled for these heads: a clean one is taken for none of them, with half the trust.
# Own pairs alone would teach that every comment has to do with drugs, children or attackers.
ORDINARY = frozenset({"toxic_spans_civil", "civil_toxic", "cad_reddit"})
ASSUMED = ("drugs", "extremism", "minors", "cruelty")


@dataclass(frozen=True, slots=True)
class Row:
    """A text with what is known of it: 1, 0, or nothing per head, and how far to trust each."""

    id: str
    source: str
    text: str
    labels: tuple[float | None, ...]
    weak: frozenset[str]
    part: str  # train, dev (stopping, calibration, thresholds) or test (measured once)


def rows(data: Path) -> list[Row]:
    """Return every row that may be used, in a fixed order."""
    return [*_shared(data, "train.parquet"), *_shared(data, "train_more_en.parquet"), *_own()]


def rows_of(data: Path, language: str) -> list[Row]:
    """Return the rows of a language other than English, in a fixed order: a fifth is measured on, the rest learned from.

    The data's own development rows are too few there; scores of rows that a model has not seen take their place.
    """
    found = [*_shared(data, f"train_{language}.parquet"), *_own(f"languages/{language}.txt")]
    return [replace(row, part=part(row.id, row.source, dev=False, language=language)) for row in found]


def rows_of_heads() -> list[Row]:
    """Return the lines that heads alone learn from. Of a line that names none, no head is true; else no other rare one."""
    found = []
    for row in _own("heads/*.txt"):
        ordinary = not any(row.labels)
        labels = [
            label or 0.0 if ordinary or head in RARE else None for head, label in zip(HEADS, row.labels, strict=True)
        ]
        found.append(replace(row, part="train", source="heads", labels=tuple(labels)))
    return found


def _shared(data: Path, name: str) -> Iterator[Row]:
    table = parquet.read_table(data / name).to_pylist()
    for row in table:
        if not is_learnable(row["licence"], row["source"]):
            continue
        labels = tuple(row.get(head) for head in HEADS)
        if all(label is None for label in labels):
            continue
        weak = frozenset((row["weak"] or "").replace(";", ",").replace(" ", ",").split(","))
        there = part(row["id"], row["source"], bool(row["dev"]))
        if there == "train" and row["source"] in ORDINARY and row["toxicity"] == 0:
            labels = tuple(
                0.0 if label is None and head in ASSUMED else label for head, label in zip(HEADS, labels, strict=True)
            )
            weak |= frozenset(ASSUMED)
        yield Row(row["id"], row["source"], row["text"], labels, weak, there)


def _own(files: str = "*.txt") -> Iterator[Row]:
    for path in sorted(PAIRS.glob(files)):
        group = 0
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                group += 1
            elif not line.startswith("#"):
                signs, _, text = line.partition(" | ")
                known = {name: float(sign == "+") for sign, name in _SIGN.findall(signs)}
                labels = tuple(known.get(head) for head in HEADS)
                apart = int(hashlib.sha256(f"{path.stem}{group}".encode()).hexdigest()[:8], 16) % 20 == 0
                yield Row(
                    f"{path.stem}:{number}", "own", text.strip(), labels, frozenset(), "dev" if apart else "train"
                )
