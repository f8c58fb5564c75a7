"""Lets the mail that an account subscribed to follow the account to its new address."""

from django.db import transaction

from broadsheet.notifications.models import MailSubscription
from broadsheet.notifications.queries.unsubscribed import by_address
from broadsheet.readers.queries.people import confirmed_address_of


@transaction.atomic
def follow_address(*, reader_id: int) -> int:
    """Send what the account subscribed to where its confirmed address is now; return how many subscriptions moved.

    One stays where it is in an edition in which the new address has a subscription of its own.
    """
    address = confirmed_address_of(reader_id)
    if not address:
        return 0
    recipient = by_address(address)
    rows = MailSubscription.objects.select_for_update().filter(reader_id=reader_id).exclude(recipient=recipient)
    taken = set(MailSubscription.objects.filter(recipient=recipient).values_list("edition", flat=True))
    moving = [row.pk for row in rows if row.edition not in taken]
    return MailSubscription.objects.filter(pk__in=moving).update(recipient=recipient, address=address)
