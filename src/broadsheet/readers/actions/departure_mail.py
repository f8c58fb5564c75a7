"""The mail that tells of a deleted account, with the link that restores it."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation

from broadsheet.kernel import clock
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.readers.actions.account_mail import AccountMail, makes_mail
from broadsheet.readers.models import DepartureLink, FormerAddress, Reader
from broadsheet.readers.queries.departures import confirmed_address, departed, digest_of, restorable
from broadsheet.readers.rules.deadlines import in_words


@makes_mail("deleted", departed=True)
def make_mail(reader: Reader, edition: EditionView, email_id: int | None) -> AccountMail | None:
    """Return the mail with a fresh link; None where the account is back, erased, or the address is forgotten.

    `email_id` is the number of a former address that the mail goes to.
    """
    now = clock.now()
    if email_id is None:
        address: str | None = confirmed_address(reader)
    else:
        former = FormerAddress.objects.filter(pk=email_id, reader=reader, until__gt=now)
        address = former.values_list("email", flat=True).first()
    gone = departed(reader.pk, now)
    token = _mint(reader.pk, now) if address and gone else None
    if not address or gone is None or token is None:
        return None
    language = reader.language or edition.language
    with translation.override(language):
        deadline = in_words(gone.deadline, edition.zone, edition.zone_label)
    values = {
        "name": reader.display_name,
        "site": edition.account_domain,
        "user_id": reader.public_id,
        "deadline": deadline,
        "link": f"{settings.PUBLIC_URL}{edition.path}accounts/restore/{token}/",
    }
    return AccountMail("deleted", address, language, edition, values)


@transaction.atomic
def _mint(reader_id: int, now: datetime) -> str | None:
    """Return the token of a fresh link; None where the account came back meanwhile."""
    departure = restorable(reader_id, now).select_for_update(of=("self",)).first()
    if departure is None:
        return None
    token = secrets.token_urlsafe(32)
    DepartureLink.objects.create(digest=digest_of(token), departure=departure)
    return token
