"""Whether a reader may comment in a thread now."""

from dataclasses import dataclass
from datetime import datetime

from broadsheet.discussion.models import Comment
from broadsheet.discussion.queries.authors import author_of, barred_until, recent
from broadsheet.discussion.queries.modes import mode_under
from broadsheet.discussion.rules.modes import ModeNow
from broadsheet.discussion.rules.posting import (
    Author,
    refuse_article,
    refuse_bar,
    refuse_mode,
    refuse_pace,
    refuse_parent,
    slowed,
)
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.prepared import Prepared
from broadsheet.newsroom.queries.discussed import Discussed, discussed
from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.readers.queries.standing import may_post

_PARENT = Prepared(
    lambda number: Comment.objects.filter(pk=number).values_list("thread_id", "root_id", "depth", "state")
)


@dataclass(frozen=True, slots=True)
class Parent:
    """The comment that is answered: its number, the number of its root, and its depth."""

    id: int
    root_id: int
    depth: int


@dataclass(frozen=True, slots=True)
class Admission:
    """What let a reader comment: the mode that holds, what is known of the author, and the comment answered."""

    mode: ModeNow
    author: Author
    parent: Parent | None


def may_comment(reader_id: int, article_id: int, now: datetime) -> Refusal | None:
    """Return why the reader can't comment under the article now; None where nothing stands against it."""
    article = discussed(article_id)
    if article is None:
        return refuse_article()
    try:
        admit(reader_id, article, None, now)
    except Refused as refused:
        return refused.refusal
    return None


def admit(author_id: int, article: Discussed, parent_id: int | None, now: datetime, *, outcome: str = "") -> Admission:
    """Return what holds for the author's comment there, or raise `Refused`; `outcome` is the judge's, once it is known."""
    if refusal := refuse_to_take_part(author_id, article.article_id, article.edition_id, now):
        raise Refused(refusal)
    mode = mode_under(article, now)
    author = author_of(author_id, mode.mode, now)
    assert author is not None  # noqa: S101 - its standing was asked
    if refusal := refuse_mode(mode, author):
        raise Refused(refusal)
    if refusal := refuse_pace(recent(author_id), article.article_id, slowed(mode, outcome), now):
        raise Refused(refusal)
    return Admission(mode, author, answered(parent_id, article.article_id))


def refuse_to_take_part(reader_id: int, article_id: int, edition_id: int, now: datetime) -> Refusal | None:
    """Say why the reader can't take part in the thread at all: by the account's standing, or by a bar (MOD-04)."""
    if refusal := may_post(reader_id, edition_by_id(edition_id).code, now):
        return refusal
    barred, until = barred_until(reader_id, article_id, now)
    return refuse_bar(until) if barred else None


def answered(parent_id: int | None, article_id: int) -> Parent | None:
    """Return the comment that is answered, None for a root; `Refused` where it can't be answered."""
    if parent_id is None:
        return None
    rows = _PARENT(parent_id)
    thread_id, root_id, depth, state = rows[0] if rows else (0, None, 0, None)
    if refusal := refuse_parent(state, same_thread=thread_id == article_id):
        raise Refused(refusal)
    return Parent(parent_id, root_id or parent_id, depth)
