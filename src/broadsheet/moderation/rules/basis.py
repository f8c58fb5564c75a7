"""What somebody who decides gives as the reason, as the desk's forms have it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Basis:
    """The clauses' codes and the facts; `law` where a clause is about the law. A decision checks what is missing."""

    clauses: tuple[str, ...]
    facts: str
    law: str = ""
    public_facts: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the basis as JSON values."""
        return {
            "clauses": list(self.clauses),
            "facts": self.facts,
            "law": self.law,
            "public_facts": self.public_facts,
        }


def basis_from(value: dict[str, Any]) -> Basis:
    """Return the basis read back."""
    return Basis(tuple(value["clauses"]), value["facts"], value["law"], value["public_facts"])


@dataclass(frozen=True, slots=True)
class Block:
    """A block that is ordered: for all discussions or for the one of the case, until a moment or until it is lifted."""

    everywhere: bool = True
    ends: datetime | None = None
