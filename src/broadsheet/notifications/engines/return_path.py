"""The address that a mail comes back to: it names the mail, so signed that nobody can name another's.

`bounces+NUMBER-MAC@paper.example`: the mail's number in the queue and a keyed hash of it, in signs that survive a server
which makes capital letters small. Whoever has never been sent the mail can't make its address.
"""

import base64
import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from broadsheet.notifications.rules.addresses import LONGEST_LOCAL, Recipient, recipient

_TOKEN = re.compile(r"(?<![0-9a-z])([1-9]\d{0,17})-([a-z2-7]{20})(?![0-9a-z])", re.IGNORECASE)
LONGEST_TOKEN = 39


def token_of(number: int) -> str:
    """Return what names the mail of this number."""
    digest = salted_hmac("notifications.returned", str(number), algorithm="sha256").digest()
    return f"{number}-{base64.b32encode(digest[:12]).decode('ascii').rstrip('=').lower()}"


def numbers_in(text: str, most: int = 20) -> list[int]:
    """Return the numbers of the mails that are named in the text by a token of ours; so many tokens are looked at."""
    found = []
    for match, _index in zip(_TOKEN.finditer(text), range(most), strict=False):
        number = int(match[1])
        if constant_time_compare(match[0].lower(), token_of(number)) and number not in found:
            found.append(number)
    return found


def returns_to() -> Recipient | None:
    """Return the address that mail comes back to; None where none is set, or it leaves no room for a token."""
    found = recipient(settings.MAIL_BOUNCES) if settings.MAIL_BOUNCES else None
    roomy = isinstance(found, Recipient) and len(found.local) + 1 + LONGEST_TOKEN <= LONGEST_LOCAL
    return found if isinstance(found, Recipient) and roomy and '"' not in found.local else None


def sender_for(number: int, otherwise: str) -> str:
    """Return the sender that the mail server is told of the mail of this number."""
    found = returns_to()
    return f"{found.local}+{token_of(number)}@{found.domain}" if found is not None else otherwise
