"""Who follows which discussion, and whom a reader ignores (DIS-10)."""

from collections.abc import Collection

from broadsheet.discussion.models import Follow, Ignored
from broadsheet.kernel.prepared import Prepared
from broadsheet.readers.queries.faces import Face, faces

MOST = 500  # followers told at a time
_NEXT = Prepared(
    lambda thread, after: (
        Follow.objects.filter(thread_id=thread, reader_id__gt=after).order_by("reader_id").values_list("reader_id")[:1]
    )
)


def is_following(reader_id: int, article_id: int) -> bool:
    """Return whether the reader follows the article's discussion."""
    return Follow.objects.filter(reader_id=reader_id, thread_id=article_id).exists()


def followers_of(article_id: int, *, after: int = 0, limit: int = MOST) -> list[int]:
    """Return the numbers of the next readers who follow the discussion, those above `after`, in order."""
    if limit == 1:
        return [number for (number,) in _NEXT(article_id, after)]
    rows = Follow.objects.filter(thread_id=article_id, reader_id__gt=after).order_by("reader_id")
    return list(rows.values_list("reader_id", flat=True)[:limit])


def ignored_by(reader_id: int) -> dict[int, Face]:
    """Return the readers whom this one ignores, by number."""
    return faces(list(Ignored.objects.filter(reader_id=reader_id).values_list("other_id", flat=True)))


def ignores(reader_id: int, other_id: int) -> bool:
    """Return whether the reader ignores the other: no notice is rung for what those write."""
    return Ignored.objects.filter(reader_id=reader_id, other_id=other_id).exists()


def ignoring(reader_ids: Collection[int], other_ids: Collection[int]) -> set[tuple[int, int]]:
    """Return of these readers who ignores whom of the others, in one question."""
    rows = Ignored.objects.filter(reader_id__in=list(reader_ids), other_id__in=list(other_ids))
    return set(rows.values_list("reader_id", "other_id"))
