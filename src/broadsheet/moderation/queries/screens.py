"""Cases, comments and decisions as the moderators' screens show them: titles, names and marks beside them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from broadsheet.discussion.queries.addresses import comment_path
from broadsheet.discussion.queries.comment_facts import CommentRow, FindingFacts, comment_rows, findings_of
from broadsheet.discussion.queries.reports import ReportView
from broadsheet.moderation.queries.case_details import CaseDetail, first_comments, reasons_in_words
from broadsheet.moderation.queries.cases import CaseView
from broadsheet.moderation.queries.decisions import DecisionView
from broadsheet.moderation.queries.grounds import clauses_to_choose, facts_from, title_of
from broadsheet.moderation.rules.decisions import Approval, Decision
from broadsheet.moderation.rules.labels import (
    comment_state_label,
    measure_label,
    outcome_label,
    role_label,
)
from broadsheet.moderation.rules.marked import Mark, Piece, pieces
from broadsheet.newsroom.queries.cards import ArticleCard, cards_by_id
from broadsheet.newsroom.queries.editions import EditionView, editions
from broadsheet.readers.queries.faces import Face, faces

SNIPPET = 280


@dataclass(frozen=True, slots=True)
class PieceView:
    """A piece of a text with what is said of it."""

    piece: Piece
    says: str


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment as the desk shows it."""

    row: CommentRow
    author: Face | None
    pieces: tuple[PieceView, ...]
    state: str
    path: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the queue; `comment` is the one it is about, the first one of several, `reader` whose account it is about."""

    case: CaseView
    why: tuple[str, ...]
    edition: EditionView | None
    article: ArticleCard | None
    comment: CommentView | None
    reader: Face | None
    claimed_by: Face | None
    claimed: bool
    outcome: str


@dataclass(frozen=True, slots=True)
class ClauseChoice:
    """A clause to choose; `key` is the digit that picks it, empty from the tenth on."""

    code: str
    title: str
    text: str
    key: str
    facts: str
    named: bool  # by the judge or in a report
    illegal: bool


@dataclass(frozen=True, slots=True)
class DecidedView:
    """A decision with its words."""

    decision: DecisionView
    measures: tuple[str, ...]
    clauses: tuple[str, ...]
    facts: str
    by: Face | None
    role: str
    approved: bool


def queue_rows(found: Sequence[CaseView], now: datetime) -> list[RowView]:
    """Return the cases as rows, in a handful of questions however many they are."""
    firsts = first_comments([one.id for one in found if one.comment_id is None])
    about = {one.id: one.comment_id or firsts.get(one.id, 0) for one in found}
    comments = shown_comments(about.values())
    cards = cards_by_id([one.thread_id for one in found if one.thread_id is not None])
    numbers = {number for one in found for number in (one.claimed_by_id, one.reader_id) if number is not None}
    people = faces(numbers)
    known = {one.id: one for one in editions()}
    return [
        RowView(
            one, reasons_in_words(one), known.get(one.edition_id), cards.get(one.thread_id or 0),
            comments.get(about[one.id]), people.get(one.reader_id or 0), people.get(one.claimed_by_id or 0), one.is_claimed(now),
            outcome_label(one.outcome),
        )
        for one in found
    ]  # fmt: skip


def shown_comments(numbers: Collection[int], *, cut: int = SNIPPET) -> dict[int, CommentView]:
    """Return the comments by number, longer ones cut."""
    return {row.row.id: row for row in shown_rows(comment_rows(list(numbers)), cut=cut)}


def shown_rows(rows: Sequence[CommentRow], *, cut: int = SNIPPET) -> list[CommentView]:
    """Return these comments with their authors and marks, longer ones cut; two questions."""
    people = faces({row.author_id for row in rows if row.author_id is not None})
    found = findings_of([row.id for row in rows])
    return [
        CommentView(
            row, people.get(row.author_id or 0), marked(row, found.get(row.id, ()), cut=cut),
            comment_state_label(row.state), comment_path(row.id),
        )
        for row in rows
    ]  # fmt: skip


def marked(row: CommentRow, findings: Iterable[FindingFacts], *, cut: int | None = None) -> tuple[PieceView, ...]:
    """Return the comment's text in pieces, each with the clauses and detectors that marked it."""
    marks = [Mark(start, end, one.clause, one.detector) for one in findings for start, end in one.spans if start < end]
    text = row.text if cut is None or len(row.text) <= cut else row.text[:cut]
    found = [PieceView(one, _said(row.edition_id, one)) for one in pieces(text, marks, row.redactions)]
    if len(text) < len(row.text):
        found.append(PieceView(Piece(" …"), ""))
    return tuple(found)


def clause_choices(detail: CaseDetail) -> list[ClauseChoice]:
    """Return the clauses that can be cited: the suggested one first, then those that were named, then all others."""
    language = get_language() or ""
    findings = detail.comment.findings if detail.comment is not None else ()
    text = detail.comment.comment.text if detail.comment is not None else ""
    named = [one.clause for one in findings] + [one.clause for one in detail.reports] + [detail.case.clause]
    first = detail.suggestion.clause if detail.suggestion is not None else ""
    order = {code: place for place, code in enumerate(dict.fromkeys([first, *named]))}
    clauses = sorted(clauses_to_choose(detail.case.edition_id), key=lambda one: order.get(one.code, len(order)))
    return [
        ClauseChoice(
            one.code, title_of(detail.case.edition_id, one.code, language),
            one.text.get(language) or next(iter(one.text.values()), ""), str(place) if place < 10 else "",
            facts_from(findings, one.code, text), one.code in order, one.statement.ground == "ILLEGAL_CONTENT",
        )
        for place, one in enumerate(clauses, start=1)
    ]  # fmt: skip


def decided(rows: Sequence[DecisionView], edition_id: int) -> list[DecidedView]:
    """Return the decisions in words; titles of clauses are the edition's."""
    people = faces({row.actor_id for row in rows if row.actor_id is not None})
    language = get_language() or ""
    return [
        DecidedView(
            row, tuple(measure_label(one) for one in row.measures),
            tuple(title_of(edition_id, one, language) for one in row.clauses),
            row.value.facts if isinstance(row.value, Decision) else "", people.get(row.actor_id or 0),
            role_label(row.actor_role), isinstance(row.value, Approval),
        )
        for row in rows
    ]  # fmt: skip


def reported(rows: Sequence[ReportView], edition_id: int) -> list[tuple[ReportView, str, Face | None]]:
    """Return the reports with their clauses' titles and those who reported."""
    people = faces({row.reporter_id for row in rows if row.reporter_id is not None})
    language = get_language() or ""
    return [(row, title_of(edition_id, row.clause, language), people.get(row.reporter_id or 0)) for row in rows]


def _said(edition_id: int, piece: Piece) -> str:
    """Return which clauses and detectors marked the piece."""
    if not piece.clauses:
        return ""
    titles = " · ".join(title_of(edition_id, code, get_language() or "") for code in piece.clauses)
    return f"{titles} ({' · '.join(piece.detectors)})"
