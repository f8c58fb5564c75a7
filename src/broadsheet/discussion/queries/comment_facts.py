"""Everything that those who moderate are shown of a comment, whatever its state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from broadsheet.discussion.models import Comment, FindingRow, Judgement, TextVersion
from broadsheet.discussion.rules.redactions import as_spans
from broadsheet.kernel.prepared import Prepared, PreparedObjects
from broadsheet.readers.queries.faces import Face, faces

ABOVE = 10  # comments above a reply that are shown with it
_FIELDS = (
    "pk", "thread_id", "thread__edition_id", "thread__section_id", "parent_id", "root_id", "depth", "state", "held_for",
    "placed", "replies", "language", "text", "html", "version", "redactions", "author_id", "author_badge", "created_at",
    "edited_at", "picked_at",
)  # fmt: skip

_ROWS = Prepared(lambda numbers: Comment.objects.filter(pk__in=numbers).values_list(*_FIELDS))
_VERSIONS = Prepared(
    lambda number: (
        TextVersion.objects.filter(comment_id=number).order_by("version").values_list("version", "text", "at")
    )
)
_JUDGED = PreparedObjects(
    Judgement, lambda number, version: Judgement.objects.filter(comment_id=number, version=version)
)
_FOUND = PreparedObjects(
    FindingRow,
    lambda number, version: FindingRow.objects.filter(comment_id=number, version=version).order_by("-score", "pk"),
)


@dataclass(frozen=True, slots=True)
class VersionView:
    """What the comment said before: which text it was, and since when it said so."""

    version: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """What the judge saw in the present text; spans are code points of it."""

    clause: str
    handling: str
    detector: str
    detector_version: int
    score: float
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgementFacts:
    """The judge's verdict on the present text."""

    rulebook_version: int
    outcome: str
    care: bool
    scores: dict[str, float]
    not_covered: tuple[str, ...]
    not_scored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment as it is stored, for moderators: the whole text, also of what nobody else sees."""

    id: int
    thread_id: int  # that of the article's page
    edition_id: int
    section_id: int
    parent_id: int | None
    root_id: int | None
    depth: int
    state: str
    held_for: str
    placed: bool
    replies: int
    language: str
    text: str
    html: str
    version: int
    redactions: tuple[tuple[int, int], ...]
    author_id: int | None
    author_badge: str
    created_at: datetime
    edited_at: datetime | None
    picked_at: datetime | None


@dataclass(frozen=True, slots=True)
class CommentFacts:
    """A comment with its history, what the judge said, its author, and the comments above it, the root first."""

    comment: CommentRow
    author: Face | None
    versions: tuple[VersionView, ...]
    judgement: JudgementFacts | None
    findings: tuple[FindingFacts, ...]
    above: tuple[CommentRow, ...]


def comment_facts(comment_id: int) -> CommentFacts | None:
    """Return all that is known of the comment, None where there is none."""
    comment = comment_row(comment_id)
    if comment is None:
        return None
    author = faces([comment.author_id]).get(comment.author_id) if comment.author_id else None
    versions = _VERSIONS(comment_id) if comment.version > 1 else []
    said = next(iter(_JUDGED(comment_id, comment.version)), None)
    found = _FOUND(comment_id, comment.version)
    return CommentFacts(
        comment,
        author,
        tuple(VersionView(*row) for row in versions),
        _judgement(said) if said else None,
        tuple(_finding(row) for row in found),
        tuple(_above(comment)),
    )


def comment_row(comment_id: int) -> CommentRow | None:
    """Return the comment as it is stored, None where there is none."""
    return next(iter(comment_rows([comment_id])), None)


def comment_rows(comment_ids: Sequence[int]) -> list[CommentRow]:
    """Return the comments as they are stored, in the order of their numbers."""
    return [_row(row) for row in sorted(_ROWS.in_parts(set(comment_ids)))]


def history_of(author_id: int, *, before: int | None = None, limit: int = 20) -> list[CommentRow]:
    """Return the author's comments in all threads and states, newest first; those with lower numbers than `before`."""
    rows = Comment.objects.filter(author_id=author_id).order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [_row(row) for row in rows.values_list(*_FIELDS)[: max(1, min(limit, 100))]]


def findings_of(comment_ids: Sequence[int]) -> dict[int, tuple[FindingFacts, ...]]:
    """Return what the judge saw in the present texts of these comments, the surest first; one question."""
    rows = FindingRow.objects.filter(comment_id__in=list(comment_ids), version=F("comment__version"))
    found: dict[int, tuple[FindingFacts, ...]] = {}
    for row in rows.order_by("-score", "pk"):
        found[row.comment_id] = (*found.get(row.comment_id, ()), _finding(row))
    return found


def written_by(author_id: int, words: str, *, limit: int = 20, among: int = 1000) -> list[CommentRow]:
    """Return the author's newest comments that contain the words, whatever their case, among so many of the newest."""
    found: list[CommentRow] = []
    before, looked, wanted = None, 0, words.casefold()
    while looked < among and len(found) < limit:
        rows = history_of(author_id, before=before, limit=100)
        found += [row for row in rows if wanted in row.text.casefold()]
        if len(rows) < 100:
            break
        before, looked = rows[-1].id, looked + len(rows)
    return found[:limit]


def _row(row: tuple[Any, ...]) -> CommentRow:
    values = list(row)
    at = _FIELDS.index("redactions")
    values[at] = as_spans(values[at])
    return CommentRow(*values)


def _above(comment: CommentRow) -> list[CommentRow]:
    """Return the nearest comments above, the highest first; one question for each, as many as are shown."""
    found: list[CommentRow] = []
    parent_id = comment.parent_id
    while parent_id is not None and len(found) < ABOVE:
        parent = comment_row(parent_id)
        if parent is None:
            break
        found.insert(0, parent)
        parent_id = parent.parent_id
    return found


def _judgement(row: Judgement) -> JudgementFacts:
    return JudgementFacts(
        row.rulebook_version, row.outcome, row.care, dict(row.scores), tuple(row.not_covered), tuple(row.not_scored)
    )


def _finding(row: FindingRow) -> FindingFacts:
    return FindingFacts(
        row.clause, row.handling, row.detector, row.detector_version, row.score, as_spans(row.spans), tuple(row.words)
    )
