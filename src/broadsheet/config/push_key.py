"""A new key of push, before those that browsers know already."""

import os
import tempfile
from pathlib import Path

from broadsheet.config.env import Environment, new_push_key


def add_push_key(environment: Environment) -> Path:
    """Write a new key as the first line of push.key; the file is whole at every moment, and its owner's alone."""
    file = environment.data / "push.key"
    known = environment.push_keys()
    descriptor, written = tempfile.mkstemp(dir=environment.data, prefix=".push.key-")
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write("\n".join([new_push_key(), *known]))
    Path(written).replace(file)
    return file
