"""A comment with everything a page shows of it."""

from dataclasses import dataclass

from broadsheet.discussion.queries.comments import CommentView


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment as a page shows it.

    `path` is where it is found, always. `name` and `user_id` are empty where the account is deleted; without an
    `avatar` of the reader's own the `initials` stand for them. `badge` says in words what the author is to the paper.
    `answers` says whom it answers where it doesn't stand below that comment. `reply` and `report` are pages, or empty.
    """

    view: CommentView
    indent: int
    path: str
    name: str
    user_id: str
    avatar: str
    initials: str
    badge: str
    answers: str
    answers_path: str
    reply: str
    report: str
