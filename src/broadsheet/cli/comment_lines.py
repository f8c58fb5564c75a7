"""What commands share that read lines of comments and answer in lines."""

import json
import sys
from typing import Any, BinaryIO


def count_lines(file: BinaryIO) -> int | None:
    """Return how many lines a file has; None where it can be read only once."""
    if not file.seekable() or not sys.stderr.isatty():
        return None
    lines_there = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    file.seek(0)
    return lines_there


def json_line(answer: dict[str, Any]) -> str:
    """Return JSON on one line; halves of characters stay escaped, since no encoding writes them."""
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
