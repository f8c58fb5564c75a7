"""What newsletters have to do with one account of the newsroom."""

from django.db.models import Q, QuerySet

from broadsheet.notifications.models import NewsletterIssue, NewsletterVersion

PEOPLE = ("written_by_id", "changed_by_id", "sent_by_id", "confirmed_by_id", "recalled_by_id")


def signed_issues(reader_id: int) -> QuerySet[NewsletterIssue]:
    """Return the issues that a member of the newsroom wrote, changed, sent, confirmed or recalled."""
    signed = Q()
    for name in PEOPLE:
        signed |= Q(**{name: reader_id})
    return NewsletterIssue.objects.filter(signed)


def signed_versions(reader_id: int) -> QuerySet[NewsletterVersion]:
    """Return the earlier versions of drafts that a member of the newsroom saved."""
    return NewsletterVersion.objects.filter(by_id=reader_id)
