"""Begins, changes, retires and takes up newsletters (NOT-02)."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import announce
from broadsheet.notifications.facts import NewsletterChanged
from broadsheet.notifications.models import Newsletter
from broadsheet.notifications.rules.newsletters import name_taken


@dataclass(frozen=True, slots=True)
class NewsletterWords:
    """How a newsletter is called, what it says of itself, which sections it is about, and who it comes from."""

    name: str
    description: str = ""
    sections: tuple[int, ...] = ()
    sender_name: str = ""


def keep_newsletter(*, edition: str, words: NewsletterWords, newsletter_id: int | None = None) -> Newsletter:
    """Begin a newsletter of the edition with this code, or change one; `Refused` where its name is taken there."""
    values = {
        "name": words.name,
        "description": words.description,
        "sections": list(words.sections),
        "sender_name": words.sender_name,
    }
    try:
        with transaction.atomic():
            if newsletter_id is None:
                row = Newsletter.objects.create(edition=edition, created_at=clock.now(), **values)
            else:
                Newsletter.objects.filter(pk=newsletter_id).update(**values)
                row = Newsletter.objects.get(pk=newsletter_id)
            announce(NewsletterChanged(newsletter_id=row.pk, edition=row.edition))
    except IntegrityError as error:
        raise Refused(name_taken()) from error
    return row


@transaction.atomic
def retire_newsletter(*, newsletter_id: int, retired: bool = True) -> None:
    """Offer the newsletter to nobody any more, or again; who subscribed stays subscribed and gets nothing meanwhile."""
    row = Newsletter.objects.get(pk=newsletter_id)
    Newsletter.objects.filter(pk=newsletter_id).update(enabled=not retired)
    announce(NewsletterChanged(newsletter_id=row.pk, edition=row.edition))
