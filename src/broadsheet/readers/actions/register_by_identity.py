"""Registers by an identity at a network."""

from datetime import datetime

from django.db import transaction

from broadsheet.kernel.email import canonical
from broadsheet.kernel.errors import Refused
from broadsheet.readers.actions.link_identity import link_identity, taken
from broadsheet.readers.actions.register import register
from broadsheet.readers.models import AwaitedIdentity, Reader
from broadsheet.readers.queries.identities import owner_of
from broadsheet.readers.rules.profiles import Profile


@transaction.atomic
def register_by_identity(
    *,
    profile: Profile,
    email: str,
    display_name: str,
    edition: str,
    language: str,
    now: datetime,
    privacy_shown: int | None = None,
) -> Reader | None:
    """Make the account and return it, open to the identity; None where a mail must be answered first.

    The address counts as confirmed where the network vouches for that very one and no account has it. Otherwise the
    identity opens the account once its owner followed the mail; where another account has the address, its owner is
    told instead, and nothing is linked. Both look the same from outside (ACC-04). `Refused` where the identity opens
    an account already.
    """
    if owner_of(profile.provider, profile.uid) is not None:
        raise Refused(taken())
    vouched = profile.vouched and canonical(email) == profile.email
    made = register(
        email=email, display_name=display_name, password_hash=None, edition=edition, language=language, now=now,
        confirmed=vouched, privacy_shown=privacy_shown,
    )  # fmt: skip
    if made is None:
        return None
    if vouched:
        link_identity(reader_id=made.pk, profile=profile)
        return made
    AwaitedIdentity.objects.create(
        reader=made, provider=profile.provider, uid=profile.uid, shown=profile.shown, picture=profile.picture
    )
    return None
