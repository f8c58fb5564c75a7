"""Makes a reader's account for a paper that is made up: whole, and entered by a one-use link alone."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from broadsheet.kernel.email import canonical
from broadsheet.readers.actions.accept_policy import REGISTRATION, accept_at_entrance
from broadsheet.readers.models import Reader


@transaction.atomic
def put_reader(*, email: str, name: str, editions: list[str], registered_at: datetime, now: datetime) -> Reader:
    """Return the account of this address, made where there is none: confirmed, without a password, registered then.

    It acknowledges what is in force in these editions (their codes) now. Not for a paper that readers use.
    """
    email = canonical(email)
    known = Reader.objects.filter(email=email).first()
    if known is not None:
        return known
    reader = Reader.objects.create_user(email, display_name=name, registered_at=registered_at)
    EmailAddress.objects.create(user=reader, email=email, verified=True, primary=True)
    for edition in editions:
        accept_at_entrance(reader_id=reader.pk, edition=edition, way=REGISTRATION, now=now)
    return reader
