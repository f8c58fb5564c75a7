"""What the discussion holds about readers, for the register of personal data (GDPR art. 15, 17, 20)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from broadsheet.discussion.actions.erase_comments import erase_comments
from broadsheet.discussion.actions.erase_reports import erase_reports
from broadsheet.discussion.models import (
    AccountBadge,
    Bar,
    Comment,
    FindingRow,
    Follow,
    Ignored,
    ReporterWeight,
    TextVersion,
)
from broadsheet.discussion.queries.addresses import comment_url
from broadsheet.discussion.queries.reports import filed_under, record_of
from broadsheet.kernel.personal_data import PORTION, Holding, delete_portion, register
from broadsheet.newsroom.queries.cards import cards_by_id

_FIELDS = (
    "pk",
    "thread_id",
    "parent_id",
    "state",
    "held_for",
    "author_badge",
    "language",
    "text",
    "created_at",
    "edited_at",
)


def _comments(reader_id: int) -> Iterable[dict[str, Any]]:
    """Yield the comments with their addresses and earlier texts, in portions: a reader may have thousands."""
    after = 0
    while True:
        own = Comment.objects.filter(author_id=reader_id, pk__gt=after).order_by("pk")
        rows = list(own.values(*_FIELDS)[:PORTION])
        if not rows:
            return
        after = rows[-1]["pk"]
        numbers = [row["pk"] for row in rows]
        articles = cards_by_id({row["thread_id"] for row in rows}, signed=False)
        earlier, noticed = _earlier(numbers), _noticed(numbers)
        for row in rows:
            card = articles.get(row["thread_id"])
            yield {
                "comment": row["pk"],
                "article": card.headline if card else "",
                "address": comment_url(row["pk"]) if card else "",
                "answers": row["parent_id"],
                "state": row["state"],
                "held_because": row["held_for"],
                "badge": row["author_badge"],
                "language": row["language"],
                "text": row["text"],
                "posted": row["created_at"].isoformat(),
                "edited": row["edited_at"].isoformat() if row["edited_at"] else None,
                "earlier_texts": earlier.get(row["pk"], []),
                "noticed_by_the_judge": noticed.get(row["pk"], []),
            }


def _earlier(numbers: list[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for version in TextVersion.objects.filter(comment_id__in=numbers).order_by("comment", "version"):
        found.setdefault(version.comment_id, []).append({"text": version.text, "at": version.at.isoformat()})
    return found


def _noticed(numbers: list[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in FindingRow.objects.filter(comment_id__in=numbers).order_by("pk"):
        said = {"clause": row.clause, "detector": row.detector, "score": row.score, "words": row.words}
        found.setdefault(row.comment_id, []).append({**said, "text": row.version})
    return found


def _bars(reader_id: int) -> Iterable[dict[str, Any]]:
    for row in Bar.objects.filter(reader_id=reader_id).order_by("pk"):
        yield {"discussion": row.thread_id, "until": row.until.isoformat() if row.until else None}


def _badge(reader_id: int) -> Iterable[dict[str, Any]]:
    for row in AccountBadge.objects.filter(reader_id=reader_id):
        yield {"badge": row.badge, "subject": row.subject, "since": row.at.isoformat()}


def _follows(reader_id: int) -> Iterable[dict[str, Any]]:
    for row in Follow.objects.filter(reader_id=reader_id).order_by("pk"):
        yield {"discussion": row.thread_id, "since": row.at.isoformat()}


def _ignored(reader_id: int) -> Iterable[dict[str, Any]]:
    """Yield since when others are ignored; who they are is theirs, and by whom one is ignored nobody learns."""
    rows = Ignored.objects.filter(reader_id=reader_id).order_by("pk").values_list("other__public_id", "at")
    for user_id, at in rows:
        yield {"user_id": user_id, "since": at.isoformat()}


def _reports(reader_id: int) -> Iterable[dict[str, Any]]:
    """Yield what the reader reported, and how often that was right; whom it was about is told by the address alone."""
    for row in filed_under(reader_id).order_by("pk").iterator():
        yield {
            "report": row.number,
            "address": comment_url(row.comment_id),
            "clause": row.clause,
            "text": row.facts,
            "state": row.state,
            "at": row.at.isoformat(),
            "ended": row.answered_at.isoformat() if row.answered_at else None,
            "name": row.notice_name,
            "email": row.notice_email,
        }
    record = record_of(reader_id)
    if record is not None:
        yield {"reports_right": round(record.upheld, 2), "reports_wrong": round(record.rejected, 2)}


def _drop_reports(reader_id: int) -> int:
    return erase_reports(reader_id=reader_id) + delete_portion(ReporterWeight.objects.filter(reader_id=reader_id))


def _heed(reader_id: int) -> int:
    return delete_portion(Ignored.objects.filter(reader_id=reader_id)) + delete_portion(
        Ignored.objects.filter(other_id=reader_id)
    )


register(
    Holding(
        "discussion.badge",
        _("What the newsroom named you"),
        ("discussion.AccountBadge",),
        _badge,
        lambda reader_id: delete_portion(AccountBadge.objects.filter(reader_id=reader_id)),
    )
)
register(
    Holding(
        "discussion.bars",
        _("Discussions you are blocked from"),
        ("discussion.Bar",),
        _bars,
        lambda reader_id: delete_portion(Bar.objects.filter(reader_id=reader_id)),
    )
)
register(
    Holding(
        "discussion.comments",
        _("Your comments"),
        (
            "discussion.Comment",
            "discussion.TextVersion",
            "discussion.Judgement",
            "discussion.FindingRow",
            "discussion.CommentFingerprint",
            "discussion.ShadowNote",
        ),
        _comments,
        lambda reader_id: erase_comments(reader_id=reader_id),
    )
)
register(
    Holding(
        "discussion.follows",
        _("Discussions you follow"),
        ("discussion.Follow",),
        _follows,
        lambda reader_id: delete_portion(Follow.objects.filter(reader_id=reader_id)),
    )
)
register(Holding("discussion.ignored", _("Readers you ignore"), ("discussion.Ignored",), _ignored, _heed))
register(
    Holding(
        "discussion.reports",
        _("Comments you reported"),
        ("discussion.Report", "discussion.ReporterWeight"),
        _reports,
        _drop_reports,
    )
)
