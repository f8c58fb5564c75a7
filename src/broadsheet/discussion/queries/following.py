"""Who follows which discussion, and whom a reader ignores (DIS-10)."""

from collections.abc import Collection

from broadsheet.discussion.models import Follow, Ignored
from broadsheet.readers.queries.faces import Face, faces

MOST = 500  # followers told at a time


def is_following(reader_id: int, article_id: int) -> bool:
    """Return whether the reader follows the article's discussion."""
    return Follow.objects.filter(reader_id=reader_id, thread_id=article_id).exists()


def followers_of(article_id: int, *, after: int = 0, limit: int = MOST) -> list[int]:
    """Return the numbers of the next readers who follow the discussion, those above `after`, in order."""
    rows = Follow.objects.filter(thread_id=article_id, reader_id__gt=after).order_by("reader_id")
    return list(rows.values_list("reader_id", flat=True)[:limit])


def ignored_by(reader_id: int) -> dict[int, Face]:
    """Return the readers whom this one ignores, by number."""
    return faces(list(Ignored.objects.filter(reader_id=reader_id).values_list("other_id", flat=True)))


def ignores(reader_id: int, other_id: int) -> bool:
    """Return whether the reader ignores the other: no notice is rung for what those write."""
    return Ignored.objects.filter(reader_id=reader_id, other_id=other_id).exists()


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


def ignoring(reader_ids: Collection[int], other_ids: Collection[int]) -> set[tuple[int, int]]:
    """Return of these readers who ignores whom of the others, in one question."""
    rows = Ignored.objects.filter(reader_id__in=list(reader_ids), other_id__in=list(other_ids))
    return set(rows.values_list("reader_id", "other_id"))
