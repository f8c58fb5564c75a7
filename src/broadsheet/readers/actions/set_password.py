"""Gives an account another password."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from broadsheet.readers.actions.announce_mail import announce_mail
from broadsheet.readers.actions.confirm_address import confirm_address
from broadsheet.readers.actions.end_sessions import end_sessions
from broadsheet.readers.actions.login_attempts import note_recovered
from broadsheet.readers.models import AwaitedIdentity, Reader


@transaction.atomic
def set_password(
    *, reader_id: int, password_hash: str, edition: str, now: datetime, keep: str = "", by_mail: bool = False
) -> None:
    """Store the hash, end all sessions but `keep`, and let the owner be told (ASVS 6.3.7, 7.4.3).

    `by_mail`: the owner came by a link sent to the account's address, which is thereby confirmed. An identity that
    waited for that is let in no more: whoever it is began the account, and needn't own the address (ACC-04). What
    strangers failed at the log-in is forgotten.
    """
    Reader.objects.filter(pk=reader_id).update(password=password_hash)
    end_sessions(reader_id=reader_id, keep=keep)
    announce_mail("changed-password", reader_id=reader_id, edition=edition)
    if by_mail:
        AwaitedIdentity.objects.filter(pk=reader_id).delete()
        own = Reader.objects.values_list("email", flat=True).get(pk=reader_id)
        note_recovered(own or "", now)
        for address in EmailAddress.objects.filter(user_id=reader_id, email=own, verified=False):
            confirm_address(address_id=address.pk, edition=edition, now=now)
