"""The full-text indexes of the two databases behind one door."""

from dataclasses import dataclass
from typing import Protocol

from django.db import connection

from broadsheet.search.engines import postgresql, sqlite
from broadsheet.search.rules.query import Query


@dataclass(frozen=True, slots=True)
class Match:
    """A document found, with its weight (higher is better) before freshness counts."""

    id: int
    weight: float


class Engine(Protocol):
    """What an index can do."""

    def put(self, document_id: int) -> None:
        """Index the stored document anew."""

    def drop(self, document_id: int) -> None:
        """Forget the document."""

    def match(self, query: Query, filters: tuple[str, ...], limit: int) -> list[tuple[int, float]]:
        """Return the newest matches with their weights."""

    def begin(self, folded: tuple[str, ...], filters: tuple[str, ...], limit: int) -> list[int]:
        """Return the newest documents with words of which the last one begins so."""


def engine() -> Engine:
    """Return the index of the database in use."""
    return postgresql if connection.vendor == "postgresql" else sqlite
