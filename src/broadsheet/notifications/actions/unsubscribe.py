"""Lets a recipient get no more mail of one purpose (RFC 8058)."""

from typing import Any

from django.core import signing

from broadsheet.kernel import clock
from broadsheet.notifications.actions.optional_mail import choice_of
from broadsheet.notifications.conf import lists
from broadsheet.notifications.models import Message, Unsubscribed
from broadsheet.notifications.queries.unsubscribed import recipient_of
from broadsheet.readers.actions.withdraw_choice import withdraw_choice

SALT = "notifications.unsubscribe"


def unsubscribe(*, token: str) -> Any | None:
    """Note the recipient's wish, as often as it is told; return the title of what ended, None for a strange token.

    What a reader chose in the profile is no longer chosen there, and can be chosen again.
    """
    found = read_token(token)
    if found is None:
        return None
    purpose, recipient = found
    choice, (kind, _colon, number) = choice_of(purpose), recipient.partition(":")
    if choice and kind == "reader":
        withdraw_choice(reader_id=int(number), name=choice)
        return lists[purpose]
    Unsubscribed.objects.get_or_create(purpose=purpose, recipient=recipient, defaults={"at": clock.now()})
    return lists[purpose]


def title_of(token: str) -> Any | None:
    """Return the title of what a token would end, None for a strange token."""
    found = read_token(token)
    return lists[found[0]] if found is not None else None


def token_for(message: Message) -> str:
    """Return what names purpose and recipient in a link, signed; it holds no address and works for good."""
    return signing.dumps([message.purpose, recipient_of(message)], salt=SALT)


def read_token(token: str) -> tuple[str, str] | None:
    """Return purpose and recipient that a token names, None where it isn't ours."""
    try:
        purpose, recipient = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return (purpose, recipient) if purpose in lists else None
