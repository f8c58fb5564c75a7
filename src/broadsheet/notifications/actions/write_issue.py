"""Drafts of newsletter issues: begun, saved, discarded, and what was written over brought back (NOT-02)."""

from django.db import transaction

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.turns import take_turn
from broadsheet.notifications.conf import KEEP_VERSIONS, VERSION_AFTER
from broadsheet.notifications.models import (
    IssueState,
    Newsletter,
    NewsletterIssue,
    NewsletterPick,
    NewsletterVersion,
)
from broadsheet.notifications.queries.newsletter_issues import content_of
from broadsheet.notifications.rules.newsletters import (
    IssueContent,
    Picked,
    content_of_json,
    no_draft,
    written_over,
)

__all__ = [
    "IssueContent",
    "Picked",
    "begin_issue",
    "bring_back_version",
    "discard_issue",
    "save_issue",
    "take_up_issue",
]
NOTHING = IssueContent()


@transaction.atomic
def begin_issue(*, newsletter: Newsletter, by: int, content: IssueContent = NOTHING) -> NewsletterIssue:
    """Begin a draft, empty or with what another issue holds."""
    now = clock.now()
    issue = NewsletterIssue.objects.create(
        newsletter=newsletter,
        subject=content.subject,
        opening=content.opening,
        written_by_id=by,
        changed_by_id=by,
        created_at=now,
        changed_at=now,
    )
    _pick(issue, content)
    return issue


@transaction.atomic
def save_issue(*, issue_id: int, content: IssueContent, version: int, by: int, keep: bool = False) -> int:
    """Save a draft and return its version by now.

    `version` is the one that was changed. `Refused` where something else was saved since, or where it is a draft no
    more. What is written over is kept where it was another person's, is older than some minutes, or `keep` asks for it.
    """
    take_turn(f"newsletter issue {issue_id}")
    issue = NewsletterIssue.objects.get(pk=issue_id)
    before = content_of(issue)
    if issue.state != IssueState.DRAFT:
        raise Refused(no_draft())
    if before == content:
        return issue.version
    if issue.version != version:
        raise Refused(written_over())
    _write(issue, before, content, by, keep=keep)
    return issue.version


@transaction.atomic
def bring_back_version(*, issue_id: int, number: int, by: int) -> bool:
    """Let the draft hold what it held at that version; what it holds now is kept in turn. Return whether it does."""
    take_turn(f"newsletter issue {issue_id}")
    issue = NewsletterIssue.objects.get(pk=issue_id)
    kept = NewsletterVersion.objects.filter(issue=issue, version=number).first()
    if kept is None or issue.state != IssueState.DRAFT:
        return False
    before, content = content_of(issue), content_of_json(kept.content)
    if before != content:
        _write(issue, before, content, by, keep=True)
    return True


def discard_issue(*, issue_id: int) -> bool:
    """Put a draft away; it can be taken up for some weeks. Return whether it was a draft."""
    rows = NewsletterIssue.objects.filter(pk=issue_id, state=IssueState.DRAFT)
    return rows.update(state=IssueState.DISCARDED, ended_at=clock.now()) > 0


def take_up_issue(*, issue_id: int) -> bool:
    """Let a discarded draft be one again; return whether it was discarded."""
    rows = NewsletterIssue.objects.filter(pk=issue_id, state=IssueState.DISCARDED)
    return rows.update(state=IssueState.DRAFT, ended_at=None) > 0


def _pick(issue: NewsletterIssue, content: IssueContent) -> None:
    NewsletterPick.objects.bulk_create(
        NewsletterPick(
            issue=issue,
            place=place,
            article_id=pick.article_id,
            headline=pick.headline,
            teaser=pick.teaser,
            with_picture=pick.with_picture,
        )
        for place, pick in enumerate(content.picks, start=1)
    )


def _write(issue: NewsletterIssue, before: IssueContent, content: IssueContent, by: int, *, keep: bool = False) -> None:
    """Let the draft hold this; what it held is kept where somebody might want it back."""
    now = clock.now()
    if before != NOTHING and (keep or issue.changed_by_id != by or now - issue.changed_at >= VERSION_AFTER):
        _keep(issue, before)
    issue.subject, issue.opening = content.subject, content.opening
    issue.version += 1
    issue.changed_by_id, issue.changed_at = by, now
    issue.save(update_fields=["subject", "opening", "version", "changed_by_id", "changed_at"])
    NewsletterPick.objects.filter(issue=issue).delete()
    _pick(issue, content)


def _keep(issue: NewsletterIssue, content: IssueContent) -> None:
    NewsletterVersion.objects.create(
        issue=issue, version=issue.version, content=content.as_json(), by_id=issue.changed_by_id, at=issue.changed_at
    )
    kept = NewsletterVersion.objects.filter(issue=issue).order_by("-version").values_list("pk", flat=True)
    NewsletterVersion.objects.filter(pk__in=list(kept[KEEP_VERSIONS:])).delete()
