"""Keys of pages: after which comment a page of a thread begins. No page is found by counting (design §7)."""

import re
from dataclasses import dataclass
from enum import StrEnum

_TIME = re.compile(r"[1-9][0-9]{0,17}")
_REPLIES = re.compile(r"(0|[1-9][0-9]{0,8})\.([1-9][0-9]{0,17})")


class Sort(StrEnum):
    """In which order the roots of a thread are shown (DIS-01)."""

    NEWEST = "newest"
    OLDEST = "oldest"
    DISCUSSED = "discussed"


@dataclass(frozen=True, slots=True)
class After:
    """The root after which the page begins; `replies` matter to the most discussed alone."""

    id: int
    replies: int = 0


def read_key(sort: Sort, key: str) -> After | None:
    """Return what the key says, None where it is none of this order: a key may come from anywhere."""
    if sort is Sort.DISCUSSED:
        found = _REPLIES.fullmatch(key)
        return After(int(found.group(2)), int(found.group(1))) if found else None
    return After(int(key)) if _TIME.fullmatch(key) else None


def write_key(sort: Sort, root_id: int, replies: int) -> str:
    """Return the key of the page that begins after this root."""
    return f"{replies}.{root_id}" if sort is Sort.DISCUSSED else str(root_id)


def key_before(sort: Sort, root_id: int, replies: int) -> str:
    """Return the key of the page whose first root this is; empty where that is the first page of any thread."""
    if sort is Sort.OLDEST:
        return str(root_id - 1) if root_id > 1 else ""
    return write_key(sort, root_id + 1, replies)
