"""What Django and Wagtail send goes through the queue like all other mail (NOT-03)."""

from collections.abc import Iterable, Sequence
from email.utils import parseaddr
from typing import Any
from uuid import uuid4

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.newsroom.queries.editions import root_edition
from broadsheet.notifications.actions.queue_mail import queue_mail
from broadsheet.readers.queries.people import desk_language

PURPOSE = "passed-on"
OWN_HEADERS = {"auto-submitted"}  # which every mail of ours has


class QueuedMail(BaseEmailBackend):
    """Django's `EMAIL_BACKEND`: queues each mail in the caller's transaction, once for each of its recipients.

    It goes out in the paper's frame, from the paper's address, in the words that it was given. An HTML version gives
    way to the frame's. `Refused`, before anything is queued, for what the queue doesn't carry: attachments, bodies
    without text, further headers, an address that is none; Django's `BadHeaderError` for a header with two lines.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the mails and return how many; none, where one can't be and that isn't to fail silently."""
        count = 0
        for message in email_messages:
            try:
                count += _queue(message)
            except (Refused, ValueError):
                if not self.fail_silently:
                    raise
        return count


def _queue(message: EmailMessage) -> bool:
    refusal = _refuse(message)
    if refusal is not None:
        raise Refused(refusal)
    message.message()  # raises where a header would begin a line of its own
    edition = root_edition()
    values = {"title": str(message.subject), "body": str(message.body), **_answers(message)}
    with transaction.atomic():
        for to in _addresses(message.recipients()):
            queue_mail(
                key=f"{PURPOSE}:{uuid4().hex}",
                purpose=PURPOSE,
                address=to,
                language=desk_language(to) or get_language() or "",
                edition=edition.code if edition is not None else "",
                values=values,
            )
    return bool(message.recipients())


def _refuse(message: EmailMessage) -> Refusal | None:
    further = sorted(name for name in message.extra_headers if name.lower() not in OWN_HEADERS)
    if message.attachments:
        return _refusal("mail-attachment", _("The queue carries no attachments."))
    if message.content_subtype != "plain":
        return _refusal("mail-without-text", _("It has no plain text."))
    if further:
        return _refusal("mail-header", _("The queue doesn't carry the header %(name)s.") % {"name": further[0]})
    return None


def _refusal(code: str, why: str) -> Refusal:
    return Refusal(code, _("No mail was queued."), why, _("Send plain text, and a link to everything else."))


def _answers(message: EmailMessage) -> dict[str, Any]:
    """Return whom answers go to, where the mail says that; the newsroom else."""
    wanted = [address for address in _addresses(message.reply_to) if address]
    return {"reply_to": wanted[0]} if wanted else {}


def _addresses(told: Iterable[str]) -> list[str]:
    return [parseaddr(str(address))[1] or str(address) for address in told]
