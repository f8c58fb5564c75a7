"""Learning: little more than one pass with full decay, stopped by the development rows, then a short one over pairs.

Both go on where they were broken off.
"""

import json
import math
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import nn

from training.heads import HEADS
from training.network import Network
from training.prepare import Part, batches, padded

BATCH, RATE, HEAD_RATE, DECAY, WARM = 32, 8e-5, 1e-3, 0.01, 0.06
KEPT = 0.5  # weight of staying near the embeddings of the encoder it starts from
KEPT_ROWS = 16_000  # rows whose first embeddings are remembered
KEPT_BATCH, KEPT_EVERY = 12, 4
EVERY = 700  # steps between looks at the development rows; also between saved states
PAIRS_RATE, PAIRS_DRAWN, OTHERS_DRAWN = (
    0.4,
    4.0,
    0.12,
)  # the second time: slower, mostly pairs, the rest against forgetting


def fit(start: Path, train: Part, dev: Part, sources: int, folder: Path, seed: int, passes: float) -> Network:
    """Return the network at its best look at the development rows. `folder` keeps the state: a second call goes on."""
    network = _network(start, sources, seed)
    _learn(network, start, train, dev, folder, seed, passes, 1.0)
    network.load_state_dict(torch.load(folder / "best.pt", weights_only=True))
    return network


def fit_pairs(network: Network, start: Path, train: Part, dev: Part, folder: Path, seed: int) -> Network:
    """Let the network learn the own pairs once more, at a lower rate, and return it.

    What they tell (minors, drugs, extremism, cruelty, stance against words) is a fiftieth of all rows: in the long pass
    it is nearly drowned. A share of every other source keeps what was learned before.
    """
    own = np.array([row.source == "own" for row in train.rows])
    mostly_pairs = replace(train, drawn=np.where(own, PAIRS_DRAWN, train.drawn * OTHERS_DRAWN))
    _learn(network, start, mostly_pairs, dev, folder, seed + 1, 1.0, PAIRS_RATE)
    return network


def _network(start: Path, sources: int, seed: int) -> Network:
    torch.manual_seed(seed)
    network = Network(start, sources)
    network.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    return network


def _learn(
    network: Network, start: Path, train: Part, dev: Part, folder: Path, seed: int, passes: float, rate: float
) -> None:
    """Let the network learn; rates are `rate` times those of the long pass."""
    steps = int(passes * train.drawn.sum() / BATCH)
    groups = [
        {"params": [p for p in network.encoder.parameters() if p.requires_grad], "lr": RATE * rate},
        {"params": [*network.look.parameters(), *network.say.parameters()], "lr": HEAD_RATE * rate},
        {"params": network.offset.parameters(), "lr": HEAD_RATE * rate, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (WARM * steps), max(0.0, (steps - step) / (steps * (1 - WARM))))
    )
    state = _resumed(folder, network, optimizer, schedule)
    anchors = _anchors(start, train, folder, network.offset.num_embeddings, seed)
    weights = _weights(train)
    begun = time.time()
    for step, chosen in _draws(train, steps, seed):
        if step < state["step"]:
            continue
        loss = _step(network, train, chosen, anchors, weights, np.random.default_rng((seed, step)))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if (step + 1) % EVERY == 0 or step + 1 == steps:
            quality = measured(network, dev)
            done = (step + 1 - state["begun"]) * BATCH / (time.time() - begun)
            print(f"step {step + 1}/{steps} loss {loss.item():.4f} {done:.0f} rows/s dev {_told(quality)}", flush=True)
            _save(folder, network, optimizer, schedule, state, step + 1, quality["mean"])


def _draws(train: Part, steps: int, seed: int) -> Any:
    """Yield steps and the rows drawn for them: each row as often as it counts, in expectation."""
    step = 0
    for turn in range(1_000_000):
        rng = np.random.default_rng((seed, turn, 7))
        whole = np.floor(train.drawn) + (rng.random(len(train.drawn)) < train.drawn % 1)
        for chosen in batches(train, np.repeat(np.arange(len(whole)), whole.astype(int)), BATCH, rng):
            if step >= steps:
                return
            yield step, chosen
            step += 1


def _step(
    network: Network, train: Part, chosen: Any, anchors: tuple[Any, Any], weights: Any, rng: np.random.Generator
) -> torch.Tensor:
    network.train()
    ids, mask = map(torch.from_numpy, padded(train, chosen))
    with torch.autocast("cpu", torch.bfloat16):
        logits, _parts, _embedding = network(ids, mask)
    logits = logits + network.offset(torch.from_numpy(train.sources[chosen]))
    trust = torch.from_numpy(train.trust[chosen]) * weights
    each = nn.functional.binary_cross_entropy_with_logits(
        logits, torch.from_numpy(train.labels[chosen]), reduction="none"
    )
    loss = (each * trust).sum() / trust.sum().clamp(min=1.0) * 4 + 1e-3 * network.offset.weight.pow(2).mean()
    if rng.integers(KEPT_EVERY) == 0:
        near = rng.integers(0, len(anchors[0]) - KEPT_BATCH) + np.arange(KEPT_BATCH)
        kept_ids, kept_mask = map(torch.from_numpy, padded(train, anchors[0][near]))
        with torch.autocast("cpu", torch.bfloat16):
            _logits, _parts, embedding = network(kept_ids, kept_mask)
        drift = 1 - (embedding * torch.from_numpy(anchors[1][near])).sum(-1)
        loss = loss + KEPT * KEPT_EVERY * drift.mean()
    return loss


def _weights(train: Part) -> torch.Tensor:
    """Return what each head counts: small heads more, so that they are not drowned."""
    known = (train.trust * train.drawn[:, None]).sum(0)
    return torch.from_numpy(np.clip(np.sqrt(known.max() / np.maximum(known, 1.0)), 1.0, 4.0).astype(np.float32))


def _anchors(start: Path, train: Part, folder: Path, sources: int, seed: int) -> tuple[Any, Any]:
    """Return rows and the embeddings that the encoder gave them before it learned anything here."""
    path = folder / "anchors.npz"
    if not path.exists():
        rng = np.random.default_rng(seed)
        chosen = rng.permutation(len(train.rows))[:KEPT_ROWS]
        network = Network(start, sources).eval()
        found = np.zeros((len(chosen), 384), np.float32)
        place = {at: row for row, at in enumerate(chosen)}
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            for batch in batches(train, chosen, 64, rng):
                ids, mask = map(torch.from_numpy, padded(train, batch))
                found[[place[at] for at in batch]] = network(ids, mask)[2].numpy()
        np.savez(path, rows=chosen, embeddings=found)
    kept = np.load(path)
    order = np.argsort([len(train.tokens[at]) for at in kept["rows"]], kind="stable")  # those of like length together
    return kept["rows"][order], kept["embeddings"][order]


def predicted(network: Network, part: Part) -> Any:
    """Return the logits of every row, without any source's offset."""
    network.eval()
    found = np.zeros((len(part.rows), len(HEADS)), np.float32)
    order = np.argsort([len(one) for one in part.tokens], kind="stable")
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for at in range(0, len(order), 128):
            ids, mask = map(torch.from_numpy, padded(part, order[at : at + 128]))
            found[order[at : at + 128]] = network(ids, mask)[0].float().numpy()
    return found


def measured(network: Network, dev: Part) -> dict[str, float]:
    """Return the area under the ROC curve per head, each the mean over sources that have both kinds of rows."""
    logits = predicted(network, dev)
    found: dict[str, float] = {}
    for at, head in enumerate(HEADS):
        areas = []
        for source in np.unique(dev.sources):
            known = (dev.sources == source) & (dev.trust[:, at] > 0)
            truth = dev.labels[known, at] > 0.5
            if truth.sum() >= 8 and (~truth).sum() >= 8:
                areas.append(roc_auc_score(truth, logits[known, at]))
        if areas:
            found[head] = float(np.mean(areas))
    found["mean"] = float(
        np.mean([found[head] for head in ("hate", "toxicity", "insult", "self_harm") if head in found])
    )
    return found


def _told(quality: Mapping[str, float]) -> str:
    return " ".join(f"{head} {value:.3f}" for head, value in quality.items() if not math.isnan(value))


def _resumed(folder: Path, network: Network, optimizer: Any, schedule: Any) -> dict[str, Any]:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "state.pt"
    if not path.exists():
        return {"step": 0, "begun": 0, "best": 0.0}
    saved = torch.load(path, weights_only=True)
    network.load_state_dict(saved["network"])
    optimizer.load_state_dict(saved["optimizer"])
    schedule.load_state_dict(saved["schedule"])
    return {"step": saved["step"], "begun": saved["step"], "best": saved["best"]}


def _save(
    folder: Path, network: Network, optimizer: Any, schedule: Any, state: dict[str, Any], step: int, now: float
) -> None:
    """Write the state so that a kill at any moment leaves a whole one."""
    if now > state["best"]:
        state["best"] = now
        _write(folder / "best.pt", network.state_dict())
    _write(
        folder / "state.pt",
        {
            "network": network.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(),
            "step": step, "best": state["best"],
        },
    )  # fmt: skip
    (folder / "progress.json").write_text(json.dumps({"step": step, "best": state["best"]}), encoding="utf-8")


def _write(path: Path, value: Any) -> None:
    part = path.with_suffix(".part")
    torch.save(value, part)
    part.replace(path)
