"""A case with everything that somebody who decides looks at (MOD-02)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min
from django.utils.translation import get_language

from broadsheet.discussion.queries.comment_facts import (
    CommentFacts,
    CommentRow,
    comment_facts,
    comment_rows,
    history_of,
)
from broadsheet.discussion.queries.reports import ReportView, reports_about
from broadsheet.moderation.models import Case, CaseComment, CaseNote
from broadsheet.moderation.queries.case_decisions import would_be
from broadsheet.moderation.queries.cases import CaseView, cases_about, view
from broadsheet.moderation.queries.decisions import DecisionView, decisions_about, decisions_like, decisions_of
from broadsheet.moderation.queries.grounds import facts_from, title_of
from broadsheet.moderation.queries.sanctions import SanctionView, sanctions_of
from broadsheet.moderation.rules.reasons import in_words
from broadsheet.newsroom.queries.cards import ArticleCard, cards_by_id
from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.readers.queries.conduct import Conducted, conducted
from broadsheet.readers.queries.faces import Face, faces

LIKE, HISTORY, MEMBERS = 5, 20, 20


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note for colleagues."""

    by: Face | None
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The clause that one key decides by: the one the judge is surest of, else the one reported, with facts to begin with."""

    clause: str
    title: str
    facts: str


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """A case whole. `comment` is None where it is about several comments or none; `members` are the first of several.

    `why` says in words why it is here. `would_be` is which of those that count a block for all discussions would be: 2
    is the last, and has no end. `like` are the newest decisions by the suggested clause.
    """

    case: CaseView
    why: tuple[str, ...]
    comment: CommentFacts | None
    article: ArticleCard | None
    account: Conducted | None
    author: Face | None
    history: tuple[CommentRow, ...]
    sanctions: tuple[SanctionView, ...]
    decided_of_author: tuple[DecisionView, ...]
    decided_of_comment: tuple[DecisionView, ...]
    earlier_cases: tuple[CaseView, ...]
    reports: tuple[ReportView, ...]
    like: tuple[DecisionView, ...]
    suggestion: Suggestion | None
    would_be: int
    notes: tuple[NoteView, ...]
    members: tuple[CommentRow, ...]
    size: int
    left: int

    @property
    def version(self) -> int | None:
        """Return the number of the text that is shown: a decision names it, and is refused where it changed since."""
        return self.comment.comment.version if self.comment is not None else None


def case_detail(case_id: int) -> CaseDetail | None:
    """Return all there is to know of the case; None where there is none. The caller asks who may see it."""
    row = Case.objects.filter(pk=case_id).first()
    if row is None:
        return None
    shown = view(row)
    facts = comment_facts(row.comment_id) if row.comment_id is not None else None
    reader_id = facts.comment.author_id if facts is not None else row.reader_id
    reports = tuple(reports_about(row.comment_id)) if row.comment_id is not None else ()
    suggestion = _suggestion(row, facts, reports)
    own = CaseComment.objects.filter(case=row).order_by("id")
    members = comment_rows(list(own.values_list("comment_id", flat=True)[:MEMBERS])) if row.comment_id is None else []
    cards = cards_by_id([row.thread_id]) if row.thread_id is not None else {}
    return CaseDetail(
        case=shown,
        why=reasons_in_words(shown),
        comment=facts,
        article=cards.get(row.thread_id or 0),
        account=conducted(reader_id) if reader_id is not None else None,
        author=faces([reader_id]).get(reader_id) if reader_id is not None else None,
        history=tuple(history_of(reader_id, limit=HISTORY)) if reader_id is not None else (),
        sanctions=tuple(sanctions_of(reader_id)) if reader_id is not None else (),
        decided_of_author=tuple(decisions_of(reader_id, limit=HISTORY)) if reader_id is not None else (),
        decided_of_comment=tuple(decisions_about(row.comment_id)) if row.comment_id is not None else (),
        earlier_cases=tuple(one for one in cases_about(row.comment_id) if one.id != row.pk) if row.comment_id else (),
        reports=reports,
        like=tuple(decisions_like(suggestion.clause, limit=LIKE)) if suggestion is not None else (),
        suggestion=suggestion,
        would_be=would_be(reader_id, row.comment_id),
        notes=_notes(row),
        members=tuple(members),
        size=own.count() if row.comment_id is None else 1,
        left=own.filter(done_at=None).count() if row.comment_id is None else 1,
    )


def first_comments(case_ids: Collection[int]) -> dict[int, int]:
    """Return the first comment of each of these cases that is about several; one question."""
    rows = CaseComment.objects.filter(case_id__in=list(case_ids)).values("case_id").annotate(first=Min("comment_id"))
    return dict(rows.values_list("case_id", "first"))


def reasons_in_words(shown: CaseView) -> tuple[str, ...]:
    """Return why the case is in the queue and why there, in the language that is active."""
    language = get_language() or edition_by_id(shown.edition_id).language
    return tuple(
        in_words(one, title_of(shown.edition_id, one["clause"], language) if one.get("clause") else "")
        for one in shown.reasons
    )


def _suggestion(row: Case, facts: CommentFacts | None, reports: tuple[ReportView, ...]) -> Suggestion | None:
    """Return the clause of the surest finding, else of the weightiest open report, else the one of the case."""
    findings = facts.findings if facts is not None else ()
    best = max(findings, key=lambda one: one.score, default=None)
    waiting = [one for one in reports if one.state == "open" and one.clause]
    report = max(waiting, key=lambda one: one.weight, default=None)
    code = best.clause if best is not None else report.clause if report is not None else row.clause
    if not code:
        return None
    language = get_language() or ""
    text = facts.comment.text if facts is not None else ""
    return Suggestion(code, title_of(row.edition_id, code, language), facts_from(findings, code, text))


def _notes(row: Case) -> tuple[NoteView, ...]:
    rows = list(CaseNote.objects.filter(case=row).order_by("id")[:100])
    people = faces({one.by_id for one in rows if one.by_id is not None})
    return tuple(NoteView(people.get(one.by_id or 0), one.at, one.text) for one in rows)
