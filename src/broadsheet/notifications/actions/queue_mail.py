"""Queues a mail: it is sent once, whatever happens to the process that is at it."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from broadsheet.kernel import clock, wake
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.notifications.models import Message, Urgency
from broadsheet.notifications.rules.addresses import recipient


def queue_mail(
    *,
    key: str,
    purpose: str,
    address: str,
    language: str,
    edition: str,
    values: Mapping[str, Any],
    urgent: bool = False,
) -> bool:
    """Queue a mail to an address, written from the templates `mail/<purpose>`; return whether its key is new.

    Called in the transaction that makes the mail due. `key` (up to 200 signs, without the address) is the same for
    what must not be sent twice: a second call with it does nothing. `values` are JSON and lie in the database until
    the mail is sent, so they hold no secret and no one-use link. `edition` is a code. `Refused` where no mail server
    could be told the address.
    """
    to = recipient(address)
    if isinstance(to, Refusal):
        raise Refused(to)
    return put(
        key=key,
        purpose=purpose,
        address=address.strip(),
        language=language,
        edition=edition,
        values=dict(values),
        urgency=Urgency.FIRST if urgent else Urgency.USUAL,
    )


def queue_account_mail(*, key: str, purpose: str, reader_id: int, edition: str, email_id: int | None = None) -> bool:
    """Queue a mail about an account, before all others; what it says is asked for at the moment it is sent."""
    return put(key=key, purpose=purpose, reader_id=reader_id, email_id=email_id, edition=edition, urgency=Urgency.FIRST)


def new_message(**fields: Any) -> Message:
    """Return a message that is due now, not stored yet."""
    now, name = clock.now(), uuid4().hex
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return Message(**fields, queued_at=now, due_at=now, message_id=f"<{name}@{host}>")


def put(**fields: Any) -> bool:
    """Store a message that is due now unless its key is known; return whether it was stored."""
    message = new_message(**fields)
    with transaction.atomic():
        put_all([message])
        return Message.objects.filter(message_id=message.message_id).exists()


@transaction.atomic
def put_all(messages: Sequence[Message]) -> None:
    """Store messages, but for those whose key is known."""
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    transaction.on_commit(wake.ring, robust=True)
