"""How the blocks of a front or section page stand on the paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


class Placed(Protocol):
    """A block as far as its place depends on it."""

    @property
    def type(self) -> str:
        """lead, grid, rail, news or multimedia."""

    @property
    def narrow(self) -> bool:
        """Whether it reads well beside a column."""

    @property
    def column(self) -> bool:
        """Whether it is itself a column of headlines."""


@dataclass(slots=True)
class Band:
    """A strip across the page: `whole` one block, `split` blocks beside the news, `columns` lists side by side."""

    kind: str
    blocks: list[Placed] = field(default_factory=list)
    aside: Placed | None = None


def bands(blocks: Sequence[Placed]) -> list[Band]:
    """Return the strips in the editor's order.

    The news stands as a column beside up to two blocks before it and up to two after it that read well
    there; lists of headlines that follow one another stand side by side.
    """
    found: list[Band] = []
    waiting = list(blocks)
    while waiting:
        block = waiting.pop(0)
        if block.type == "news":
            found.append(_beside(block, found, waiting))
        elif block.column and found and found[-1].kind == "columns" and len(found[-1].blocks) < 4:
            found[-1].blocks.append(block)
        else:
            found.append(Band("columns" if block.column else "whole", [block]))
    return found


def _beside(news: Placed, before: list[Band], after: list[Placed]) -> Band:
    main: list[Placed] = []
    while before and len(main) < 2 and before[-1].kind == "whole" and before[-1].blocks[0].narrow:
        main.insert(0, before.pop().blocks[0])
    taken = 0
    while after and taken < 2 and len(main) < 3 and after[0].narrow:
        main.append(after.pop(0))
        taken += 1
    return Band("split", main, news) if main else Band("whole", [news])
