"""The newsletters of an edition, for those who subscribe and those who write."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.models import IssueState, Newsletter, NewsletterIssue


@dataclass(frozen=True, slots=True)
class NamedList:
    """What readers can ask for: its word as a mail topic, and how it is called."""

    word: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class PastIssue:
    """An issue that has gone out, as lists show it."""

    id: int
    subject: str
    path: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OfferedNewsletter:
    """A newsletter as its readers find it, with its latest issues."""

    id: int
    name: str
    description: str
    path: str
    word: str
    enabled: bool
    issues: list[PastIssue] = field(default_factory=list)


def offered_newsletters(edition: EditionView) -> list[NamedList]:
    """Return the newsletters of the edition that readers can subscribe to."""
    rows = Newsletter.objects.filter(edition=edition.code, enabled=True).order_by("name", "pk")
    return [NamedList(topic_word(row.pk), row.name, row.description) for row in rows]


def topic_word(newsletter_id: int) -> str:
    """Return the word by which mail topics name the newsletter."""
    return f"newsletter:{newsletter_id}"


def offered_with_issues(edition: EditionView, *, count: int = 3) -> list[OfferedNewsletter]:
    """Return the newsletters that readers can subscribe to, each with its latest issues."""
    rows = Newsletter.objects.filter(edition=edition.code, enabled=True).order_by("name", "pk")
    return [_offered(row, edition, past_issues(row.pk, edition, count=count)) for row in rows]


def newsletter_called(number: int, edition: EditionView) -> OfferedNewsletter | None:
    """Return the newsletter of the edition; a retired one as long as it has past issues."""
    row = Newsletter.objects.filter(pk=number, edition=edition.code).first()
    if row is None or not (row.enabled or _gone(number).exists()):
        return None
    return _offered(row, edition, [])


def past_issues(newsletter_id: int, edition: EditionView, *, count: int, skip: int = 0) -> list[PastIssue]:
    """Return the issues that have gone out, newest first."""
    rows: Any = _gone(newsletter_id).order_by("-begun_at", "-pk").values_list("pk", "subject", "begun_at")
    return [PastIssue(pk, subject, f"{edition.path}n/{pk}/", at) for pk, subject, at in rows[skip : skip + count]]


def _offered(row: Newsletter, edition: EditionView, issues: list[PastIssue]) -> OfferedNewsletter:
    path = f"{edition.path}newsletters/{row.pk}/"
    return OfferedNewsletter(row.pk, row.name, row.description, path, topic_word(row.pk), row.enabled, issues)


def _gone(newsletter_id: int) -> QuerySet[NewsletterIssue]:
    gone = (IssueState.SENDING, IssueState.DONE, IssueState.RECALLED)
    return NewsletterIssue.objects.filter(newsletter_id=newsletter_id, state__in=gone, begun_at__isnull=False)
