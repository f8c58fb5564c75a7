"""The register of personal data: each domain says what it holds about a reader, how it is exported and erased.

A domain registers its holdings from its `personal_data` module while apps load; whoever answers for accounts runs
them (GDPR art. 15, 17, 20). A holding may not keep a reader from leaving: `erase` works in portions, is repeated until
it finds nothing, and does no harm when it is repeated once more.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

PORTION = 100  # rows in one transaction: a few of the 50 ms that others may have to wait for the writer lock

Rows = Callable[[int], Iterable[Mapping[str, Any]]]
Eraser = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Holding:
    """What one place holds about a reader.

    `rows(reader_id)` gives it as JSON values for the export; `erase(reader_id)` erases or anonymises one portion, in
    its own short transaction, and returns how many rows that were: 0 when nothing is left. `fields` names the columns
    that it answers for, as `readers.Acceptance.at`; `readers.Acceptance` stands for all of a model's.
    """

    name: str
    title: Any  # a sentence's beginning in the reader's language, translated when it is shown
    fields: tuple[str, ...]
    rows: Rows
    erase: Eraser


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    """Take a holding into the register; a second one of the name is a mistake."""
    if _holdings.setdefault(holding.name, holding) is not holding:
        raise ValueError(f"{holding.name} is registered twice.")


def holdings() -> tuple[Holding, ...]:
    """Return all holdings in the order of their names.

    They are erased in that order, too: what another domain finds by the addresses of an account goes before `readers.`.
    """
    return tuple(_holdings[name] for name in sorted(_holdings))


def delete_portion(rows: QuerySet[Any], size: int = PORTION) -> int:
    """Delete so many of the rows in a transaction of its own, and return how many those were: what `erase` asks for."""
    with transaction.atomic():
        chosen = list(rows.order_by("pk").values_list("pk", flat=True)[:size])
        if chosen:
            rows.model._base_manager.filter(pk__in=chosen).delete()
    return len(chosen)
