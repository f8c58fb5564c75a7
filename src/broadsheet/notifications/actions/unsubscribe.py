"""Lets a recipient get no more mail of one purpose, or of one topic that was subscribed (RFC 8058)."""

from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from broadsheet.kernel import clock
from broadsheet.notifications.actions.end_mail import end_digest, end_mail_topic
from broadsheet.notifications.actions.optional_mail import choice_of
from broadsheet.notifications.actions.queue_digests import DIGEST
from broadsheet.notifications.actions.subscription_mail import read_unsubscribe_token, unsubscribe_token
from broadsheet.notifications.conf import lists
from broadsheet.notifications.models import Message, Unsubscribed
from broadsheet.notifications.queries.mail_offer import named_mail_topic
from broadsheet.notifications.queries.unsubscribed import recipient_of
from broadsheet.readers.actions.withdraw_choice import withdraw_choice

SALT = "notifications.unsubscribe"


def unsubscribe(*, token: str) -> Any | None:
    """Note the recipient's wish, as often as it is told; return the title of what ended, None for a strange token.

    What a reader chose in the profile is no longer chosen there, and can be chosen again.
    """
    subscribed = read_unsubscribe_token(token)
    if subscribed is not None:
        subscription, topic = subscribed
        if topic == DIGEST:
            end_digest(subscription)
        else:
            end_mail_topic(subscription, topic)
        return _title_of_topic(topic)
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
    subscribed = read_unsubscribe_token(token)
    if subscribed is not None:
        return _title_of_topic(subscribed[1])
    found = read_token(token)
    return lists[found[0]] if found is not None else None


def subscription_of(token: str) -> int | None:
    """Return the number of the mail subscription that a token is about, None where it is about none."""
    subscribed = read_unsubscribe_token(token)
    return subscribed[0] if subscribed is not None else None


def token_for(message: Message) -> str:
    """Return what names in a link what ends, signed; it holds no address and works for good. Empty: nothing can."""
    if message.purpose not in lists:
        return unsubscribe_token(message)
    return signing.dumps([message.purpose, recipient_of(message)], salt=SALT)


def read_token(token: str) -> tuple[str, str] | None:
    """Return purpose and recipient that a token names, None where it isn't ours."""
    try:
        purpose, recipient = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return (purpose, recipient) if purpose in lists else None


def _title_of_topic(topic: str) -> str:
    if topic == DIGEST:
        return _("the digest of new articles")
    found = named_mail_topic(topic)
    return found.name if found is not None else _("a newsletter that is no more")
