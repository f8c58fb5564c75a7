"""What is said of the model beside its files: version, calibration, sums, and what it was made from."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from broadsheet.standards.model.encoder import MANIFEST, NETWORK, WORDS
from training.heads import HEADS

LONGEST = 64  # tokens of a window, with the first and the last
Calibration = Mapping[str, tuple[float, float]]


def write_manifest(folder: Path, calibration: Calibration, facts: Mapping[str, Any]) -> None:
    """Write the manifest: version, heads with their calibration, sums of the files, and where they come from."""
    manifest = {
        "version": 2,
        "window": LONGEST,
        "order": list(HEADS),
        "heads": {head: dict(zip(("scale", "shift"), calibration[head], strict=True)) for head in HEADS},
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (NETWORK, WORDS)},
        **facts,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> tuple[Calibration, dict[str, Any]]:
    """Return the calibration and the facts that a folder's manifest holds."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    calibration = {head: (one["scale"], one["shift"]) for head, one in manifest["heads"].items()}
    return calibration, {name: manifest[name] for name in ("made_from", "dev") if name in manifest}
