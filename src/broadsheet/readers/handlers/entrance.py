"""What follows at the entrance: links for those who asked, sessions struck off at log-out."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import authentication_step_completed
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from broadsheet.kernel import clock
from broadsheet.kernel.facts import handles
from broadsheet.readers.actions.announce_mail import announce_mail
from broadsheet.readers.actions.confirm_again import mail_confirmation
from broadsheet.readers.actions.keep_session import forget_session
from broadsheet.readers.actions.register import MAILS
from broadsheet.readers.actions.tell_departed import tell_departed
from broadsheet.readers.facts import ConfirmationAsked, RecoveryAsked


@handles(RecoveryAsked)
def send_link(happened: RecoveryAsked) -> None:
    """Let the owner of the address have the link, where there is one: that which restores, if the account is deleted."""
    if not happened.reader_id:
        return
    if not tell_departed(reader_id=happened.reader_id, edition=happened.edition, now=clock.now()):
        announce_mail("recover", reader_id=happened.reader_id, edition=happened.edition, key=f"recover:{happened.key}")


@handles(ConfirmationAsked)
def send_confirmation(happened: ConfirmationAsked) -> None:
    """Let the address that waits have its link again, where there is one; by the limit of registering, a few a day."""
    for address in EmailAddress.objects.filter(user_id=happened.reader_id, user__is_active=True, verified=False):
        mail_confirmation(address_id=address.pk, edition=happened.edition, now=clock.now(), limit=MAILS)


@receiver(authentication_step_completed)
def renew_session(sender: Any, request: HttpRequest, reauthenticated: bool = False, **_more: Any) -> None:
    """Give the session another id once its owner proved to be one again (ASVS 7.2.4)."""
    if reauthenticated:
        request.session.cycle_key()


@receiver(user_logged_out)
def strike_off(sender: Any, request: HttpRequest | None = None, **_more: Any) -> None:
    """Take the session off the list of its account."""
    if request is not None and (key := request.session.session_key):
        forget_session(session_key=key)
