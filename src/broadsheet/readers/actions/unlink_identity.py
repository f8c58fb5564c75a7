"""Unlinks an identity from an account, never the last way in."""

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from broadsheet.kernel.errors import Refused
from broadsheet.readers.actions.announce_mail import announce_mail
from broadsheet.readers.models import Reader
from broadsheet.readers.queries.identities import ways_in
from broadsheet.readers.rules.ways_in import why_not_unlink


@transaction.atomic
def unlink_identity(*, reader_id: int, identity_id: int, edition: str) -> bool:
    """Let the identity no longer open the account; return False where it doesn't. `Refused` where nothing else would.

    Of two that are unlinked at once the second sees the first gone; so does `remove_passkey`, which waits for the same
    row.
    """
    Reader.objects.select_for_update().get(pk=reader_id)
    row = SocialAccount.objects.filter(pk=identity_id, user_id=reader_id).first()
    if row is None:
        return False
    if (refusal := why_not_unlink(ways_in(reader_id, without=identity_id))) is not None:
        raise Refused(refusal)
    row.delete()
    announce_mail("unlinked", reader_id=reader_id, edition=edition)
    return True
