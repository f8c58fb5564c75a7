"""What mails to subscriptions say: the question whether somebody wants one, and the digest (NOT-02)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import override

from broadsheet.newsroom.queries.cards import ArticleCard
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.newsroom.queries.followed import Followed, published_in
from broadsheet.notifications.actions.confirm_mail import confirmation_for
from broadsheet.notifications.actions.queue_digests import DIGEST
from broadsheet.notifications.actions.subscribe_mail import CONFIRM
from broadsheet.notifications.actions.subscription_mail import offer_subscription_mail
from broadsheet.notifications.conf import DIGEST_SHOWN
from broadsheet.notifications.models import MailSubscription
from broadsheet.notifications.queries.mail_offer import named_mail_topic
from broadsheet.notifications.rules.mail_topics import Topic, mail_topic_of
from broadsheet.readers.queries.addresses import account_address


def write_confirm(
    edition: EditionView, row: MailSubscription, values: Mapping[str, Any]
) -> Mapping[str, Any] | None:  # fmt: skip
    """Say what was asked for and isn't confirmed, with the link that says yes, and what comes already."""
    words, asked_at = values["topics"], datetime.fromisoformat(values["asked"])
    topics = {topic.topic: topic for topic in row.topics.filter(topic__in=words, ended_at=None)}
    waiting = [word for word in words if word in topics and topics[word].confirmed_at is None]
    running = [word for word in words if word in topics and topics[word].confirmed_at is not None]
    if not waiting and not running:
        return None
    token = confirmation_for(subscription_id=row.pk, topics=waiting, asked_at=asked_at)
    with override(row.language):
        return {
            "waiting": _names(waiting),
            "running": _names(running),
            "link": account_address(edition, "subscribe_confirm", token=token) if waiting else "",
        }


def write_digest(edition: EditionView, row: MailSubscription, values: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Name what was published in the digest's time and is public now, newest first; None where that is nothing."""
    words = row.topics.filter(confirmed_at__isnull=False, ended_at=None).values_list("topic", flat=True)
    topics = [topic for topic in map(mail_topic_of, words) if topic is not None]
    since, until = datetime.fromisoformat(values["since"]), datetime.fromisoformat(values["until"])
    cards, count = published_in(edition.id, _followed(topics), since=since, until=until, count=DIGEST_SHOWN)
    if not cards:
        return None
    return {
        "articles": [{"card": card, "address": _address(card)} for card in cards],
        "first": cards[0].short_title,
        "others": count - 1,
        "more": count - len(cards),
        "all_news": f"{settings.PUBLIC_URL}{edition.path}all-news/",
        "weekly": row.rhythm == "weekly",
    }


def _names(words: Collection[str]) -> list[str]:
    found = (named_mail_topic(word) for word in words)
    return [topic.name for topic in found if topic is not None]


def _followed(topics: Collection[Topic]) -> Followed:
    def of(kind: str) -> list[int]:
        return [topic.number for topic in topics if topic.kind == kind]

    return Followed(of("section"), of("tag"), of("author"), everything=bool(of("news")))


def _address(card: ArticleCard) -> str:
    return f"{settings.PUBLIC_URL}{card.path}"


offer_subscription_mail(purpose=CONFIRM, write=write_confirm, ends=False)
offer_subscription_mail(purpose=DIGEST, write=write_digest)
