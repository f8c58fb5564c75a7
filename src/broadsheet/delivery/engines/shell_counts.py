"""What this process has answered, for `/metrics`."""

from dataclasses import dataclass


@dataclass(slots=True)
class Counts:
    """Numbers of answers by where they came from, and of requests in threads now."""

    stored: int = 0
    files: int = 0
    rendered: int = 0
    refused: int = 0
    failed: int = 0
    under_way: int = 0


COUNTS = Counts()
