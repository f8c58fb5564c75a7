"""The rare heads once more: learned alone, on what the encoder's layers say, from much more ordinary talk than pairs.

Of what comments speak of in a newspaper, extremism, drugs, harm to minors, cruelty and suicide are one in a hundred or
less. In the long passes, own pairs of just these, well written and one half of them guilty, taught that well-written
comments are suspicious. Here most of what is learned from is ordinary, and lines that the encoder has never seen say how
sure a score may be. It takes minutes, and no torch.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from broadsheet.standards.evaluation.heldout import NEWS
from training.calibrate import calibration_of_rare
from training.heads import HEADS
from training.manifest import read_manifest, write_manifest
from training.rare import Head, learn, logits
from training.rewire import rewire
from training.rows import RARE, Row, rows, rows_of_heads
from training.states import States, read

FOLDS = 3  # lines of heads are scored by heads that did not learn from them
# How far a row is trusted: own lines that don't name a head and speak of other things are taken for none of it, and so
# are comments that nobody labelled for it; toxic ones less, hateful and threatening ones not at all.
LINE, TRUE_LINE, OWN, UNNAMED, CLEAN, TOXIC, OTHER, LABELLED = 4.0, 8.0, 1.0, 0.5, 0.5, 0.15, 0.3, 0.5
# Of which sources one row in so many is read.
EVERY = {"own": 1, "heads": 1, NEWS: 1, "cad_reddit": 4, "civil_toxic": 12, "cssrs_reddit": 2, "ailuminate": 1, "dynahate": 2} | dict.fromkeys(
    ("hatexplain", "janitr", "sbic", "convabuse", "davidson", "sms_spam", "hatemoji_build", "toxigen", "gab_hate"), 16
)  # fmt: skip
LABELS = frozenset({"cssrs_reddit", "ailuminate", "dynahate"})
UNLABELLED = frozenset({NEWS, "cad_reddit", "civil_toxic"})
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Refitted:
    """The rare heads as they are learned from everything, and logits of rows that they did not learn from with what is true."""

    heads: Head
    logits: Floats
    truth: NDArray[np.bool_]


def train_heads(folder: Path, data: Path, seed: int) -> None:
    """Put rare heads that are learned by themselves into the model of a folder, calibrated for a newspaper."""
    every = [*rows(data), *rows_of_heads()]
    chosen = [row for row in every if _is_read(row)]
    print(f"{len(chosen)} rows for the heads of {', '.join(RARE)}", flush=True)
    found = refit(chosen, read(folder, [row.text for row in chosen]), seed)
    rewire(folder, found.heads)
    before, facts = read_manifest(folder)
    ordinary = ~found.truth.any(axis=1)
    for at, head in enumerate(RARE):
        counted = ordinary | found.truth[:, at]
        told = roc_auc_score(found.truth[counted, at], found.logits[counted, at])
        facts["dev"][head] = round(float(told), 4)
    facts["made_from"]["rows"]["own"] = sum(row.source in {"own", "heads"} and row.part == "train" for row in every)
    write_manifest(folder, {**before, **calibration_of_rare(found.logits, found.truth)}, facts)
    print(f"heads written to {folder}", flush=True)


def refit(chosen: Sequence[Row], states: States, seed: int) -> Refitted:
    """Learn the rare heads from the states of rows; the same rows and seed give the same heads."""
    truth, trust = _labels(chosen)
    lines = np.array([row.source == "heads" for row in chosen])
    fold = np.array([_number(row.text) % FOLDS for row in chosen])
    apart = np.array([row.part == "dev" for row in chosen])
    found = np.full(truth.shape, -np.inf, np.float32)
    for turn in range(FOLDS):
        unseen = lines & (fold == turn)
        heads = learn(states, truth, np.where(unseen[:, None], 0, trust).astype(np.float32), seed)
        found[unseen] = logits(heads, states, unseen)
        print(f"part {turn + 1} of {FOLDS} of the lines told apart", flush=True)
    heads = learn(states, truth, trust, seed)
    found[apart] = logits(heads, states, apart)
    kept = np.flatnonzero(lines | apart)
    return Refitted(heads, found[kept], truth[kept] > 0.5)


def _is_read(row: Row) -> bool:
    if row.part == "train":
        every = EVERY.get(row.source, 0)
        if row.source == NEWS and row.labels[0] != 0:
            every = 6
        return bool(every) and _number(row.id) % every == 0
    return row.part == "dev" and (row.source == "own" or (row.source in UNLABELLED and row.labels[0] == 0))


def _labels(chosen: Sequence[Row]) -> tuple[Floats, Floats]:
    """Return what is true of each row per rare head, and how far it counts; development rows count nothing."""
    told = [[_label(row, head) if row.part == "train" else (_truth(row, head), 0.0) for head in RARE] for row in chosen]
    both = np.array(told, np.float32)
    return both[:, :, 0], both[:, :, 1]


def _truth(row: Row, head: str) -> float:
    return row.labels[HEADS.index(head)] or 0.0


def _label(row: Row, head: str) -> tuple[float, float]:
    said: Mapping[str, float | None] = dict(zip(HEADS, row.labels, strict=True))
    known, truth = said[head] is not None and head not in row.weak, said[head] or 0.0
    bad = bool(said["threat"] or said["hate"])
    if row.source == "heads":
        return truth, TRUE_LINE if truth else LINE
    if row.source == "own":
        return truth, OWN if known else 0.0 if bad else UNNAMED
    if row.source in LABELS:
        return truth, LABELLED if said[head] is not None else 0.0
    if row.source in UNLABELLED:
        return 0.0, CLEAN if said["toxicity"] == 0 else 0.0 if bad else TOXIC
    return 0.0, OTHER if said["toxicity"] == 0 and not any(row.labels) else 0.0


def _number(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)
