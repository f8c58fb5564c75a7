"""Confirms that an address is its owner's: of a new account, or the one it changes to."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from broadsheet.kernel.facts import announce
from broadsheet.kernel.turns import take_turn
from broadsheet.readers.actions.announce_mail import announce_mail
from broadsheet.readers.actions.login_attempts import note_recovered
from broadsheet.readers.facts import MarksChanged, ReaderConfirmed
from broadsheet.readers.models import FormerAddress, Reader

TELL_FORMER = timedelta(days=30)  # ACC-07


@transaction.atomic
def confirm_address(*, address_id: int, edition: str, now: datetime) -> bool:
    """Let the address be the account's own, confirmed; return False where it is another's or gone.

    The one before it is told, and remembered for 30 days. An account that was begun with the address and never
    confirmed gives way: nobody but the owner of the mailbox comes here. What strangers failed at the log-in with the
    address is forgotten.
    """
    take_turn("addresses")
    address = EmailAddress.objects.select_related("user").filter(pk=address_id).first()
    if address is None or address.verified:
        return address is not None
    reader = address.user
    if EmailAddress.objects.filter(email=address.email, verified=True).exclude(user=reader).exists():
        return False
    for other in Reader.objects.filter(email=address.email).exclude(pk=reader.pk):
        if other.is_staff or EmailAddress.objects.filter(user=other, verified=True).exists():
            return False
        other.delete()
    before = EmailAddress.objects.filter(user=reader, verified=True).exclude(pk=address.pk).first()
    EmailAddress.objects.filter(user=reader).exclude(pk=address.pk).delete()
    address.verified = address.primary = True
    address.save(update_fields=["verified", "primary"])
    Reader.objects.filter(pk=reader.pk).update(email=address.email)
    note_recovered(address.email, now)
    announce(MarksChanged(reader_id=reader.pk))
    if before is None:
        announce(ReaderConfirmed(reader_id=reader.pk))
    else:
        FormerAddress.objects.create(reader=reader, email=before.email, until=now + TELL_FORMER)
        announce_mail("changed-email", reader_id=reader.pk, edition=edition)
    return True
