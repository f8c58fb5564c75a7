"""Queues a push about a new article to those who follow its section, its tags or its authors."""

from datetime import timedelta

from django.db import transaction

from broadsheet.kernel import clock, wake
from broadsheet.newsroom.queries.cards import cards_by_id
from broadsheet.notifications.conf import PUSH_TEXT, PUSH_TITLE
from broadsheet.notifications.models import CampaignState, PushCampaign
from broadsheet.notifications.queries.push_topics import followed_topics, reach

NEWS = timedelta(hours=6)  # what was published longer ago, as an import tells it, is no news
PAUSE = timedelta(minutes=2)  # in which an editor may push it, or take it back


def push_to_followers(*, article_id: int) -> bool:
    """Queue it, once an article; return whether it was queued: the article is public and new, and somebody follows."""
    now = clock.now()
    card = cards_by_id([article_id]).get(article_id)
    if card is None or now - card.published_at > NEWS:
        return False
    topics = followed_topics(card)
    count = reach(topics)
    if not count:
        return False
    push = PushCampaign(
        article_id=article_id,
        edition=card.edition.code,
        topics=topics,
        title=shortened(card.short_title, PUSH_TITLE),
        text=shortened(card.standfirst, PUSH_TEXT),
        with_picture=card.picture is not None,
        follows=None,
        reach=count,
        state=CampaignState.WAITING,
        written_at=now,
        due_at=now + PAUSE,
    )
    with transaction.atomic():
        before = PushCampaign.objects.filter(article_id=article_id, follows=None).exists()
        PushCampaign.objects.bulk_create([push], ignore_conflicts=True)
        transaction.on_commit(wake.ring, robust=True)
    return not before


def shortened(text: str, length: int) -> str:
    """Return the text, cut between words where it is too long."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:–-") + "…"
