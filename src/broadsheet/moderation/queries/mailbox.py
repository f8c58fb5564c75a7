"""Whether the moderators' mailbox can be read."""

import imaplib

from broadsheet.moderation.engines.mailbox import box_of, opened


def mailbox_fault(address: str) -> str:
    """Try to open the mailbox of that address; return what is wrong in a few words, empty where nothing is."""
    box = box_of(address)
    if box is None:
        return "it is no address such as imaps://user:password@host/INBOX; without TLS it may be on this machine only"
    try:
        with opened(box) as mailbox:
            mailbox.waiting(1)
    except imaplib.IMAP4.error:
        return f"{box.host} refused the log-in or the folder"
    except OSError as error:
        return f"{box.host} can't be reached ({type(error).__name__})"
    return ""
