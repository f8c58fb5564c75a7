"""What an address subscribed to, as its owner sees it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from broadsheet.newsroom.queries.editions import EditionView, edition_by_code
from broadsheet.notifications.conf import KEEP_ENDED_TOPICS
from broadsheet.notifications.models import MailSubscription, MailTopic
from broadsheet.notifications.queries.mail_offer import named_mail_topic
from broadsheet.notifications.queries.unsubscribed import by_address
from broadsheet.notifications.rules.mail_topics import is_digested
from broadsheet.readers.queries.addresses import account_path
from broadsheet.readers.queries.people import confirmed_addresses_of

SALT = "notifications.mail-subscriptions"


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic that was asked for; it has the name it has now."""

    word: str
    name: str
    is_digested: bool
    consented_at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class SubscriptionView:
    """An address in one edition; `shown` is the address as far as a page opened by a link shows it."""

    id: int
    edition: EditionView
    shown: str
    rhythm: str
    hour: int
    weekday: int
    zone: str
    stopped_at: datetime | None
    stopped_why: str
    next_at: datetime | None
    running: tuple[TopicView, ...]
    waiting: tuple[TopicView, ...]
    ended: tuple[TopicView, ...]

    @property
    def has_digest(self) -> bool:
        """Whether a digest comes, so that its times matter."""
        return any(topic.is_digested for topic in self.running)


def token_of(subscription_id: int) -> str:
    """Return what opens the subscriptions of the address, signed; it holds no address and works for good."""
    return signing.dumps(subscription_id, salt=SALT)


def manage_path(edition: EditionView, subscription_id: int) -> str:
    """Return the path of the page on which the address's owner sees and ends everything, without logging in."""
    return account_path(edition, "subscriptions_by_link", token=token_of(subscription_id))


def manage_address(edition: EditionView, subscription_id: int) -> str:
    """Return the same as a mail names it."""
    return settings.PUBLIC_URL + manage_path(edition, subscription_id)


def rows_by_token(token: str) -> list[MailSubscription] | None:
    """Return the subscriptions of the address that the link was made for, in all editions; None for a strange link."""
    try:
        number = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    found = MailSubscription.objects.filter(pk=number).first()
    if found is None:
        return []
    return list(MailSubscription.objects.filter(recipient=found.recipient).order_by("pk"))


def rows_of(reader_id: int) -> QuerySet[MailSubscription]:
    """Return the subscriptions of the account: made in it, or by an address that its owner has confirmed there."""
    own = [by_address(email) for email in confirmed_addresses_of(reader_id)]
    return MailSubscription.objects.filter(Q(reader_id=reader_id) | Q(recipient__in=own)).order_by("pk")


def subscription_views(rows: list[MailSubscription], now: datetime, *, masked: bool) -> list[SubscriptionView]:
    """Return the subscriptions with their topics, of editions that are public; those of nothing are left out."""
    topics: dict[int, list[MailTopic]] = {}
    for topic in MailTopic.objects.filter(subscription__in=rows).order_by("pk"):
        topics.setdefault(topic.subscription_id, []).append(topic)
    found = [_view(row, topics.get(row.pk, []), now, masked) for row in rows if topics.get(row.pk)]
    return [view for view in found if view is not None]


def _view(row: MailSubscription, topics: list[MailTopic], now: datetime, masked: bool) -> SubscriptionView | None:
    edition = edition_by_code(row.edition)
    if edition is None:
        return None
    views = [_topic(topic) for topic in topics]
    since = now - KEEP_ENDED_TOPICS + timedelta(minutes=1)
    return SubscriptionView(
        id=row.pk,
        edition=edition,
        shown=_masked(row.address) if masked else row.address,
        rhythm=row.rhythm,
        hour=row.hour,
        weekday=row.weekday,
        zone=row.zone,
        stopped_at=row.stopped_at,
        stopped_why=row.stopped_why,
        next_at=row.digest_due_at,
        running=tuple(one for one in views if one.confirmed_at and not one.ended_at),
        waiting=tuple(one for one in views if not one.confirmed_at and not one.ended_at),
        ended=tuple(one for one in views if one.confirmed_at and one.ended_at and one.ended_at > since),
    )


def _topic(row: MailTopic) -> TopicView:
    found = named_mail_topic(row.topic)
    name = found.name if found is not None else _("(no longer there)")
    return TopicView(row.topic, name, is_digested(row.topic), row.consented_at, row.confirmed_at, row.ended_at)


def _masked(address: str) -> str:
    """Return the address so that its owner knows it and nobody else learns it, from a mail that was passed on, say."""
    local, _at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"
