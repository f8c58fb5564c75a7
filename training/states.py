"""What the encoder's layers make of each token of many texts: encoded once, for heads that are learned by themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray

from broadsheet.standards.model.encoder import NETWORK, Encoder
from broadsheet.standards.text import Seen

LAYERS = (1, 3, 5)  # low ones tell words, the last one tells what the sentence says
SIZE = 384
LOOKED = "/network/look/Add_output_0"
SAID = "/network/say/Add_output_0"
STATE = "/network/encoder/encoder/layer.{}/output/LayerNorm/LayerNormalization_output_0"


@dataclass(frozen=True, slots=True)
class States:
    """The windows of many texts: each with the text it is of and its tokens' states, the layers side by side."""

    texts: NDArray[np.int64]
    states: list[NDArray[np.float16]]

    def padded(self, chosen: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """Return the states of some windows, filled up to the longest, and where there are any."""
        longest = max(len(self.states[at]) for at in chosen)
        found = np.zeros((len(chosen), longest, SIZE * len(LAYERS)), np.float32)
        there = np.zeros((len(chosen), longest), bool)
        for row, at in enumerate(chosen):
            found[row, : len(self.states[at])] = self.states[at]
            there[row, : len(self.states[at])] = True
        return found, there

    def batches(self, chosen: NDArray[np.int64], size: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
        """Yield the chosen windows in batches of like length, the batches in random order."""
        lengths = np.array([len(self.states[at]) for at in chosen])
        order = chosen[np.argsort(lengths + rng.random(len(chosen)) * 3, kind="stable")]
        parts = [order[at : at + size] for at in range(0, len(order), size)]
        rng.shuffle(parts)  # type: ignore[arg-type]
        yield from parts


def read(folder: Path, texts: Sequence[str]) -> States:
    """Return the states of all texts, read as the judge reads them."""
    encoder = _Inside.load(folder)
    encoder.watch(folder)
    of: list[int] = []
    states: list[NDArray[np.float16]] = []
    for start in range(0, len(texts), 512):
        encoder.kept.clear()
        encoder.read([Seen(text) for text in texts[start : start + 512]])
        of += [start + at for at, _state in encoder.kept]
        states += [state.copy() for _at, state in encoder.kept]
        if start % 4096 == 0:
            print(f"{start} of {len(texts)} rows encoded", flush=True)
    return States(np.array(of, np.int64), states)


class _Watched:
    """A session that also answers what the layers say, and remembers it."""

    def __init__(self, folder: Path) -> None:
        model = onnx.load(folder / NETWORK)
        for layer in LAYERS:
            shape = ["texts", "tokens", SIZE]
            model.graph.output.append(onnx.helper.make_tensor_value_info(STATE.format(layer), 1, shape))
        self._session: Any = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])

    def run(self, _wanted: None, feed: Mapping[str, Any]) -> Any:
        answers = self._session.run(None, feed)
        self.states = np.concatenate(answers[-len(LAYERS) :], axis=-1).astype(np.float16)
        return answers[: -len(LAYERS)]


class _Inside(Encoder):
    """The judge's encoder, which keeps of each window whose it is and its tokens' states."""

    def watch(self, folder: Path) -> None:
        self._session = _Watched(folder)
        self.kept: list[tuple[int, NDArray[np.float16]]] = []

    def _run(self, batch: Sequence[Any]) -> Any:
        answers = super()._run(batch)
        for window, state in zip(batch, self._session.states, strict=True):
            self.kept.append((window.text, state[: len(window.tokens) + 2]))
        return answers
