"""In which order the replies below a comment are read (DIS-01)."""

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Reply(Protocol):
    """What the order needs to know of a reply."""

    @property
    def id(self) -> int:
        """Return its number."""

    @property
    def parent_id(self) -> int | None:
        """Return the number of the comment that it answers."""


R = TypeVar("R", bound=Reply)


def arranged(root_id: int, replies: Sequence[R], deepest: int) -> list[tuple[R, int, bool]]:
    """Return the replies of one page, each after the one it answers, with its indent and whether it stands there.

    The indent is 1 for an answer to the root, and at most `deepest`. A reply whose answered comment is on another page
    comes where its time puts it, indented by 1; it doesn't stand below what it answers, and so doesn't one that is
    deeper than can be shown: then the page says whom it answers.
    """
    here = {reply.id for reply in replies}
    below: dict[int, list[R]] = {}
    for reply in sorted(replies, key=_number):
        above = reply.parent_id if reply.parent_id in here else root_id
        below.setdefault(above if above is not None else root_id, []).append(reply)
    found: list[tuple[R, int, bool]] = []
    waiting = [(reply, 1) for reply in reversed(below.get(root_id, []))]
    while waiting:
        reply, depth = waiting.pop()
        stands = depth <= deepest and (reply.parent_id in here or reply.parent_id == root_id)
        found.append((reply, min(depth, deepest), stands))
        waiting += [(each, depth + 1) for each in reversed(below.get(reply.id, []))]
    return found


def _number(reply: Reply) -> int:
    return reply.id
