"""Whom a reader ignores and what a reader follows, as lists for that reader alone (DIS-10)."""

from broadsheet.discussion.models import Follow, Ignored
from broadsheet.readers.queries.faces import Face, faces

MOST = 500  # that a page lists


def ignored_user_ids(reader_id: int) -> list[str]:
    """Return the User IDs of the readers whom this one ignores, in order."""
    rows = Ignored.objects.filter(reader_id=reader_id).order_by("other__public_id")
    return list(rows.values_list("other__public_id", flat=True))


def ignored_with_user_ids(reader_id: int, *, limit: int = MOST) -> list[tuple[str, Face]]:
    """Return User ID and face of the readers whom this one ignores, those ignored last first."""
    rows = Ignored.objects.filter(reader_id=reader_id).order_by("-at", "-pk")[:limit]
    found = list(rows.values_list("other__public_id", "other_id"))
    known = faces([number for _user_id, number in found])
    return [(user_id, known[number]) for user_id, number in found if number in known]


def followed_by(reader_id: int, *, limit: int = MOST) -> list[int]:
    """Return the articles whose discussions the reader follows, those followed last first."""
    rows = Follow.objects.filter(reader_id=reader_id).order_by("-at", "-pk")
    return list(rows.values_list("thread_id", flat=True)[:limit])
