"""From the trained network to what the judge loads: ONNX with 8-bit weights, and its words."""

import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.network import Network


class _Plain(nn.Module):
    """The network as the judge asks it."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return logits, contributions and embedding."""
        found: tuple[Tensor, Tensor, Tensor] = self.network(input_ids, attention_mask)
        return found


def export(network: Network, start: Path, folder: Path) -> None:
    """Write `encoder.onnx` and `tokenizer.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = _Plain(network).eval()
    example = torch.ones(2, 12, dtype=torch.long)
    with tempfile.TemporaryDirectory() as made:
        whole = Path(made) / "whole.onnx"
        torch.onnx.export(
            plain, (example, example), str(whole), dynamo=False, opset_version=17,
            input_names=["input_ids", "attention_mask"], output_names=["logits", "weights", "embedding"],
            dynamic_axes={
                "input_ids": {0: "texts", 1: "tokens"}, "attention_mask": {0: "texts", 1: "tokens"},
                "logits": {0: "texts"}, "weights": {0: "texts", 1: "tokens"}, "embedding": {0: "texts"},
            },
        )  # fmt: skip
        quantize_dynamic(whole, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    shutil.copyfile(start / "tokenizer.json", folder / "tokenizer.json")
