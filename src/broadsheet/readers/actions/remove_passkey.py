"""Removes a passkey from an account, never the last way in."""

from allauth.mfa.base.internal.flows import delete_dangling_recovery_codes
from allauth.mfa.models import Authenticator
from django.db import transaction

from broadsheet.kernel.errors import Refused
from broadsheet.readers.actions.announce_mail import announce_mail
from broadsheet.readers.models import Reader
from broadsheet.readers.queries.identities import ways_in
from broadsheet.readers.rules.ways_in import why_not_remove_passkey


@transaction.atomic
def remove_passkey(*, reader_id: int, passkey_id: int, edition: str) -> bool:
    """Let the passkey no longer open the account; return False where it doesn't. `Refused` where nothing else would.

    Recovery codes go with the last factor they stand in for. Whatever takes a way in from an account first holds its
    row (`unlink_identity` does, too): of two at once the second sees what the first has left.
    """
    reader = Reader.objects.select_for_update().get(pk=reader_id)
    row = Authenticator.objects.filter(pk=passkey_id, user=reader, type=Authenticator.Type.WEBAUTHN).first()
    if row is None:
        return False
    if (refusal := why_not_remove_passkey(ways_in(reader_id, without_passkey=passkey_id))) is not None:
        raise Refused(refusal)
    row.delete()
    delete_dangling_recovery_codes(reader)
    announce_mail("changed-factor", reader_id=reader_id, edition=edition)
    return True
