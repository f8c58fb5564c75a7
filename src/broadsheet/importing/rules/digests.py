"""When two rows of a bundle say the same."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

# What others decide: to which group a row belongs, where it stands among its like, what its file is called.
OUTSIDE = frozenset({"translation", "position", "file"})


def digest(row: Mapping[str, Any] | list[Any]) -> str:
    """Return a digest of everything the row itself says."""
    own = {name: value for name, value in row.items() if name not in OUTSIDE} if isinstance(row, Mapping) else row
    text = json.dumps(own, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
