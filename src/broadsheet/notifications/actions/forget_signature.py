"""Forgets who was at a push or a newsletter: what was sent stays, its people don't."""

from django.db import transaction

from broadsheet.kernel.personal_data import PORTION
from broadsheet.notifications.models import NewsletterIssue, NewsletterVersion, PushCampaign
from broadsheet.notifications.queries.newsletter_about import PEOPLE as WRITERS
from broadsheet.notifications.queries.newsletter_about import signed_issues, signed_versions
from broadsheet.notifications.queries.push_about import signed_pushes

PEOPLE = ("written_by_id", "confirmed_by_id", "recalled_by_id")


@transaction.atomic
def forget_signature(*, reader_id: int) -> int:
    """Take the account out of a portion of pushes; return how many those were."""
    numbers = list(signed_pushes(reader_id).order_by("pk").values_list("pk", flat=True)[:PORTION])
    for name in PEOPLE:
        PushCampaign.objects.filter(pk__in=numbers, **{name: reader_id}).update(**{name: None})
    return len(numbers)


@transaction.atomic
def forget_writer(*, reader_id: int) -> int:
    """Take the account out of a portion of newsletter issues and their earlier versions; return how many those were."""
    numbers = list(signed_issues(reader_id).order_by("pk").values_list("pk", flat=True)[:PORTION])
    for name in WRITERS:
        NewsletterIssue.objects.filter(pk__in=numbers, **{name: reader_id}).update(**{name: None})
    versions = list(signed_versions(reader_id).order_by("pk").values_list("pk", flat=True)[:PORTION])
    NewsletterVersion.objects.filter(pk__in=versions).update(by_id=None)
    return len(numbers) + len(versions)
