"""What the newsroom hands on: statements for the EU's Transparency Database (DSA art. 24(5), MOD-11)."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from broadsheet.moderation.engines.dsa import impersonal_again
from broadsheet.moderation.models import Statement
from broadsheet.newsroom.queries.editions import EditionView

BATCH = 100  # what the database takes at once
AT_ONCE = 500  # rows in memory
Span = tuple[EditionView, datetime, datetime]


def statements(spans: Sequence[Span]) -> Iterator[dict[str, Any]]:
    """Yield the statements of each edition and time, oldest first.

    Asked for again they are the same, with the same `puid`: what was sent twice is found by it. Those of decisions that
    were found wrong since are among them, as they were told.
    """
    for edition, since, until in spans:
        rows = Statement.objects.filter(
            decision__edition=edition.code, decision__at__gte=since, decision__at__lt=until, dsa__isnull=False
        ).order_by("decision_id")
        last = 0
        while found := list(rows.filter(decision_id__gt=last).values_list("decision_id", "dsa")[:AT_ONCE]):
            yield from (impersonal_again(said or {}) for _number, said in found)
            last = found[-1][0]


def statement_lines(spans: Sequence[Span], *, batches: bool = False) -> Iterator[str]:
    """Yield one JSON object a line: a statement, or (`batches`) `{"statements": […]}` of as many as are sent at once."""
    rows = statements(spans)
    if batches:
        values: Iterator[Any] = ({"statements": some} for some in iter(lambda: list(islice(rows, BATCH)), []))
    else:
        values = rows
    return (json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def count_statements(spans: Sequence[Span]) -> int:
    """Return how many statements that are."""
    return sum(
        Statement.objects.filter(
            decision__edition=edition.code, decision__at__gte=since, decision__at__lt=until, dsa__isnull=False
        ).count()
        for edition, since, until in spans
    )
