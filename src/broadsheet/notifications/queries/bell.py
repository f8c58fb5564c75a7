"""The bell of one reader."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from broadsheet.notifications.models import Notice

OTHER = "notices/other.html"  # words a kind that this version no longer has
SHOWN = 100  # on the page of notices; older ones are seen by marking these


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as its page shows it: the first of `templates` that there is words it from `values`."""

    id: int
    templates: tuple[str, ...]
    values: dict[str, Any]
    path: str
    at: datetime
    seen: bool


def unread_count(reader_id: int) -> int:
    """Return how many notices the reader has not seen, by one query of an index."""
    return Notice.objects.filter(reader_id=reader_id, seen_at__isnull=True).count()


def notices_of(reader_id: int, limit: int = SHOWN) -> list[NoticeView]:
    """Return the reader's notices, newest first."""
    return [
        NoticeView(row.pk, (f"notices/{row.kind}.html", OTHER), row.values, row.path, row.at, row.seen_at is not None)
        for row in Notice.objects.filter(reader_id=reader_id).order_by("-id")[:limit]
    ]
