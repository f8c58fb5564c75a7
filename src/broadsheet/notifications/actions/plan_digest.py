"""Says when the next digest of a subscription is due."""

from datetime import datetime

from broadsheet.notifications.models import MailSubscription
from broadsheet.notifications.rules.digest_times import next_digest
from broadsheet.notifications.rules.mail_topics import is_digested


def plan_digest(*, row: MailSubscription, now: datetime, anew: bool = False) -> None:
    """Let the next digest be due at the hour that was chosen, from now on; none where no topic asks for one.

    `anew`: where none was due before it begins now, so that nobody is sent what was published before they asked; else
    it begins where the last one ended. Called in the transaction that changed the subscription or its topics, which
    has it locked.
    """
    topics = row.topics.filter(confirmed_at__isnull=False, ended_at=None).values_list("topic", flat=True)
    wanted = row.confirmed_at is not None and row.stopped_at is None and any(map(is_digested, topics))
    if not wanted:
        row.digest_due_at = None
    else:
        if row.digest_due_at is None and (anew or row.digested_until is None):
            row.digested_until = now
        row.digest_due_at = next_digest(
            now, rhythm=row.rhythm, hour=row.hour, weekday=row.weekday, zone=row.zone
        )  # fmt: skip
    row.save(update_fields=["digest_due_at", "digested_until"])


def locked(subscription_id: int) -> MailSubscription | None:
    """Return the subscription for the transaction that is open, so that of two changes the second sees the first."""
    return MailSubscription.objects.select_for_update().filter(pk=subscription_id).first()
