"""Comments by their numbers, as pages of threads show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from broadsheet.discussion.conf import INDENTED, Badge, State
from broadsheet.discussion.models import Comment
from broadsheet.discussion.queries.badges import subjects_of
from broadsheet.kernel.prepared import Prepared
from broadsheet.readers.queries.faces import Face, faces

_FIELDS = (
    "id", "thread_id", "parent_id", "root_id", "depth", "state", "held_for", "replies", "language", "html", "author_id",
    "author_badge", "created_at", "edited_at", "picked_at", "placed", "parent__author_id", "parent__state",
)  # fmt: skip
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
    subject: str = ""  # of what an expert is one

    @property
    def is_visible(self) -> bool:
        """Whether its words are shown."""
        return self.state == State.VISIBLE


def comment_views(numbers: Sequence[int], *, own: bool = False) -> dict[int, CommentView]:
    """Return the comments by number, in two questions; `own`: for their author, whose held ones are shown whole.

    A third one asks for the subjects of experts, where there are any.
    """
    rows = [dict(zip(_FIELDS, row, strict=True)) for row in _ROWS.in_parts(numbers)]
    people = faces({number for row in rows for number in _people(row)})
    experts = {row["author_id"] for row in rows if row["author_badge"] == Badge.EXPERT and row["author_id"] is not None}
    subjects = subjects_of(experts)
    return {row["id"]: _view(row, people, subjects, own=own) for row in rows}


def _people(row: dict[str, Any]) -> Iterable[int]:
    return (number for number in (row["author_id"], row["parent__author_id"]) if number is not None)


def _view(row: dict[str, Any], people: dict[int, Face], subjects: dict[int, str], *, own: bool) -> CommentView:
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
        author=people.get(row["author_id"]) if shown else None,
        badge=row["author_badge"] if shown else "",
        created_at=row["created_at"],
        edited_at=row["edited_at"] if shown else None,
        is_picked=shown and row["picked_at"] is not None,
        placed=row["placed"],
        answers=people.get(row["parent__author_id"]) if answered else None,
        subject=subjects.get(row["author_id"], "") if shown else "",
    )
