"""Puts heads that were learned alone in the place of those that the exported network came with."""

from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

from broadsheet.standards.model.encoder import NETWORK
from training.heads import HEADS
from training.rare import Head
from training.rows import RARE
from training.states import LAYERS, LOOKED, SAID, STATE

OURS = "rare/"  # nodes and weights that are put in here begin with this
SUMS = {"look": LOOKED, "say": SAID}


def rewire(folder: Path, heads: Head) -> None:
    """Write `encoder.onnx` with these heads, in floats. Done again, the later heads take the place of the earlier ones."""
    model = onnx.load(folder / NETWORK)
    graph = model.graph
    for name, value in _weights(heads).items():
        for old in [one for one in graph.initializer if one.name == name]:
            graph.initializer.remove(old)
        graph.initializer.append(numpy_helper.from_array(value, name))
    if not is_rewired(model):
        for what, total in SUMS.items():
            at = next(place for place, node in enumerate(graph.node) if total in node.output)
            for node in graph.node:
                for place, name in enumerate(node.input):
                    if name == total:
                        node.input[place] = f"{OURS}{what}/all"
            for more, node in enumerate(_nodes(what, total)):
                graph.node.insert(at + 1 + more, node)
    onnx.checker.check_model(model)
    onnx.save(model, folder / NETWORK)


def is_rewired(model: onnx.ModelProto) -> bool:
    """Say whether there are heads of this kind in the network."""
    return any(node.name.startswith(OURS) for node in model.graph.node)


def _weights(heads: Head) -> dict[str, np.ndarray]:
    """Return what is kept of the exported heads, and what comes to it: of the rare heads all is new."""
    every, size = len(HEADS), heads.look.shape[0]
    kept = np.ones(every, np.float32)
    look, say, start = (
        np.zeros((size, every), np.float32),
        np.zeros((size, every), np.float32),
        np.zeros(every, np.float32),
    )
    for at, head in enumerate(RARE):
        column = HEADS.index(head)
        kept[column] = 0.0
        look[:, column], say[:, column], start[column] = heads.look[:, at], heads.say[:, at], heads.start[at]
    nothing = np.zeros(every, np.float32)
    return {
        f"{OURS}kept": kept, f"{OURS}look/weights": look, f"{OURS}look/start": nothing,
        f"{OURS}say/weights": say, f"{OURS}say/start": start,
    }  # fmt: skip


def _nodes(what: str, total: str) -> list[onnx.NodeProto]:
    """Return the nodes that put together what is kept and what comes to it."""
    name = f"{OURS}{what}"
    return [
        helper.make_node(
            "Concat", [STATE.format(layer) for layer in LAYERS], [f"{name}/states"], f"{name}/states", axis=2
        ),
        helper.make_node("MatMul", [f"{name}/states", f"{name}/weights"], [f"{name}/product"], f"{name}/product"),
        helper.make_node("Add", [f"{name}/product", f"{name}/start"], [f"{name}/more"], f"{name}/more"),
        helper.make_node("Mul", [total, f"{OURS}kept"], [f"{name}/kept"], f"{name}/kept"),
        helper.make_node("Add", [f"{name}/kept", f"{name}/more"], [f"{name}/all"], f"{name}/all"),
    ]
