"""The one way in which an account of a reader is made."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from broadsheet.kernel.email import canonical
from broadsheet.kernel.facts import announce
from broadsheet.kernel.rates import Limit, take
from broadsheet.readers.actions.accept_policy import REGISTRATION, accept_at_entrance
from broadsheet.readers.actions.announce_mail import announce_mail
from broadsheet.readers.facts import ReaderConfirmed, ReaderRegistered
from broadsheet.readers.models import Block, Reader
from broadsheet.readers.queries.retention import kept_away_until
from broadsheet.readers.rules.names import normal_name

# To one address, whoever has registered with it: what a stranger can have sent to a mailbox.
MAILS = Limit("registration-mails", times=5, per=timedelta(days=1))


class _TakenBackError(Exception):
    """Takes back what was written for an address that has an account."""


def register(
    *,
    email: str,
    display_name: str,
    password_hash: str | None,
    edition: str,
    language: str,
    now: datetime,
    confirmed: bool = False,
    privacy_shown: int | None = None,
) -> Reader | None:
    """Make the account and return it; None where the address has one, whose owner is told by mail instead.

    A deleted account's owner is sent the link that restores it (ACC-07). An address is sent a few mails a day; the
    answer is the same without.

    The name has been judged (`rules.names`), the password hashed: nothing slow happens in here. `privacy_shown` is the
    version of the privacy policy that the page led to, None for that in force. Without a password
    the account is entered another way. `confirmed`: somebody else vouches for the address; otherwise a mail to
    confirm it is due. Both cases write as much, so that the time taken tells nothing (ASVS 6.3.8): for an address
    that is taken, the rows are written under another and taken back. Who was erased while blocked is blocked again,
    for as long as that block would have run (ACC-07).
    """
    email = canonical(email)
    made = _beginning(email, display_name, password_hash, language, now)
    with transaction.atomic():
        owner = _owner(email)
        try:
            with transaction.atomic():
                address = email if owner is None else f"{secrets.token_hex(12)}@taken.invalid"
                reader = Reader.objects.create(email=address, **made)
                stored = EmailAddress.objects.create(user=reader, email=address, primary=True, verified=confirmed)
                accept_at_entrance(
                    reader_id=reader.pk, edition=edition, way=REGISTRATION, now=now, privacy_shown=privacy_shown
                )
                announce(ReaderRegistered(reader_id=reader.pk))
                if owner is not None:
                    raise _TakenBackError
        except (_TakenBackError, IntegrityError):
            owner = owner or _owner(email)  # of two who register it at once, the second comes too late
            if owner is None:
                raise
            if not take(MAILS, email, now):
                announce_mail("already" if owner.is_active else "deleted", reader_id=owner.pk, edition=edition)
            return None
        if confirmed:
            announce(ReaderConfirmed(reader_id=reader.pk))
        elif not take(MAILS, email, now):
            announce_mail("confirm", reader_id=reader.pk, edition=edition, email_id=stored.pk)
        return reader


def _beginning(email: str, name: str, password_hash: str | None, language: str, now: datetime) -> dict[str, Any]:
    until = kept_away_until(email, now)
    return {
        "display_name": normal_name(name),
        "password": password_hash or make_password(None),
        "language": language,
        "block": Block.TIMED if until else "",
        "blocked_until": until,
    }


def _owner(email: str) -> Reader | None:
    """Return whose address it is; an unconfirmed one, to which somebody changes, is nobody's yet."""
    address = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    return address.user if address is not None else Reader.objects.filter(email=email).first()
