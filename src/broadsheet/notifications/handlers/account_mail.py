"""Queues the mails about accounts that `readers` announces (NOT-03)."""

from broadsheet.kernel.facts import handles
from broadsheet.notifications.actions.queue_mail import queue_account_mail
from broadsheet.readers.facts import AccountMailDue


@handles(AccountMailDue)
def queue(happened: AccountMailDue) -> None:
    """Queue the mail by its key."""
    queue_account_mail(
        key=happened.key,
        purpose=happened.purpose,
        reader_id=happened.reader_id,
        edition=happened.edition,
        email_id=happened.email_id,
    )
