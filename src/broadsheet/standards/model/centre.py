"""What all embeddings of an encoder have in common: taken away, what is left tells one text from another."""

from importlib import resources

import numpy as np

from broadsheet.standards.model.encoder import Encoder, Floats
from broadsheet.standards.text import Seen


def centre(encoder: Encoder) -> Floats:
    """Return the mean embedding of ordinary comments on everything.

    Training for the heads moves all embeddings to one side: two comments on different things have a cosine of a half, and
    two that abuse the same politician one of .9. Less the mean they have .1 and .6, and copies of one text .8.
    """
    lines = resources.files(__package__).joinpath("ordinary.en.txt").read_text(encoding="utf-8").splitlines()
    readings = encoder.read([Seen(line) for line in lines if not line.startswith("#")])
    mean: Floats = np.mean([reading.embedding for reading in readings], axis=0, dtype=np.float32)
    return mean
