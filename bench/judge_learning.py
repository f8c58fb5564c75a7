"""Heads learned from 12 to 500 decisions: how well they tell comments that neither they nor the encoder learned from.

Two clauses nobody shipped (promotion among posts about coins; sexism), and a shipped score, corrected for a source that
no training saw (toxicity). Needs `../shared/data/moderation` and pyarrow, which training's environment has.
"""

import hashlib
import importlib.util
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from bench.frame import ROOT, Figure, report
from broadsheet.standards.learning.decisions import Decision, read_by
from broadsheet.standards.learning.learn import Start, learn
from broadsheet.standards.learning.measures import auroc
from broadsheet.standards.model.encoder import Encoder
from broadsheet.standards.submission import Submission

DATA = ROOT.parent / "shared" / "data" / "moderation"
DECISIONS = (12, 50, 200, 500)
DRAWS = 5
BREAKING = 0.3  # of the decisions
POOL = 2500  # comments of a task that decisions are drawn from
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Task:
    """A clause, the source and label that stand for it, and where its head starts from."""

    clause: str
    file: str
    source: str
    label: str
    start: Start
    unseen: bool  # no row of the source was trained on: decisions and tests are any of its rows


TASKS = (
    Task("PROMOTION", "train_more_en", "janitr", "promotion", Start(), unseen=False),
    Task("SEXISM", "train", "edos", "hate", Start(), unseen=False),
    Task("TOXIC", "train", "surge_toxicity", "toxicity", Start("toxicity", 0.8), unseen=True),
)


def rows(task: Task) -> list[dict[str, Any]]:
    """Return the task's rows in an order that has nothing to do with what they say."""
    from pyarrow import compute, parquet

    table = parquet.read_table(DATA / f"{task.file}.parquet", columns=["id", "source", "text", task.label, "dev"])
    found = table.filter(compute.equal(table["source"], task.source)).to_pylist()
    labelled = [row for row in found if row[task.label] is not None]
    return sorted(labelled, key=lambda row: hashlib.sha256(row["id"].encode()).digest())


def parts(task: Task, encoder: Encoder) -> tuple[list[Decision], list[Decision]]:
    """Return decisions to learn from and those to be told: rows kept apart from training, where some were trained on."""
    found = rows(task)
    apart = [bool(row["dev"]) for row in found] if not task.unseen else [at % 2 == 0 for at in range(len(found))]
    pool = [row for row, out in zip(found, apart, strict=True) if not out][:POOL]
    told = [row for row, out in zip(found, apart, strict=True) if out]
    return tuple(
        read_by(
            [
                Decision(
                    row["id"], NOW + timedelta(minutes=at), frozenset({task.clause} if row[task.label] else ()), "bench",
                    Submission(row["text"], language="en"),
                )
                for at, row in enumerate(part)
            ],
            encoder,
        )
        for part in (pool, told)
    )  # type: ignore[return-value]  # fmt: skip


def drawn(pool: Sequence[Decision], clause: str, number: int, seed: int) -> list[Decision]:
    """Return so many decisions, three in ten of them against the clause."""
    order = np.random.default_rng(seed).permutation(len(pool))
    breaking = [pool[at] for at in order if clause in pool[at].clauses]
    kept = [pool[at] for at in order if clause not in pool[at].clauses]
    share = round(number * BREAKING)
    return breaking[:share] + kept[: number - share]


def measured(task: Task, encoder: Encoder) -> Iterator[Figure]:
    """Yield the task's figures."""
    pool, told = parts(task, encoder)
    known = [one.known for one in told if one.known]
    labels = np.array([task.clause in one.clauses for one in told if one.known])
    if task.start.base:
        shipped = np.array([one.scores[task.start.base] for one in known])
        yield Figure(
            "STD-05", f"{task.clause}: AUROC of the shipped score, {len(known)} comments", auroc(shipped, labels).value
        )
    for number in DECISIONS:
        if len(drawn(pool, task.clause, number, 0)) < number:
            continue
        areas, seconds = [], []
        for seed in range(DRAWS):
            begun = time.process_time()
            chosen = drawn(pool, task.clause, number, seed)
            head = learn(chosen, task.clause, encoder, start=task.start, made=NOW.date())
            seconds.append(time.process_time() - begun)
            areas.append(auroc(np.array([head.score(one.embedding, one.scores) for one in known]), labels).value)
        what = f"{task.clause}: AUROC after {number} decisions, median of {DRAWS} draws, {len(known)} comments"
        yield Figure("STD-05", what, statistics.median(areas))
        yield Figure("STD-05", f"{task.clause}: the worst of them", min(areas))
        yield Figure(
            "STD-05", f"{task.clause}: learning from {number}, embeddings known", statistics.median(seconds), "s"
        )


def main() -> int:
    """Measure and report."""
    if not DATA.is_dir() or importlib.util.find_spec("pyarrow") is None:
        print("Not measured: this needs ../shared/data/moderation and pyarrow.", file=sys.stderr)
        return 2
    encoder = Encoder.load()
    return report([figure for task in TASKS for figure in measured(task, encoder)])


if __name__ == "__main__":
    sys.exit(main())
