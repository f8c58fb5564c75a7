"""Notes that a mail came back or was complained of, and lets its recipient rest where that is due."""

from datetime import datetime

from django.db import transaction

from broadsheet.kernel.turns import take_turn
from broadsheet.notifications.actions.ring import ring
from broadsheet.notifications.actions.stop_mail import stop_mail
from broadsheet.notifications.models import MailSubscription, Message, ReturnedMail, ReturnKind, StoppedAddress, StopWhy
from broadsheet.notifications.queries.account_pages import edition_named
from broadsheet.notifications.queries.returned_mail import events_of
from broadsheet.notifications.rules.returned_mail import Standing, standing_of
from broadsheet.readers.queries.addresses import account_path


@transaction.atomic
def note_return(*, message_number: int, kind: ReturnKind, status: str, now: datetime, recipient: str = "") -> bool:
    """Count it against the recipient, once a mail and kind; return whether it is new.

    Where the address has had its measure, optional mail to it ends, what it subscribed to stops, and the account that
    the mail was for finds a notice. `recipient` is for a mail that was never handed over; else the queue knows whom it went to.
    """
    message = Message.objects.filter(pk=message_number).first()
    recipient = recipient or (message.recipient if message is not None else "")
    if message is None or not recipient:
        return False
    take_turn(f"returned:{recipient}")
    _row, made = ReturnedMail.objects.get_or_create(
        message_number=message_number,
        kind=kind,
        defaults={"recipient": recipient, "status": status[:12], "purpose": message.purpose, "at": now},
    )
    if not made:
        return False
    standing = standing_of(events_of(recipient), now)
    if standing.why and _stop(recipient, standing, now):
        stop_mail(recipient, standing.why, now)
        reader_id = message.reader_id or _subscriber(recipient)
        if reader_id is not None:
            _tell(message, standing.why, reader_id, now)
    return True


def _stop(recipient: str, standing: Standing, now: datetime) -> bool:
    """Let the address rest or end; return whether it ended now. What has ended is not made a pause again."""
    before = StoppedAddress.objects.filter(recipient=recipient).first()
    if before is not None and before.until is None:
        return False
    StoppedAddress.objects.update_or_create(
        recipient=recipient, defaults={"why": standing.why, "until": standing.until, "at": now}
    )
    return standing.why != StopWhy.PAUSE


def _subscriber(recipient: str) -> int | None:
    """Return the account that subscribed with this address."""
    rows = MailSubscription.objects.filter(recipient=recipient, reader_id__isnull=False)
    return rows.values_list("reader_id", flat=True).first()


def _tell(message: Message, why: str, reader_id: int, now: datetime) -> None:
    edition = edition_named(message.edition)
    ring(
        reader_id=reader_id,
        kind="mail_stopped",
        key=f"mail-stopped:{now:%Y%m%d%H%M%S}",
        values={"why": why},
        path=account_path(edition, "mail_standing") if edition is not None else "",
    )
