"""Decisions and what they are about, for tests."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from broadsheet.discussion.actions.show_comment import show_comment
from broadsheet.discussion.engines.markup import to_html
from broadsheet.discussion.models import Comment, Thread
from broadsheet.kernel import clock
from broadsheet.moderation.rules.decisions import (
    About,
    Actor,
    Approval,
    Cited,
    Decision,
    Duration,
    Measure,
    Redress,
    Role,
)
from broadsheet.newsroom.models import ArticlePage
from broadsheet.readers.models import Reader
from tests.factories.accounts import make_reader

WORDS = "The mayor of Orrel is a fool, and whoever votes for him is another one."
INSULT = Cited(
    "INSULT", "en", 3, 1, 2, "Insults, threats", "A comment is deleted if it insults somebody.", "CYBER_VIOLENCE",
    ("DEFAMATION",), "INCOMPATIBLE_CONTENT",
)  # fmt: skip
LAW = Cited(
    "LAW", "en", 3, 1, 1, "Obey the law", "Whoever takes part obeys the law.", "ILLEGAL_OR_HARMFUL_SPEECH",
    ("VIOLATION_NATIONAL_LAW",), "ILLEGAL_CONTENT",
)  # fmt: skip


def make_actor(role: Role = Role.MODERATOR) -> Actor:
    """Return somebody of the newsroom."""
    return Actor(make_reader(is_staff=True).pk, role)


def visible_comment(article: ArticlePage, author: Reader, text: str = WORDS) -> Comment:
    """Return a comment that everybody sees, without asking the judge."""
    Thread.objects.get_or_create(article_id=article.pk, defaults={"edition_id": article.edition_id, "section_id": 1})
    comment = Comment.objects.create(
        thread_id=article.pk, state="held", held_for="mode", placed=False, language="en", text=text, html=to_html(text),
        author=author, key=uuid4(), created_at=clock.now(),
    )  # fmt: skip
    show_comment(comment_id=comment.pk)
    comment.refresh_from_db()
    return comment


def about(reader: Reader | None, comment: Comment | None = None) -> About:
    """Return whom and what a decision is about."""
    number = reader.pk if reader is not None else None
    if comment is None:
        return About(number)
    return About(
        number, comment.pk, comment.thread_id, comment.text, comment.version,
        f"https://estuary.example/comment/{comment.pk}/", comment.created_at, comment.language,
    )  # fmt: skip


def make_decision(
    reader: Reader | None = None, comment: Comment | None = None, *, now: datetime | None = None, days: float | None = None,
    **fields: Any,
) -> Decision:  # fmt: skip
    """Return a decision: by default a block for all discussions without an end, for an insult; `days` gives it an end."""
    starts = now or clock.now()
    values: dict[str, Any] = {
        "clauses": (INSULT,),
        "facts": "The comment calls the mayor a fool.",
        "actor": fields.get("actor") or make_actor(),
        "measures": (Measure.BLOCK,),
        "about": about(reader, comment),
        "redress": Redress("moderators@estuary.example", starts + timedelta(days=184), "https://bodies.example/"),
        "duration": Duration(starts, starts + timedelta(days=days) if days else None),
    }
    return Decision(**{**values, **fields})


def make_approval(reader: Reader, comment: Comment, **fields: Any) -> Approval:
    """Return a decision that the comment breaks no clause."""
    values: dict[str, Any] = {"actor": make_actor(), "about": about(reader, comment), "edition": "en"}
    return Approval(**{**values, **fields})
