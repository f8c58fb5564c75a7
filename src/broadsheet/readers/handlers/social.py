"""What follows at the entrance by networks: acceptances, and the linking that waited for a log-in or a mail."""

from typing import Any

from allauth.account.signals import user_logged_in
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import handles
from broadsheet.readers.actions.accept_policy import accept_at_entrance
from broadsheet.readers.actions.link_identity import link_awaited, link_identity
from broadsheet.readers.engines.pending import redeem, settle
from broadsheet.readers.facts import ReaderConfirmed
from broadsheet.readers.models import Reader
from broadsheet.readers.queries.addresses import code_of


@handles(ReaderConfirmed)
def open_to_identity(happened: ReaderConfirmed) -> None:
    """Let the identity that registered the account open it."""
    link_awaited(reader_id=happened.reader_id)


@receiver(user_logged_in)
def entered(sender: Any, request: HttpRequest, user: Reader, way: str = "", **_more: Any) -> None:
    """Record what a log-in by a network accepts; link the identity for whose sake the password was given."""
    now, edition = clock.now(), code_of(request)
    if way == "social":
        accept_at_entrance(reader_id=user.pk, edition=edition, way=way, now=now)
    pending = redeem(request.session, user.pk, now)
    if pending is None:
        return
    settle(request.session, pending.profile, now)
    try:
        link_identity(reader_id=user.pk, profile=pending.profile, edition=edition)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("From now on you can log in by this identity, too."))
