"""Queues a push about an article, as an editor wrote it (NOT-01)."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from broadsheet.kernel import clock, wake
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.turns import take_turn
from broadsheet.newsroom.queries.cards import cards_by_id
from broadsheet.notifications.models import CampaignState, PushCampaign
from broadsheet.notifications.queries.push_topics import named, reach
from broadsheet.notifications.queries.pushes import latest_push
from broadsheet.notifications.rules.push_topics import topic_of
from broadsheet.notifications.rules.pushes import meanwhile, needs_second, not_public, strange_time


@dataclass(frozen=True, slots=True)
class Written:
    """What an editor wrote; `due_at` None: at once."""

    topic: str
    title: str
    text: str
    with_picture: bool
    due_at: datetime | None = None


def write_push(*, article_id: int, written: Written, follows: int, by: int) -> PushCampaign:
    """Queue the push, or let it wait for a second person where it goes to many; the caller has looked at the rights.

    `follows` is the newest push about the article that the writer saw, 0 where there was none. Where there is another
    by now, it is `Refused`: of two who press at the same time, and of one who presses twice, one push goes out.
    """
    now = clock.now()
    card = cards_by_id([article_id]).get(article_id)
    topic, name = topic_of(written.topic), named(written.topic)
    if card is None or topic is None or name is None:
        raise Refused(not_public())
    due_at = max(written.due_at or now, now)
    late = strange_time(due_at, now)
    if late is not None:
        raise Refused(late)
    count = reach([written.topic])
    second = needs_second(reach=count, limit=settings.PUSH_CONFIRM)
    push = PushCampaign(
        article_id=article_id,
        edition=card.edition.code,
        topics=[written.topic],
        topic_name=name.name[:160],
        title=written.title,
        text=written.text,
        with_picture=written.with_picture,
        breaking=topic.kind == "breaking",
        follows=follows,
        reach=count,
        state=CampaignState.CONFIRMING if second else CampaignState.WAITING,
        written_by_id=by,
        written_at=now,
        due_at=due_at,
    )
    try:
        with transaction.atomic():
            take_turn(f"push {article_id}")
            if latest_push(article_id) != follows:
                raise Refused(meanwhile())
            push.save(force_insert=True)
            transaction.on_commit(wake.ring, robust=True)
    except IntegrityError as error:
        raise Refused(meanwhile()) from error
    return push
