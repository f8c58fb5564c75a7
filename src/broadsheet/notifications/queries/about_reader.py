"""What is about a reader, found by the number of the account, its User ID, and its addresses."""

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from broadsheet.notifications.engines import mailbox
from broadsheet.notifications.models import Message
from broadsheet.notifications.queries.unsubscribed import by_account, by_address
from broadsheet.readers.queries.people import addresses_of


def kept_about(reader_id: int) -> list[str]:
    """Return the names of the mails kept as files that went to the account or one of its addresses, or came from it.

    What went to an address of long ago is known by its row in the queue.
    """
    if not mailbox.files():
        return []
    sent = Message.objects.filter(reader_id=reader_id).values_list("message_id", flat=True)
    about = {mailbox.name_of(message_id) for message_id in sent.iterator()} | set(
        mailbox.naming(addresses_of(reader_id))
    )
    return [path.stem for path in mailbox.files() if path.stem in about]


def letters_about(reader_id: int) -> QuerySet[Message]:
    """Return the messages to the reader's addresses, and the reader's own letters, that aren't sent: others hold nothing."""
    user_id = get_user_model().objects.filter(pk=reader_id).values_list("public_id", flat=True).first()
    if user_id is None:
        return Message.objects.none()
    its = Q(values__user_id=user_id)
    for address in addresses_of(reader_id):
        its |= Q(address__iexact=address) | Q(values__email__iexact=address)
    return Message.objects.filter(its, reader_id=None).exclude(address="")


def recipients(reader_id: int) -> list[str]:
    """Return the reader as `Unsubscribed` names recipients: by account, and by each address."""
    return [by_account(reader_id), *map(by_address, addresses_of(reader_id))]
