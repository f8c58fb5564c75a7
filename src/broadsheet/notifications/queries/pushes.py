"""How pushes stand, for those who send them and for those who watch over the paper."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Max

from broadsheet.kernel import clock
from broadsheet.kernel.heartbeat import seen
from broadsheet.kernel.watched import Watched
from broadsheet.newsroom.queries.cards import ArticleCard, cards_by_id
from broadsheet.newsroom.queries.publishable import headlines, publishable_among
from broadsheet.notifications.conf import LATE, PUSHER
from broadsheet.notifications.engines.web_push import server_keys
from broadsheet.notifications.models import GOING, CampaignState, DeliveryState, PushCampaign, PushDelivery
from broadsheet.notifications.queries.push_topics import named

SHOWN = 50


@dataclass(frozen=True, slots=True)
class PushView:
    """A push as the desk shows it; `counts` are deliveries by their state."""

    id: int
    article_id: int
    headline: str
    title: str
    text: str
    topic: str
    breaking: bool
    with_picture: bool
    reach: int
    state: str
    state_label: str
    why: str
    written_by: str
    written_by_id: int | None
    confirmed_by: str
    recalled_by: str
    written_at: datetime
    due_at: datetime
    ended_at: datetime | None
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def made(self) -> int:
        """Return how many deliveries were made."""
        return sum(self.counts.values())

    @property
    def waits(self) -> int:
        """Return how many are still to be sent, or were not before it ended."""
        return self.counts.get(DeliveryState.DUE, 0) + self.counts.get(DeliveryState.SENDING, 0)

    @property
    def accepted(self) -> int:
        """Return how many the push services have, in all likelihood."""
        return self.counts.get(DeliveryState.SENT, 0) + self.counts.get(DeliveryState.UNANSWERED, 0)

    @property
    def gone(self) -> int:
        """Return how many browsers were no longer there."""
        return self.counts.get(DeliveryState.GONE, 0)

    @property
    def failed(self) -> int:
        """Return how many could not be sent."""
        return self.counts.get(DeliveryState.FAILED, 0)

    @property
    def dropped(self) -> int:
        """Return how many were not sent since the push ended before, or the reader withdrew."""
        return self.counts.get(DeliveryState.DROPPED, 0)

    @property
    def can_recall(self) -> bool:
        """Return whether something of it has not gone."""
        return self.state in {CampaignState.CONFIRMING, *GOING}

    @property
    def can_confirm(self) -> bool:
        """Return whether it waits for a second person."""
        return self.state == CampaignState.CONFIRMING


def latest_push(article_id: int) -> int:
    """Return the newest push that an editor wrote about the article, 0 where there is none."""
    rows = PushCampaign.objects.filter(article_id=article_id, follows__isnull=False)
    return int(rows.aggregate(latest=Max("pk"))["latest"] or 0)


def pushes_of(article_id: int) -> list[PushView]:
    """Return the pushes about the article, newest first."""
    return _views(PushCampaign.objects.filter(article_id=article_id).order_by("-pk")[:SHOWN])


def newest_pushes(user: Any) -> list[PushView]:
    """Return the newest pushes that editors wrote about articles that this member of the newsroom may publish."""
    rows = list(PushCampaign.objects.filter(follows__isnull=False).order_by("-pk")[:SHOWN])
    own = publishable_among({row.article_id for row in rows}, user)
    return _views(row for row in rows if row.article_id in own)


def public_card(article_id: int) -> ArticleCard | None:
    """Return the article as readers find it; None where it is not public."""
    return cards_by_id([article_id]).get(article_id)


def article_of(push_id: int) -> int | None:
    """Return the article that the push is about."""
    return PushCampaign.objects.filter(pk=push_id).values_list("article_id", flat=True).first()


def card_of(push: PushCampaign) -> ArticleCard | None:
    """Return the article of a push as readers find it; None where it is not public."""
    return public_card(push.article_id)


def why_not(push: PushCampaign) -> str:
    """Return why a push must not go out (any more): `article`, `topic`, or nothing."""
    if card_of(push) is None:
        return "article"
    return "" if any(named(word) for word in push.topics) else "topic"


def counts_of(push_id: int) -> dict[str, int]:
    """Return how many deliveries of the push stand where."""
    rows = PushDelivery.objects.filter(campaign_id=push_id).values_list("state").annotate(count=Count("pk"))
    return dict(rows)


def offers_push() -> bool:
    """Return whether readers can be asked at all: there is a key that browsers can know us by."""
    return bool(server_keys())


def look_at_keys() -> int:
    """Return how many of our keys are whole."""
    return len(server_keys())


def believed() -> bool:
    """Return whether push services believe who sends; the latest that waits after a refusal says so."""
    return not PushDelivery.objects.filter(state=DeliveryState.DUE, failed_with__in=["401", "403"]).exists()


def _views(rows: Any) -> list[PushView]:
    pushes = list(rows)
    people = {number for push in pushes for number in (push.written_by_id, push.confirmed_by_id, push.recalled_by_id)}
    found = get_user_model().objects.filter(pk__in=people - {None})
    names = {person.pk: str(person) for person in found}
    titles = headlines([push.article_id for push in pushes])
    return [
        PushView(
            id=push.pk,
            article_id=push.article_id,
            headline=titles.get(push.article_id, ""),
            title=push.title,
            text=push.text,
            topic=push.topic_name,
            breaking=push.breaking,
            with_picture=push.with_picture,
            reach=push.reach,
            state=push.state,
            state_label=push.get_state_display(),
            why=push.why,
            written_by=names.get(push.written_by_id or 0, ""),
            written_by_id=push.written_by_id,
            confirmed_by=names.get(push.confirmed_by_id or 0, ""),
            recalled_by=names.get(push.recalled_by_id or 0, ""),
            written_at=push.written_at,
            due_at=push.due_at,
            ended_at=push.ended_at,
            counts=push.result or counts_of(push.pk),
        )
        for push in pushes
    ]


def look() -> dict[str, Any]:
    """Return how push stands for those who watch: unwell where what is due goes nowhere, on any machine."""
    now = clock.now()
    due = PushDelivery.objects.filter(state=DeliveryState.DUE)
    first = due.filter(due_at__lte=now).order_by("due_at").values_list("due_at", flat=True).first()
    late = now - first if first is not None else timedelta(0)
    at_work = seen().get(PUSHER)
    stands = late > LATE and (at_work is None or now - at_work > LATE)
    part: dict[str, Any] = {
        "ok": not stands,
        "waiting": due.count(),
        "failing": due.filter(failing_since__isnull=False).count(),
        "late_seconds": round(late.total_seconds()),
    }
    if stands:
        part["why"] = (
            "Nobody sends push notifications. See that `broadsheet serve` (or, with BROADSHEET_WORK=off, `broadsheet work`) runs."
        )
    return part


PUSH = Watched(
    "push",
    look,
    {
        "waiting": "Push notifications not sent yet",
        "failing": "Push notifications not sent yet that have failed before",
        "late_seconds": "Seconds for which the push notification that waits longest has been due",
    },
)
