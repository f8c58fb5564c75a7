"""Comments by their numbers, as pages of threads show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.safestring import SafeString, mark_safe

from broadsheet.discussion.conf import INDENTED, State
from broadsheet.discussion.models import Comment
from broadsheet.kernel.prepared import Prepared
from broadsheet.readers.queries.faces import FACE_FIELDS, Face, face_of

_FIELDS = (
    "id", "thread_id", "parent_id", "root_id", "depth", "state", "held_for", "replies", "language", "html", "author_id",
    "author_badge", "created_at", "edited_at", "picked_at", "placed", "parent__author_id", "parent__state",
    *(f"author__{name}" for name in FACE_FIELDS), *(f"parent__author__{name}" for name in FACE_FIELDS),
)  # fmt: skip
Row = dict[str, Any]
_ROWS = Prepared(lambda numbers: Comment.objects.filter(pk__in=numbers).values_list(*_FIELDS))


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment as others see it: one that isn't visible shows where it stood, and nothing of what or who it was.

    `author` is None then, and where the author was erased. `indent` is how deep it is shown; `answers` is who wrote the
    comment it replies to. `placed`: it was seen once and keeps its place. `held_for` and `html` of a held one are there for its author's own eyes alone (`own_held`).
    """

    id: int
    thread_id: int
    parent_id: int | None
    root_id: int | None
    depth: int
    indent: int
    state: str
    held_for: str
    replies: int
    language: str
    html: SafeString
    author: Face | None
    badge: str
    created_at: datetime
    edited_at: datetime | None
    is_picked: bool
    placed: bool
    answers: Face | None

    @property
    def is_visible(self) -> bool:
        """Whether its words are shown."""
        return self.state == State.VISIBLE


def comment_views(numbers: Sequence[int], *, own: bool = False) -> dict[int, CommentView]:
    """Return the comments by number, in one question; `own`: for their author, whose held ones are shown whole."""
    return {row["id"]: view_of(row, own=own) for row in map(_named, _ROWS.in_parts(numbers))}


def chosen(choice: str, values: Sequence[int]) -> QuerySet[Comment, tuple[Any, ...]]:
    """Return the query for the rows of the comments whose numbers this SQL selects with these values, in no order."""
    return Comment.objects.filter(pk__in=RawSQL(choice, tuple(values))).values_list(*_FIELDS)  # noqa: S611 - ours


def rows_of(found: Iterable[Sequence[Any]]) -> list[Row]:
    """Return what `chosen` found, its columns by their names."""
    return [_named(row) for row in found]


def _named(row: Sequence[Any]) -> Row:
    return dict(zip(_FIELDS, row, strict=True))


def _face(row: Row, whose: str) -> Face | None:
    number = row[f"{whose}_id"]
    return face_of(number, *(row[f"{whose}__{name}"] for name in FACE_FIELDS)) if number is not None else None


def view_of(row: Row, *, own: bool = False) -> CommentView:
    """Return the comment of the row as others see it, or its author where it is the `own`."""
    shown = row["state"] == State.VISIBLE or (own and row["state"] == State.HELD)
    answered = row["parent__state"] == State.VISIBLE
    return CommentView(
        id=row["id"],
        thread_id=row["thread_id"],
        parent_id=row["parent_id"],
        root_id=row["root_id"],
        depth=row["depth"],
        indent=min(row["depth"], INDENTED),
        state=row["state"],
        held_for=row["held_for"] if own else "",
        replies=row["replies"],
        language=row["language"],
        html=mark_safe(row["html"] if shown else ""),
        author=_face(row, "author") if shown else None,
        badge=row["author_badge"] if shown else "",
        created_at=row["created_at"],
        edited_at=row["edited_at"] if shown else None,
        is_picked=shown and row["picked_at"] is not None,
        placed=row["placed"],
        answers=_face(row, "parent__author") if answered else None,
    )
