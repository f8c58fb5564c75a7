"""Fetches what came to the moderators' mailbox (MOD-05)."""

import imaplib
import logging
from collections import Counter
from datetime import datetime

from django.conf import settings

from broadsheet.kernel.imap import box_of, opened
from broadsheet.kernel.turns import alone
from broadsheet.moderation.actions.receive_mail import receive_mail
from broadsheet.moderation.conf import LARGEST_MAIL, MAIL_TAKEN
from broadsheet.moderation.engines.mail_text import read_mail

log = logging.getLogger("broadsheet.letters")
AT_ONCE = 100


def fetch_letters(*, now: datetime) -> Counter[str]:
    """Take the mails that wait, each in one transaction and then marked as taken; return how many became what.

    A mail is taken once even where the process is killed between the two, since taken ones are remembered. Letters are
    marked as read; what is no letter stays unread for people. A server that can't be reached is tried again next time.
    """
    done: Counter[str] = Counter()
    box = box_of(settings.LETTERS_IMAP)
    if box is None:
        return done
    with alone("letters-mailbox") as granted:
        if not granted:
            return done
        try:
            with opened(box, MAIL_TAKEN) as mailbox:
                for number in mailbox.waiting(AT_ONCE):
                    data = mailbox.fetch(number, LARGEST_MAIL)
                    outcome = _take(data, now) if data is not None else ""
                    if outcome:
                        mailbox.mark(number, seen=outcome not in {"message", "ignored"})
                        done[outcome] += 1
        except (OSError, imaplib.IMAP4.error) as error:
            log.warning("the moderators' mailbox can't be read: %s", type(error).__name__)
    return done


def _take(data: bytes, now: datetime) -> str:
    """Return what the mail became; empty where taking it failed, and it is left for the next time."""
    try:
        return receive_mail(mail=read_mail(data), now=now)
    except Exception as error:  # noqa: BLE001 - one mail keeps no other from being taken
        log.warning("a mail to the moderators was not taken: %s", type(error).__name__)
        return ""
