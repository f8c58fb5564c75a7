"""Heads on states that don't change: a weighted mean of what each token says, learned in plain arithmetic."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.states import LAYERS, SIZE, States

PASSES, BATCH, RATE, WARM, DECAY = 3, 256, 3e-3, 50, 0.05
FIRST, SECOND = 0.9, 0.98  # of Adam's means
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """Several heads side by side, a column each: where they look, what they hear there, and what they start from."""

    look: Floats
    say: Floats
    start: Floats


def learn(given: States, truth: Floats, trust: Floats, seed: int) -> Head:
    """Return heads that tell the texts' truths apart, each text counting as far as it is trusted."""
    rng = np.random.default_rng(seed)
    size = SIZE * len(LAYERS)
    values = [rng.normal(0, 0.02, (size, truth.shape[1])) for _which in range(2)]
    values = [value.astype(np.float32) for value in (*values, np.full(truth.shape[1], -3.0))]
    means, squares = ([np.zeros_like(value) for value in values] for _which in range(2))
    windows = np.bincount(given.texts, minlength=len(truth))
    counts = (trust / np.sqrt(np.maximum(windows, 1))[:, None])[given.texts]
    chosen = np.flatnonzero(counts.sum(1) > 0)
    steps, step = PASSES * -(-len(chosen) // BATCH), 0
    for _pass in range(PASSES):
        for batch in given.batches(chosen, BATCH, rng):
            step += 1
            rate = RATE * min(1.0, step / WARM) * (1 - step / (steps + 1))
            slopes = _slopes(values, *given.padded(batch), truth[given.texts[batch]], counts[batch])
            for at, slope in enumerate(slopes):
                means[at] = FIRST * means[at] + (1 - FIRST) * slope
                squares[at] = SECOND * squares[at] + (1 - SECOND) * slope**2
                way = means[at] / (1 - FIRST**step) / (np.sqrt(squares[at] / (1 - SECOND**step)) + 1e-8)
                decay = DECAY if at < 2 else 0.0
                values[at] = (values[at] * (1 - rate * decay) - rate * way).astype(np.float32)
    return Head(*values)


def logits(heads: Head, given: States, asked: NDArray[np.bool_]) -> Floats:
    """Return what the heads say of each of the texts asked for, in order; of a long one, of its worst window."""
    found = np.full((len(asked), len(heads.start)), -np.inf, np.float32)
    for batch in given.batches(np.flatnonzero(asked[given.texts]), BATCH, np.random.default_rng(0)):
        said = _read([heads.look, heads.say, heads.start], *given.padded(batch))[2]
        np.maximum.at(found, given.texts[batch], said)
    return found[asked]


def _read(values: list[Floats], states: Floats, there: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
    """Return how much each token is looked at, what it says, and the logits."""
    looked = states @ values[0]
    looked[~there] = -1e4
    looked -= looked.max(axis=1, keepdims=True)
    looked = np.exp(looked)
    looked /= looked.sum(axis=1, keepdims=True)
    said = states @ values[1] + values[2]
    return looked, said, (looked * said).sum(axis=1)


def _slopes(
    values: list[Floats], states: Floats, there: NDArray[np.bool_], truth: Floats, counts: Floats
) -> tuple[Floats, ...]:
    """Return how the loss (cross entropy) changes with where heads look, what they hear, and what they start from."""
    looked, said, logit = _read(values, states, there)
    wrong = (1 / (1 + np.exp(-logit)) - truth) * counts / (counts.sum(axis=0).mean() + 1e-6)
    part = looked * wrong[:, None, :]
    flat = states.reshape(-1, states.shape[-1]).T
    heads = truth.shape[1]
    return (
        flat @ (part * (said - logit[:, None, :])).reshape(-1, heads),
        flat @ part.reshape(-1, heads),
        wrong.sum(axis=0),
    )
