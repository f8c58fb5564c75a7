"""Whether the moderators' mailbox can be read."""

from broadsheet.kernel.imap import fault
from broadsheet.moderation.conf import MAIL_TAKEN


def mailbox_fault(address: str) -> str:
    """Try to open the mailbox of that address; return what is wrong in a few words, empty where nothing is."""
    return fault(address, MAIL_TAKEN)
