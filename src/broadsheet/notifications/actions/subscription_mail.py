"""Mail to subscriptions: what it says, and to whom, is asked when it is sent.

A `Message` of such a purpose has no address: its values hold `subscription`, the number of a `MailSubscription`, and
what else its writer needs. `offer_subscription_mail` is the one place for each such mail.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core import signing

from broadsheet.newsroom.queries.editions import EditionView, edition_by_code
from broadsheet.notifications.models import MailSubscription, Message
from broadsheet.notifications.queries.mail_subscriptions import manage_address
from broadsheet.readers.actions.account_mail import AccountMail

UNSUBSCRIBE_SALT = "notifications.unsubscribe-topic"
Writer = Callable[[EditionView, MailSubscription, Mapping[str, Any]], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class _Mail:
    write: Writer
    ends: bool


_mails: dict[str, _Mail] = {}


def offer_subscription_mail(*, purpose: str, write: Writer, ends: bool = True) -> None:
    """Declare mail of this purpose, while apps load.

    `write` makes, at sending, what the templates `mail/<purpose>` show out of the values in the queue, or says None
    where nothing is left to tell; `language` among them is that of the mail, else it is the subscription's. `ends`: it
    goes to confirmed subscriptions alone and is unsubscribed by one click, by `topic` among its values: that topic, or
    the whole `digest`.
    """
    _mails[purpose] = _Mail(write, ends)


def is_to_subscription(purpose: str) -> bool:
    """Return whether mail of this purpose goes to a subscription."""
    return purpose in _mails


def make_subscription_mail(*, message: Message) -> AccountMail | None:
    """Return the mail; None where its owner ended it, it was stopped, or nothing is left to tell."""
    found, edition = _mails[message.purpose], edition_by_code(message.edition)
    row = MailSubscription.objects.filter(pk=message.values.get("subscription", 0)).first()
    if row is None or edition is None or (found.ends and not _runs(row, message.values.get("topic", ""))):
        return None
    values = found.write(edition, row, message.values)
    if values is None:
        return None
    manage = {"subscriptions_url": manage_address(edition, row.pk)}
    language = str(values.get("language") or row.language)
    return AccountMail(message.purpose, row.address, language, edition, {**values, **manage})


def unsubscribe_token(message: Message) -> str:
    """Return what names subscription and topic in a link, signed; empty for mail that isn't unsubscribed."""
    found = _mails.get(message.purpose)
    if found is None or not found.ends:
        return ""
    return signing.dumps([message.values["subscription"], message.values["topic"]], salt=UNSUBSCRIBE_SALT)


def read_unsubscribe_token(token: str) -> tuple[int, str] | None:
    """Return subscription and topic that a link names, None where it isn't ours."""
    try:
        number, topic = signing.loads(token, salt=UNSUBSCRIBE_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return number, topic


def _runs(row: MailSubscription, topic: str) -> bool:
    if row.confirmed_at is None or row.stopped_at is not None:
        return False
    running = row.topics.filter(confirmed_at__isnull=False, ended_at=None)
    return running.exists() if topic == "digest" else running.filter(topic=topic).exists()
