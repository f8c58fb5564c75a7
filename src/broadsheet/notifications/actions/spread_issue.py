"""Queues the mails of a newsletter issue, one for each address that subscribed, in portions (NOT-02, NOT-03)."""

import time

from django.db import transaction

from broadsheet.kernel import clock, wake
from broadsheet.kernel.facts import announce
from broadsheet.newsroom.queries.cards import cards_by_id
from broadsheet.newsroom.queries.editions import edition_by_code
from broadsheet.notifications.actions.end_issue import stop_issue
from broadsheet.notifications.actions.queue_mail import new_message, put_all
from broadsheet.notifications.conf import NEWSLETTER_PORTION
from broadsheet.notifications.facts import NewsletterChanged
from broadsheet.notifications.models import ISSUES_GOING, IssueState, Message, NewsletterIssue, Urgency
from broadsheet.notifications.queries.mail_topics import Subscriber, confirmed_of
from broadsheet.notifications.queries.newsletter_issues import content_of
from broadsheet.notifications.queries.newsletters import topic_word

PURPOSE = "newsletter"
SECONDS = 0.5  # then others have their turn


def spread_issues(*, seconds: float = SECONDS) -> int:
    """Queue mails of what is due until all are there or the time is over; return how many."""
    end, count = time.monotonic() + seconds, 0
    due = NewsletterIssue.objects.filter(state__in=ISSUES_GOING, spread_at=None, due_at__lte=clock.now())
    for issue in due.select_related("newsletter").order_by("due_at", "pk"):
        why = why_not(issue)
        if why:
            stop_issue(issue_id=issue.pk, why=why)
        while not why and issue.spread_at is None and time.monotonic() < end:
            count += spread_portion(issue=issue)
    return count


def why_not(issue: NewsletterIssue) -> str:
    """Return why an issue must not go out (any more): `newsletter`, `articles`, or nothing."""
    if not issue.newsletter.enabled or edition_by_code(issue.newsletter.edition) is None:
        return "newsletter"
    return "" if cards_by_id(content_of(issue).article_ids, signed=False) else "articles"


def spread_portion(*, issue: NewsletterIssue, size: int = NEWSLETTER_PORTION) -> int:
    """Queue the next mails in one transaction and return how many; `issue` is as it is afterwards.

    Of two processes at the same portion the later one queues none; a killed one neither leaves out nor repeats anybody.
    """
    now, topic = clock.now(), topic_word(issue.newsletter_id)
    to = confirmed_of([topic], after=issue.after, limit=size)
    step = {"after": to[-1].id} if to else {"spread_at": now}
    begun = {} if issue.begun_at else {"begun_at": now}
    with transaction.atomic():
        still = NewsletterIssue.objects.filter(
            pk=issue.pk, after=issue.after, spread_at=None, state__in=ISSUES_GOING, version=issue.version
        )
        if still.update(state=IssueState.SENDING, **step, **begun) == 0:
            issue.refresh_from_db(fields=["after", "spread_at", "state", "begun_at", "version"])
            if issue.state not in ISSUES_GOING:
                issue.spread_at = issue.spread_at or now  # for the caller: nothing is left to do
            return 0
        put_all([_message(issue, subscriber, topic) for subscriber in to])
        if begun:
            _announce(issue)
        transaction.on_commit(wake.ring, robust=True)
    for name, value in (step | begun).items():
        setattr(issue, name, value)
    return len(to)


def _announce(issue: NewsletterIssue) -> None:
    """Let pages know that the issue is there."""
    announce(NewsletterChanged(newsletter_id=issue.newsletter_id, edition=issue.newsletter.edition, issue_id=issue.pk))


def _message(issue: NewsletterIssue, to: Subscriber, topic: str) -> Message:
    """Return the mail to one subscription, whose address and whether it still runs are asked for at sending."""
    return new_message(
        key=f"newsletter:{issue.pk}:{to.id}",
        purpose=PURPOSE,
        edition=issue.newsletter.edition,
        values={"subscription": to.id, "topic": topic, "issue": issue.pk},
        urgency=Urgency.LAST,
        newsletter_issue_id=issue.pk,
    )
