"""Asks for a link by which a forgotten password is replaced."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from broadsheet.kernel.email import canonical
from broadsheet.kernel.facts import announce
from broadsheet.kernel.rates import Limit, take
from broadsheet.readers.facts import RecoveryAsked
from broadsheet.readers.models import Reader

MAILS = Limit("recovery-mails", times=3, per=timedelta(hours=1))  # to one address


def ask_recovery(*, email: str, edition: str, now: datetime) -> None:
    """Announce that somebody asked; whether an account has the address, and which mail is due, is decided out of sight.

    The same is written for every address, so that neither answer nor time tells whether it has an account.
    """
    email = canonical(email)
    allowed = not take(MAILS, email, now)
    reader_id = Reader.objects.filter(email=email).values_list("pk", flat=True).first()
    with transaction.atomic():
        announce(
            RecoveryAsked(
                reader_id=reader_id if reader_id is not None and allowed else 0,
                edition=edition,
                key=secrets.token_hex(8),
            )
        )
