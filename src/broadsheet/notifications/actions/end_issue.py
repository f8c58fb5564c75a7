"""Ends a newsletter issue: taken back before its time, recalled by a person, stopped by itself, or done (NOT-02)."""

from django.db import transaction
from django.db.models import Q

from broadsheet.kernel import clock
from broadsheet.kernel.facts import announce
from broadsheet.notifications.facts import NewsletterChanged
from broadsheet.notifications.models import ISSUES_GOING, IssueState, Message, NewsletterIssue, State
from broadsheet.notifications.queries.newsletter_issues import issue_counts

OPEN = (State.DUE, State.SENDING, State.HANDING)
ERASED = {"address": "", "values": {}, "failed_with": ""}


def take_back_issue(*, issue_id: int) -> bool:
    """Let an issue of which nothing has gone be a draft again; return whether it is."""
    rows = NewsletterIssue.objects.filter(
        pk=issue_id, state__in=[IssueState.CONFIRMING, IssueState.WAITING], begun_at=None
    )
    return rows.update(state=IssueState.DRAFT, sent_by_id=None, confirmed_by_id=None) > 0


def recall_issue(*, issue_id: int, by: int) -> bool:
    """Let nothing more of the issue go out; return whether there was something to recall.

    What mail servers have by now can't be taken back from them.
    """
    return _end(issue_id, IssueState.RECALLED, recalled_by_id=by)


def stop_issue(*, issue_id: int, why: str) -> bool:
    """Let nothing more of the issue go out, since no article of it is public any more, or nobody gets its newsletter."""
    return _end(issue_id, IssueState.STOPPED, why=why)


@transaction.atomic
def _end(issue_id: int, state: IssueState, **values: object) -> bool:
    rows = NewsletterIssue.objects.filter(pk=issue_id, state__in=[IssueState.CONFIRMING, *ISSUES_GOING])
    if rows.update(state=state, ended_at=clock.now(), **values) == 0:
        return False
    issue = NewsletterIssue.objects.select_related("newsletter").get(pk=issue_id)
    announce(NewsletterChanged(newsletter_id=issue.newsletter_id, edition=issue.newsletter.edition, issue_id=issue_id))
    return True


def drop_rest_of_issues(*, size: int) -> int:
    """Let a portion of what is still due of recalled and stopped issues end unsent; return how many mails."""
    ended = NewsletterIssue.objects.filter(state__in=[IssueState.RECALLED, IssueState.STOPPED], result={})
    due = Message.objects.filter(
        state=State.DUE, newsletter_issue_id__isnull=False, newsletter_issue_id__in=ended.values("pk")
    )
    numbers = list(due.values_list("pk", flat=True)[:size])
    if not numbers:
        return 0
    rows = Message.objects.filter(pk__in=numbers, state=State.DUE)
    return rows.update(state=State.DROPPED, ended_at=clock.now(), **ERASED)


def finish_issues() -> int:
    """Note which issues have come to their end, and what came of them; return how many."""
    done = 0
    spread = Q(state=IssueState.SENDING, spread_at__isnull=False)
    ended = Q(state__in=[IssueState.RECALLED, IssueState.STOPPED], result={}, begun_at__isnull=False)
    for issue in NewsletterIssue.objects.filter(spread | ended):
        if Message.objects.filter(newsletter_issue_id=issue.pk, state__in=OPEN).exists():
            continue
        result = {"dropped": 0} | issue_counts(issue.pk)
        step = {"state": IssueState.DONE, "ended_at": clock.now()} if issue.state == IssueState.SENDING else {}
        done += NewsletterIssue.objects.filter(pk=issue.pk, state=issue.state).update(result=result, **step)
    return done
