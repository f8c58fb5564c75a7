"""Sends the link that confirms an address, and sends it again to whoever comes back by the identity that waits for it."""

import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from broadsheet.kernel.facts import announce
from broadsheet.kernel.rates import Limit, is_used, take
from broadsheet.readers.actions.announce_mail import announce_mail
from broadsheet.readers.facts import ConfirmationAsked
from broadsheet.readers.models import AwaitedIdentity

CONFIRM_MAILS = Limit("confirm-mails", times=3, per=timedelta(minutes=15))  # to one address
# That an identity said No and gave an address, whosever that is: as long as an unconfirmed account is kept.
SAID_NO = Limit("identity-said-no", times=1, per=timedelta(days=7))


@transaction.atomic
def mail_confirmation(*, address_id: int, edition: str, now: datetime, limit: Limit = CONFIRM_MAILS) -> bool:
    """Announce the mail and return True; False where nothing is to be confirmed, or enough were sent lately."""
    address = EmailAddress.objects.filter(pk=address_id, verified=False).first()
    if address is None or take(limit, address.email, now):
        return False
    announce_mail("confirm", reader_id=address.user_id, edition=edition, email_id=address.pk)
    return True


def note_no(*, identity: str, now: datetime) -> None:
    """Remember that the identity, named by its digest, said No and that a mail must be answered."""
    take(SAID_NO, identity, now)


def has_said_no(*, identity: str, now: datetime) -> bool:
    """Return whether a mail may still have to be answered for that identity."""
    return is_used(SAID_NO, identity, now)


@transaction.atomic
def ask_confirmation(*, provider: str, uid: str, edition: str, now: datetime) -> None:
    """Announce that the identity came back before its mail was answered; whether one is due is decided out of sight.

    The same is written where the address it gave was another account's: there is nothing to be sent then (ACC-04).
    """
    waiting = AwaitedIdentity.objects.filter(provider=provider, uid=uid).order_by("-pk")
    reader_id = waiting.values_list("pk", flat=True).first() or 0
    announce(ConfirmationAsked(reader_id=reader_id, edition=edition, key=secrets.token_hex(8)))
