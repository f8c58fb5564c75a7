"""Notes that a message is about to be given to the mail server for good."""

from broadsheet.kernel import clock
from broadsheet.notifications.conf import HANDING_LEASE
from broadsheet.notifications.models import Message, State


def hand_over(*, message_id: int, carrier: str, recipient: str = "") -> bool:
    """Let the message be `handing`, and return whether it still is this carrier's; if not, it must not be sent.

    `recipient` is whom it goes to, as a keyed hash, so that the mail is known where it comes back.
    From here on nobody sends it again before the answer, or the mark of a dead carrier, says that it was not sent.
    """
    own = Message.objects.filter(pk=message_id, carrier=carrier, state=State.SENDING)
    return own.update(state=State.HANDING, claimed_until=clock.now() + HANDING_LEASE, recipient=recipient) == 1
