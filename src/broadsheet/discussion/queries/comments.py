"""Comments by their numbers, as pages of threads show them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.safestring import SafeString

from broadsheet.discussion.conf import INDENTED, Badge, State
from broadsheet.discussion.models import Comment
from broadsheet.discussion.queries.badges import subjects_of
from broadsheet.kernel.prepared import Prepared
from broadsheet.readers.queries.faces import FACE_FIELDS, Face, face_of


class Row(NamedTuple):
    """What is asked of a comment; the columns of `_COLUMNS`, in their order."""

    id: int
    thread_id: int
    parent_id: int | None
    root_id: int | None
    depth: int
    state: str
    held_for: str
    replies: int
    language: str
    html: str
    author_id: int | None
    author_badge: str
    created_at: datetime
    edited_at: datetime | None
    picked_at: datetime | None
    placed: bool
    answers_state: str | None
    answers_id: int | None
    answers_name: str
    answers_active: bool
    author_name: str
    author_avatar: str
    author_active: bool
    author_user_id: Any


_COLUMNS = (
    "id", "thread_id", "parent_id", "root_id", "depth", "state", "held_for", "replies", "language", "html", "author_id",
    "author_badge", "created_at", "edited_at", "picked_at", "placed", "parent__state", "parent__author_id",
    "parent__author__display_name", "parent__author__is_active", *(f"author__{name}" for name in FACE_FIELDS),
)  # fmt: skip
_ROWS = Prepared(lambda numbers: Comment.objects.filter(pk__in=numbers).values_list(*_COLUMNS))


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment as others see it: one that isn't visible shows where it stood, and nothing of what or who it was.

    `author` is None then, and where the author was erased. `indent` is how deep it is shown; `answers` is who wrote the
    comment it replies to, without the picture. `placed`: it was seen once and keeps its place. `held_for` and `html` of a held one are there for its author's own eyes alone (`own_held`).
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
    subject: str = ""  # of what an expert is one

    @property
    def is_visible(self) -> bool:
        """Whether its words are shown."""
        return self.state == State.VISIBLE


def comment_views(numbers: Sequence[int], *, own: bool = False) -> dict[int, CommentView]:
    """Return the comments by number, in one question; `own`: for their author, whose held ones are shown whole.

    A second one asks for the subjects of experts, where there are any.
    """
    return views_of(rows_of(_ROWS.in_parts(numbers)), own=own)


def chosen(choice: str, values: Sequence[int]) -> QuerySet[Comment, tuple[Any, ...]]:
    """Return the query for the rows of the comments whose numbers this SQL selects with these values, in no order."""
    return Comment.objects.filter(pk__in=RawSQL(choice, tuple(values))).values_list(*_COLUMNS)  # noqa: S611 - ours


def rows_of(found: Iterable[Sequence[Any]]) -> list[Row]:
    """Return what `chosen` found, its columns by their names."""
    return [Row._make(row) for row in found]


def views_of(rows: Collection[Row], *, own: bool = False) -> dict[int, CommentView]:
    """Return the comments of the rows by number, as others see them, or their author where they are the `own`.

    In one question where experts are among their authors, else in none.
    """
    subjects = subjects_of({row.author_id for row in rows if row.author_badge == Badge.EXPERT and row.author_id})
    return {row.id: _view(row, subjects, own=own) for row in rows}


def _view(row: Row, subjects: Mapping[int, str], *, own: bool) -> CommentView:
    shown = row.state == State.VISIBLE or (own and row.state == State.HELD)
    author = answers = None
    if shown and row.author_id is not None:
        author = face_of(row.author_id, row.author_name, row.author_avatar, row.author_active, row.author_user_id)
    if row.answers_id is not None and row.answers_state == State.VISIBLE:
        answers = face_of(row.answers_id, row.answers_name, "", row.answers_active, "")
    return CommentView(
        id=row.id,
        thread_id=row.thread_id,
        parent_id=row.parent_id,
        root_id=row.root_id,
        depth=row.depth,
        indent=min(row.depth, INDENTED),
        state=row.state,
        held_for=row.held_for if own else "",
        replies=row.replies,
        language=row.language,
        html=SafeString(row.html if shown else ""),
        author=author,
        badge=row.author_badge if shown else "",
        created_at=row.created_at,
        edited_at=row.edited_at if shown else None,
        is_picked=shown and row.picked_at is not None,
        placed=row.placed,
        answers=answers,
        subject=subjects.get(row.author_id or 0, "") if shown else "",
    )
