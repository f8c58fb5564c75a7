"""Links an identity at a network to an account: at once, or as soon as the account's address is confirmed."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.facts import announce
from broadsheet.readers.actions.announce_mail import announce_mail
from broadsheet.readers.facts import AvatarOffered, MarksChanged
from broadsheet.readers.models import AwaitedIdentity, Reader
from broadsheet.readers.rules.profiles import Profile


@transaction.atomic
def link_identity(*, reader_id: int, profile: Profile, edition: str = "") -> bool:
    """Let the identity open this account; return False where it does already. `Refused` where it opens another.

    The owner is told by mail, in the frame of the edition, where one is named. The network's picture is offered to an
    account that has none.
    """
    reader = Reader.objects.select_for_update().get(pk=reader_id)
    row, new = SocialAccount.objects.get_or_create(  # of two who link it at once, one comes second
        provider=profile.provider,
        uid=profile.uid,
        defaults={"user": reader, "extra_data": {"shown": profile.shown}},
    )
    if row.user_id != reader_id:
        raise Refused(taken())
    AwaitedIdentity.objects.filter(pk=reader_id, provider=profile.provider, uid=profile.uid).delete()
    if new:
        announce(MarksChanged(reader_id=reader_id))
    if new and profile.picture and not reader.avatar:
        announce(AvatarOffered(reader_id=reader_id, url=profile.picture))
    if new and edition:
        announce_mail("linked", reader_id=reader_id, edition=edition)
    return new


@transaction.atomic
def link_awaited(*, reader_id: int) -> bool:
    """Link the identity that waited for the account's address to be confirmed; return whether it opens the account now.

    Where it was linked to another account meanwhile it stays there, and nothing waits any more.
    """
    waiting = AwaitedIdentity.objects.filter(pk=reader_id).first()
    if waiting is None or not EmailAddress.objects.filter(user_id=reader_id, verified=True).exists():
        return False
    profile = Profile(waiting.provider, waiting.uid, name=waiting.shown, picture=waiting.picture)
    try:
        link_identity(reader_id=reader_id, profile=profile)
    except Refused:
        waiting.delete()
        return False
    return True


def claim_identity(*, provider: str, uid: str) -> Reader | None:
    """Link the identity to the account that waited for it and is confirmed by now, and return that account.

    The same happens on hearing that the address is confirmed; whoever logs in before that has been heard comes in too.
    """
    for waiting in AwaitedIdentity.objects.filter(provider=provider, uid=uid).order_by("pk"):
        if link_awaited(reader_id=waiting.pk):
            return Reader.objects.get(pk=waiting.pk)
    return None


def taken() -> Refusal:
    """Say that the identity is another account's."""
    return Refusal(
        "identity-taken",
        _("This identity was not linked."),
        _("It opens another account here already."),
        _("Log in by it, unlink it in that account, and then link it to this one."),
    )
