"""Who gets no more mail of a purpose."""

from django.utils.crypto import salted_hmac

from broadsheet.kernel.email import canonical
from broadsheet.notifications.conf import lists
from broadsheet.notifications.models import Message, Unsubscribed


def is_unsubscribed(message: Message) -> bool:
    """Return whether the message's recipient unsubscribed from mail of its purpose."""
    if message.purpose not in lists:
        return False
    return Unsubscribed.objects.filter(purpose=message.purpose, recipient=recipient_of(message)).exists()


def recipient_of(message: Message) -> str:
    """Return the recipient as `Unsubscribed` names one: without the address."""
    return by_address(message.address) if message.reader_id is None else by_account(message.reader_id)


def by_account(reader_id: int) -> str:
    """Return how an account is named."""
    return f"reader:{reader_id}"


def by_address(address: str) -> str:
    """Return how an address is named: by a keyed hash."""
    digest = salted_hmac("notifications.recipient", canonical(address), algorithm="sha256").hexdigest()
    return f"address:{digest}"
