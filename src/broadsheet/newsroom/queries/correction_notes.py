"""What readers hold to be wrong in articles, and what editors answered (DIS-09)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.permissions import page_permission_policy

from broadsheet.newsroom.conf import SECTION_EDITORS, NoteState
from broadsheet.newsroom.models import ArticlePage, CorrectionNote
from broadsheet.newsroom.queries.addresses import path_of
from broadsheet.newsroom.queries.text import body_words

SHOWN = 50  # notes on a page of the desk
AROUND = 240  # characters of the text before and after the sentence that is meant


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note as editors see it; `before`, `found` and `after` are the sentence and what stands around it in the text.

    `found` is empty where the article doesn't say so (any more).
    """

    id: int
    number: str
    article_id: int
    edition_id: int
    headline: str
    path: str
    reader_id: int | None
    email: str
    sentence: str
    wrong: str
    state: str
    at: datetime
    answered_at: datetime | None
    answer: str
    before: str = ""
    found: str = ""
    after: str = ""


def waiting_notes(user: Any) -> list[NoteView]:
    """Return the notes that wait about articles that this member of the newsroom may publish, oldest first."""
    rows = _within(user).filter(state=NoteState.OPEN).select_related("article").order_by("pk")[:SHOWN]
    return [_view(row) for row in rows]


def answered_notes(user: Any) -> list[NoteView]:
    """Return the latest notes about such articles that were answered, newest first."""
    rows = _within(user).exclude(state=NoteState.OPEN).select_related("article").order_by("-answered_at")[:SHOWN]
    return [_view(row) for row in rows]


def correction_note(note_id: int) -> NoteView | None:
    """Return the note, None where there is none."""
    row = CorrectionNote.objects.select_related("article").filter(pk=note_id).first()
    return _view(row) if row is not None else None


def notes_of(reader_id: int) -> list[NoteView]:
    """Return what the reader wrote, newest first, for the reader alone."""
    rows = CorrectionNote.objects.filter(reader_id=reader_id).select_related("article").order_by("-pk")[:SHOWN]
    return [_view(row) for row in rows]


def editors_of(article_id: int) -> list[str]:
    """Return the addresses of the article's editors: who wrote it, and the editors of its section; none, perhaps."""
    article = ArticlePage.objects.filter(pk=article_id).only("pk", "owner_id", "section_id").first()
    if article is None:
        return []
    of_section = Q(groups__name__startswith=SECTION_EDITORS, groups__page_permissions__page_id=article.section_id)
    people = get_user_model().objects.filter(of_section | Q(pk=article.owner_id), is_staff=True, is_active=True)
    return sorted({email for email in people.values_list("email", flat=True) if email})


def may_answer_notes(user: Any) -> bool:
    """Return whether the user may publish in some place, and so answer notes about what is there."""
    return bool(page_permission_policy.instances_user_has_any_permission_for(user, {"publish"}).exists())


def _within(user: Any) -> "QuerySet[CorrectionNote]":
    reach = page_permission_policy.instances_user_has_any_permission_for(user, {"publish"})
    return CorrectionNote.objects.filter(article_id__in=reach.values("pk"))


def _view(row: CorrectionNote) -> NoteView:
    article = row.article
    before, found, after = _around(article, row.sentence)
    return NoteView(
        row.pk, row.number, article.pk, article.edition_id, article.title, path_of(article), row.reader_id, row.email,
        row.sentence, row.wrong, row.state, row.at, row.answered_at, row.answer, before, found, after,
    )  # fmt: skip


def _around(article: ArticlePage, sentence: str) -> tuple[str, str, str]:
    """Return the sentence as the article has it, between what stands before and after; nothing where it hasn't."""
    if not sentence:
        return "", "", ""
    for words in (article.title, article.standfirst, *body_words(article.body.raw_data)):
        text = " ".join(words.split())
        start = text.casefold().find(sentence.casefold())
        if start >= 0 and len(text.casefold()) == len(text):
            end = start + len(sentence)
            return text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]
    return "", "", ""
