"""A reader's moderation file: comments, decisions, sanctions, reports, letters; each as its reader may see it (ACC-10)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from broadsheet.discussion.queries.addresses import comment_path
from broadsheet.discussion.queries.authors import Trust, trust_of
from broadsheet.discussion.queries.comment_facts import CommentRow, comment_rows, history_of
from broadsheet.discussion.queries.reports import ReportView, reports_by
from broadsheet.kernel.listed import listed
from broadsheet.moderation.queries.decisions import DecisionView, decisions_of, puids_of
from broadsheet.moderation.queries.letters import SUBJECTS, LetterView, letters_of
from broadsheet.moderation.queries.sanctions import SanctionView, sanctions_of
from broadsheet.newsroom.queries.cards import ArticleCard, cards_by_id
from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.newsroom.queries.rulebooks import rulebook_of
from broadsheet.web.queries.restrictions import is_running

PAGE = 20
MOST_LETTERS = 100
BEGINNING = 160  # signs of a comment that the list shows
MEASURES = {
    "remove": gettext_lazy("Comment deleted"),
    "redact": gettext_lazy("Words of the comment blacked out"),
    "hold": gettext_lazy("Comment held"),
    "warn": gettext_lazy("Warning"),
    "block": gettext_lazy("Block"),
    "delete_account": gettext_lazy("Account deleted"),
}
STATES = {
    "visible": pgettext_lazy("state of a comment", "Visible"),
    "held": pgettext_lazy("state of a comment", "Held"),
    "removed": pgettext_lazy("state of a comment", "Removed"),
    "withdrawn": pgettext_lazy("state of a comment", "Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class OwnComment:
    """A comment of the reader's; `path` leads to it, empty where it or its article can't be found any more."""

    id: int
    headline: str
    words: str
    language: str
    state: str
    state_word: str
    at: datetime
    edited_at: datetime | None
    path: str


@dataclass(frozen=True, slots=True)
class OwnDecision:
    """A decision with the clauses it cites: title, code, and the versions of clause and standards."""

    puid: str
    at: datetime
    measures: str
    clauses: tuple[Any, ...]
    headline: str
    path: str
    undone_at: datetime | None
    contested_until: datetime
    can_contest: bool


@dataclass(frozen=True, slots=True)
class OwnSanction:
    """A sanction that runs or ran; `counts_as` is which it is of those that count, 0 for the others."""

    kind: str
    one_discussion: bool
    starts: datetime
    ends: datetime | None
    running: bool
    state: str
    ended_at: datetime | None
    counts_as: int
    final: bool
    puid: str


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report that the reader filed, and what came of it."""

    number: str
    at: datetime
    clause: str
    path: str
    state: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """A letter to the moderators, and its answer."""

    subject: str
    at: datetime
    state: str
    due_at: datetime | None
    answered_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class ModerationFile:
    """The file; `older` and `older_decisions` are the numbers to go on with, None where there is no more."""

    comments: tuple[OwnComment, ...]
    older: int | None
    decisions: tuple[OwnDecision, ...]
    older_decisions: int | None
    sanctions: tuple[OwnSanction, ...]
    letters: tuple[OwnLetter, ...]
    reports: tuple[OwnReport, ...]
    older_reports: int | None
    trust: Trust


def moderation_file(
    reader_id: int,
    now: datetime,
    *,
    before: int | None = None,
    decisions_before: int | None = None,
    reports_before: int | None = None,
) -> ModerationFile:
    """Return the reader's file, newest first; of comments, decisions and reports a page each."""
    comments = history_of(reader_id, before=before, limit=PAGE + 1)
    decisions = decisions_of(reader_id, before=decisions_before, limit=PAGE + 1)
    reports = reports_by(reader_id, before=reports_before, limit=PAGE + 1)
    decided = comment_rows([one.comment_id for one in decisions if one.comment_id is not None])
    threads = {one.id: one.thread_id for one in decided}
    articles = cards_by_id({*threads.values(), *(one.thread_id for one in comments)}, signed=False)
    sanctions = sanctions_of(reader_id)
    made = {*(one.id for one in decisions), *(one.decision_id for one in sanctions if one.decision_id is not None)}
    puids = puids_of(made)
    return ModerationFile(
        comments=tuple(_comment(one, articles) for one in comments[:PAGE]),
        older=comments[PAGE - 1].id if len(comments) > PAGE else None,
        decisions=tuple(_decision(one, puids, threads, articles, now) for one in decisions[:PAGE]),
        older_decisions=decisions[PAGE - 1].id if len(decisions) > PAGE else None,
        sanctions=tuple(_sanction(one, puids, now) for one in sanctions),
        letters=tuple(_letter(one) for one in letters_of(reader_id, limit=MOST_LETTERS)),
        reports=tuple(_report(one) for one in reports[:PAGE]),
        older_reports=reports[PAGE - 1].id if len(reports) > PAGE else None,
        trust=trust_of(reader_id, now),
    )


def _comment(row: CommentRow, articles: dict[int, ArticleCard]) -> OwnComment:
    card = articles.get(row.thread_id)
    return OwnComment(
        id=row.id,
        headline=card.headline if card is not None else "",
        words=Truncator(row.text).chars(BEGINNING),
        language=row.language,
        state=row.state,
        state_word=str(STATES.get(row.state, row.state)),
        at=row.created_at,
        edited_at=row.edited_at,
        path=comment_path(row.id) if card is not None and row.placed else "",
    )


def _decision(
    view: DecisionView,
    puids: dict[int, str],
    threads: dict[int, int],
    articles: dict[int, ArticleCard],
    now: datetime,
) -> OwnDecision:
    card = articles.get(threads.get(view.comment_id or 0, 0))
    return OwnDecision(
        puid=puids.get(view.id, ""),
        at=view.at,
        measures=listed([str(MEASURES.get(one, one)) for one in view.measures]),
        clauses=tuple(getattr(view.value, "clauses", ())),
        headline=card.headline if card is not None else "",
        path=comment_path(view.comment_id) if card is not None and view.comment_id is not None else "",
        undone_at=view.undone_at,
        contested_until=view.contested_until,
        can_contest=view.undone_at is None and now < view.contested_until,
    )


def _sanction(view: SanctionView, puids: dict[int, str], now: datetime) -> OwnSanction:
    return OwnSanction(
        kind=view.kind,
        one_discussion=view.thread_id is not None,
        starts=view.starts,
        ends=view.ends,
        running=is_running(view, now),
        state=view.state,
        ended_at=view.ended_at,
        counts_as=view.ordinal,
        final=view.final,
        puid=puids.get(view.decision_id or 0, ""),
    )


def _letter(view: LetterView) -> OwnLetter:
    if view.answered_at is None:
        state = _("Waits for an answer") if view.state == "open" else _("Not complete yet")
    else:
        state = _("Granted") if view.granted else _("Not granted")
    subject = str(SUBJECTS.get(view.kind, view.subject))
    return OwnLetter(subject, view.at, state, view.due_at, view.answered_at, view.reason)


def _report(view: ReportView) -> OwnReport:
    return OwnReport(
        number=view.number,
        at=view.at,
        clause=clause_title(view.edition_id, view.clause),
        path=comment_path(view.comment_id),
        state=view.state,
        answered_at=view.answered_at,
    )


def clause_title(edition_id: int, code: str) -> str:
    """Return the title of the edition's clause in its language; the code where the standards have none of it now."""
    edition = edition_by_id(edition_id)
    clause = rulebook_of(edition_id).rulebook.clauses.get(code)
    if clause is None:
        return code
    titles = clause.title
    return titles.get(edition.language) or next(iter(titles.values()))


def parts_of(numbers: Iterable[str]) -> list[int | None]:
    """Return the numbers that an address names, None for what is none."""
    return [int(one) if one.isascii() and one.isdigit() and len(one) < 19 else None for one in numbers]
