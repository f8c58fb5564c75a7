"""What adapters of channels answer, and what they are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from broadsheet.newsroom.queries.channels import Elsewhere


@dataclass(frozen=True, slots=True)
class Reply:
    """A public reply elsewhere: plain names, clean markup, `depth` of nesting from 0."""

    author: str
    handle: str  # with the host that keeps the account
    at: datetime | None
    html: str
    address: str
    warning: str = ""  # what its author wants said before it is read
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: the address of a frame, or replies; `fault` says in words why there is neither."""

    frame: str = ""
    replies: tuple[Reply, ...] = ()
    more: bool = False  # there are more replies than are shown
    fault: str = ""


class Adapter(Protocol):
    """One way of showing a discussion elsewhere; `by_browser` where the reader's own browser asks the other host."""

    by_browser: bool

    def show(self, elsewhere: Elsewhere) -> Shown:
        """Return what is to be shown; called once a reader has asked for it."""
        ...
