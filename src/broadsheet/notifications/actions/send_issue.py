"""Sends a newsletter issue, at once or at a time, once whoever presses (NOT-02)."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from broadsheet.kernel import clock, wake
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.turns import take_turn
from broadsheet.newsroom.queries.cards import cards_by_id
from broadsheet.notifications.models import IssueState, NewsletterIssue
from broadsheet.notifications.queries.mail_topics import reach_of
from broadsheet.notifications.queries.newsletter_issues import content_of
from broadsheet.notifications.queries.newsletters import topic_word
from broadsheet.notifications.rules.newsletters import (
    changed_before_sending,
    no_draft,
    own_issue,
    retired,
    strange_hour,
    unready,
)
from broadsheet.notifications.rules.pushes import needs_second


def send_issue(*, issue_id: int, version: int, due_at: datetime | None, by: int) -> NewsletterIssue:
    """Queue the draft, or let it wait for a second person where it goes to many; the caller has looked at the rights.

    `version` is the one that whoever sends it saw. `Refused` where it is a draft no more, or another by now: of two who
    press at the same time, one sends it.
    """
    now = clock.now()
    due_at = max(due_at or now, now)
    with transaction.atomic():
        take_turn(f"newsletter issue {issue_id}")
        issue = NewsletterIssue.objects.select_related("newsletter").get(pk=issue_id)
        _may_go(issue, version, due_at, now)
        issue.reach = reach_of([topic_word(issue.newsletter_id)])
        second = needs_second(reach=issue.reach, limit=settings.NEWSLETTER_CONFIRM)
        issue.state = IssueState.CONFIRMING if second else IssueState.WAITING
        issue.due_at, issue.sent_by_id = due_at, by
        issue.save(update_fields=["state", "reach", "due_at", "sent_by_id"])
        transaction.on_commit(wake.ring, robust=True)
    return issue


def confirm_issue(*, issue_id: int, by: int) -> bool:
    """Let an issue go that waits for a second person; return whether it waited. `Refused` where it is the first."""
    issue = NewsletterIssue.objects.filter(pk=issue_id).first()
    if issue is None or issue.state != IssueState.CONFIRMING:
        return False
    if issue.sent_by_id == by:
        raise Refused(own_issue())
    with transaction.atomic():
        rows = NewsletterIssue.objects.filter(
            pk=issue_id, state=IssueState.CONFIRMING, version=issue.version, sent_by_id=issue.sent_by_id
        )
        done = rows.update(state=IssueState.WAITING, confirmed_by_id=by) > 0
        transaction.on_commit(wake.ring, robust=True)
    return done


def _may_go(issue: NewsletterIssue, version: int, due_at: datetime, now: datetime) -> None:
    if issue.state != IssueState.DRAFT:
        raise Refused(no_draft())
    if issue.version != version:
        raise Refused(changed_before_sending())
    if not issue.newsletter.enabled:
        raise Refused(retired())
    content = content_of(issue)
    refusal = unready(content, public=cards_by_id(content.article_ids, signed=False)) or strange_hour(due_at, now)
    if refusal is not None:
        raise Refused(refusal)
