"""What somebody ordered of many comments at once, as it is kept until it is carried out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from broadsheet.moderation.rules.basis import Basis, Block, basis_from
from broadsheet.moderation.rules.decisions import Actor, Measure, Role


@dataclass(frozen=True, slots=True)
class Order:
    """What is done with each comment, by whom; without a basis they are approved. `undo`: take back what was decided.

    `block` is for the author of the first one, whose incident is `incident`: all of it counts once. `key` makes one
    decision of each comment however often the order is carried out.
    """

    by: Actor
    key: UUID
    basis: Basis | None = None
    measures: tuple[Measure, ...] = ()
    block: Block | None = None
    incident: int | None = None
    undo: bool = False

    def key_of(self, comment_id: int) -> UUID:
        """Return the key of the decision about that comment."""
        return uuid5(self.key, str(comment_id))

    def as_json(self) -> dict[str, Any]:
        """Return the order as JSON values."""
        block = self.block
        ends = block.ends.isoformat() if block is not None and block.ends is not None else None
        return {
            "by": self.by.reader_id,
            "role": str(self.by.role),
            "key": str(self.key),
            "basis": self.basis.as_json() if self.basis is not None else None,
            "measures": [str(one) for one in self.measures],
            "block": {"everywhere": block.everywhere, "ends": ends} if block is not None else None,
            "incident": self.incident,
            "undo": self.undo,
        }


def order_from(value: dict[str, Any]) -> Order:
    """Return the order read back."""
    block = value["block"]
    return Order(
        by=Actor(value["by"], Role(value["role"])),
        key=UUID(value["key"]),
        basis=basis_from(value["basis"]) if value["basis"] is not None else None,
        measures=tuple(Measure(one) for one in value["measures"]),
        block=Block(block["everywhere"], datetime.fromisoformat(block["ends"]) if block["ends"] else None)
        if block is not None
        else None,
        incident=value["incident"],
        undo=value["undo"],
    )


def outcome_of(order: Order) -> str:
    """Return the word for what became of the case."""
    if order.basis is None:
        return "approved"
    if order.block is not None:
        return "blocked"
    return "removed" if Measure.REMOVE in order.measures else "warned"


def can_be_of_many(measures: Sequence[Measure]) -> bool:
    """Return whether these can be ordered of many comments alike: words to black out are in one alone."""
    return bool(measures) and set(measures) <= {Measure.REMOVE, Measure.WARN}
