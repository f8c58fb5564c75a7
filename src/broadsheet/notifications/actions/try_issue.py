"""Sends an issue to whoever writes it, to see how mail programs show it (NOT-02)."""

from broadsheet.kernel import clock
from broadsheet.notifications.actions.newsletter_mail import TEST
from broadsheet.notifications.actions.queue_mail import queue_mail
from broadsheet.notifications.models import NewsletterIssue


def try_issue(*, issue: NewsletterIssue, address: str, by: int) -> bool:
    """Queue the mail as the issue is saved now; return False where the same was asked for less than a minute ago."""
    minute = f"{clock.now():%Y%m%d%H%M}"
    return queue_mail(
        key=f"newsletter-test:{issue.pk}:{issue.version}:{by}:{minute}",
        purpose=TEST,
        address=address,
        language="",
        edition=issue.newsletter.edition,
        values={"issue": issue.pk},
        urgent=True,
    )
