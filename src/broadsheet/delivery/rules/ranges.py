"""Which part of a file a reader asks for (RFC 9110, section 14): one part, or the whole."""

import re

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """Return first and last byte, None for the whole; `ValueError` where no such part exists."""
    match = _RANGE.fullmatch(header.strip())
    if match is None or not (match[1] or match[2]):
        return None  # several parts, other units: the whole is a correct answer
    if not match[1]:
        if int(match[2]) == 0 or size == 0:
            raise ValueError("An empty end of the file was asked for.")
        return max(0, size - int(match[2])), size - 1
    first, last = int(match[1]), int(match[2]) if match[2] else size - 1
    if match[2] and last < first:
        return None
    if first >= size:
        raise ValueError("The part begins after the end of the file.")
    return first, min(last, size - 1)
