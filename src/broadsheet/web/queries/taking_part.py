"""What the pages show on which readers take part in a discussion."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from broadsheet.discussion.errors import FindingView, VerdictView
from broadsheet.discussion.queries.comments import CommentView
from broadsheet.discussion.queries.following import is_following
from broadsheet.discussion.queries.may_comment import may_comment
from broadsheet.discussion.queries.own import own_numbers
from broadsheet.discussion.queries.own_lists import ignored_user_ids
from broadsheet.discussion.queries.quoting import answerable
from broadsheet.discussion.queries.thread_pages import own_held
from broadsheet.kernel.errors import Refusal
from broadsheet.newsroom.queries.cards import cards_by_id
from broadsheet.newsroom.queries.editions import EditionView, edition_by_id
from broadsheet.web.rules.marking import Piece, pieces_of

WAIT = ("slow-mode", "too-many", "too-often")  # refusals that pass by themselves: one can write meanwhile


@dataclass(frozen=True, slots=True)
class Talk:
    """The article that is discussed, and its edition; headline and path are empty where it is no longer public."""

    article_id: int
    edition: EditionView
    headline: str = ""
    path: str = ""

    @property
    def discussion_path(self) -> str:
        """Return where its discussion is, the front page where it is gone."""
        return f"{self.path}#discussion" if self.path else self.edition.path


@dataclass(frozen=True, slots=True)
class Told:
    """What the judge says, ready to be shown: the text with its words marked, and each clause with its address."""

    pieces: tuple[Piece, ...]
    findings: tuple[tuple[FindingView, str], ...]
    care: bool
    waits: bool
    may_insist: bool


@dataclass(frozen=True, slots=True)
class Remedy:
    """The page on which a reader gets rid of what stands in the way."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Composed:
    """All that a form for a comment shows."""

    talk: Talk
    draft: Any
    action: str
    answered: CommentView | None = None
    refusal: Refusal | None = None
    remedy: Remedy | None = None
    told: Told | None = None
    preview: str = ""
    comment_id: int | None = None
    longest: int = field(default_factory=lambda: int(settings.COMMENT_LENGTH))

    @property
    def is_open(self) -> bool:
        """Whether there is anything to be written: now, or before long."""
        stands = self.refusal.code if self.refusal else ""
        return not stands or bool(self.draft.text) or stands in {*WAIT, "parent-gone", "empty"}


def talk_about(article_id: int, fallback: EditionView) -> Talk:
    """Return the public article that is discussed; one that isn't public has no headline."""
    card = cards_by_id([article_id], signed=False).get(article_id)
    return Talk(article_id, card.edition, card.headline, card.path) if card else Talk(article_id, fallback)


def told_of(verdict: VerdictView | None, edition: EditionView) -> Told | None:
    """Return what is shown of the verdict, None where there is nothing to say.

    Whoever may be in danger is not told of the clause for which help is shown.
    """
    if verdict is None or not (verdict.findings or verdict.care or verdict.waits):
        return None
    shown = [finding for finding in verdict.findings if not (verdict.care and finding.care)]
    return Told(
        pieces_of(verdict.text, [span for finding in shown for span in finding.spans])
        if any(finding.spans for finding in shown) else (),
        tuple((finding, clause_path(finding.clause, edition)) for finding in shown),
        verdict.care,
        verdict.waits,
        verdict.may_insist,
    )  # fmt: skip


def clause_path(clause: str, edition: EditionView) -> str:
    """Return where the clause is read, empty where no standards are in force."""
    return f"{edition.path}standards/#{clause}" if "standards" in edition.policies else ""


def remedy_for(refusal: Refusal | None, edition: EditionView) -> Remedy | None:
    """Return the page that helps against the refusal, where there is one."""
    pages = {
        "privacy-policy": (_("Read the Privacy Policy"), "accounts/gate/"),
        "unconfirmed": (_("Confirm your e-mail address"), "accounts/email/"),
    }
    found = pages.get(refusal.code) if refusal else None
    return Remedy(found[0], f"{edition.path}{found[1]}") if found else None


def answered_in(article_id: int, reply: int | None) -> CommentView | None:
    """Return the comment that is answered, where it can be."""
    return answerable(reply, article_id) if reply else None


def own_html(view: CommentView, reader: Any, edition: EditionView) -> str:
    """Return the markup of an own comment, for its author alone."""
    return render_to_string("comment/own.html", {"comment": view, "reader": reader, "edition": edition})


def taking_part(reader: Any, article_id: int, edition: EditionView, now: datetime) -> dict[str, Any]:
    """Return what the article's page shows of its reader in the discussion; nothing of anybody else (DIS-04, DIS-10)."""
    why_not = may_comment(reader.pk, article_id, now)
    root = f"{edition.path}accounts/"
    held = own_held(reader.pk, article_id)
    return {
        "may": why_not is None,
        "why_not": why_not.as_json() if why_not else None,
        "own": own_numbers(reader.pk, article_id),
        "held": [{"id": one.id, "root": one.root_id, "html": own_html(one, reader, edition)} for one in held],
        "ignored": ignored_user_ids(reader.pk),
        "following": is_following(reader.pk, article_id),
        "user_id": reader.public_id,
        "compose": f"{root}comment/{article_id}/",
        "follow": f"{root}discussion/{article_id}/follow/",
        "edit": f"{root}comment/{{id}}/edit/",
        "withdraw": f"{root}comment/{{id}}/withdraw/",
        "ignore": f"{root}comment/{{id}}/ignore/",
    }


def edition_of_comment(edition_id: int, fallback: EditionView) -> EditionView:
    """Return the edition in which the comment stands, the page's own where that is gone."""
    try:
        return edition_by_id(edition_id)
    except LookupError:
        return fallback
