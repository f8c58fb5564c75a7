"""Fingerprints by which near copies are found: MinHash over the letters of a text, with words of any order near enough."""

import numpy as np
from numpy.typing import NDArray

from broadsheet.standards.text.folding import folded

SIZE, BANDS = 64, 16  # 16 bands of 4: texts half alike share one with two chances in three, copies for certain
_WIDTH = 4
_RANDOM = np.random.default_rng(20261128)
_FACTORS = _RANDOM.integers(1, 1 << 32, SIZE, dtype=np.uint64) | np.uint64(1)
_OFFSETS = _RANDOM.integers(0, 1 << 32, SIZE, dtype=np.uint64)
LONGEST = 4000
Signature = NDArray[np.uint16]


def signature(text: str) -> Signature:
    """Return the low halves of the text's 64 minima, which differ as surely; texts with the same letters have the same."""
    letters = " ".join("".join(sign if sign.isalnum() else " " for sign in folded(text[:LONGEST])).split())
    codes = np.frombuffer(f"  {letters}  ".encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    shingles = np.zeros(max(1, len(codes) - _WIDTH + 1), dtype=np.uint64)
    for at in range(_WIDTH):
        shingles = shingles * np.uint64(1_000_003) + codes[at : at + len(shingles)]
    shingles ^= shingles >> np.uint64(29)
    mixed = np.unique(shingles)[:, None] * _FACTORS + _OFFSETS
    found: Signature = (
        ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(16)).astype(np.uint32).min(axis=0).astype(np.uint16)
    )
    return found


def bands(found: Signature) -> tuple[int, ...]:
    """Return numbers to store and look up: near copies share at least one of them."""
    rows = found.reshape(BANDS, SIZE // BANDS).astype(np.uint64)
    mixed = np.full(BANDS, 1469598103934665603, dtype=np.uint64)
    for column in rows.T:
        mixed = (mixed ^ column) * np.uint64(1099511628211)
    return tuple(int(number >> np.uint64(1)) for number in mixed)
