"""What tests of push do again and again."""

from typing import Any

from broadsheet.kernel import clock
from broadsheet.newsroom.queries.editions import EditionView, editions
from broadsheet.notifications.actions.subscribe_push import Browser as Told
from broadsheet.notifications.actions.subscribe_push import Wishes, subscribe_push
from broadsheet.notifications.actions.write_push import Written, write_push
from broadsheet.notifications.engines.web_push import server_keys
from broadsheet.notifications.handlers.pushing import Pusher
from broadsheet.notifications.models import DeliveryState, PushCampaign, PushDelivery, PushSubscription
from tests.notifications.push_sink import Browser


def first_edition() -> EditionView:
    return editions()[0]


def subscribe(browser: Browser, *topics: str, **words: Any) -> PushSubscription:
    """Subscribe the browser, by default to the news of the first edition."""
    edition = words.pop("edition", None) or first_edition()
    wishes = Wishes(topics or (f"news:{edition.id}",), **words.pop("wishes", {}))
    values = {"reader_id": None, "wording": "Get push notifications from The Courier", "way": "dialog", **words}
    told = Told(browser.endpoint, browser.keys["p256dh"], browser.keys["auth"])
    return subscribe_push(browser=told, wishes=wishes, known_by=server_keys()[0].public, edition=edition, **values)


def push(article: Any, topic: str = "", *, by: int = 1, follows: int = 0, **words: Any) -> PushCampaign:
    """Write a push about the article, by default to those who want the news."""
    values = {"title": "The bridge is open", "text": "Ferries end on Friday.", "with_picture": False, **words}
    written = Written(topic or f"news:{article.edition_id}", **values)
    return write_push(article_id=article.pk, written=written, follows=follows, by=by)


def send(pusher: Pusher | None = None, turns: int = 3) -> Pusher:
    """Let a pusher take turns: it makes deliveries, sends them, and sees that all is done."""
    pusher = pusher or Pusher()
    for _turn in range(turns):
        pusher.turn()
    return pusher


def states() -> list[str]:
    """Return how all deliveries stand, in the order in which they were made."""
    return list(PushDelivery.objects.order_by("pk").values_list("state", flat=True))


def let_time_pass() -> None:
    """Let whatever is to be tried later be due now."""
    PushDelivery.objects.filter(state=DeliveryState.DUE).update(due_at=clock.now())
