"""The loop that sends push notifications (NOT-01, NOT-03).

What is promised is what `handlers.sending` promises of mail, by the same means: a delivery is in the table until its
end; several processes never have the same one; and a mark that outlives the process is set right before a request is
written, so that whoever looks after the dead knows which requests were. One that was written whole without its answer
being seen counts as handed over (`unanswered`) and is not sent again by itself.

A request whose connection breaks before the answer is tried again. If the service had it all the same, the second takes
the place of the first: at the service by its `Topic`, on the screen by its `tag`, and the worker makes no sound for it.
"""

import logging
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from django.db import close_old_connections

from broadsheet.kernel import clock, wake
from broadsheet.kernel.facts import handles
from broadsheet.kernel.heartbeat import beat
from broadsheet.kernel.loops import Loop
from broadsheet.newsroom.facts import ArticlePublished
from broadsheet.notifications.actions.claim_deliveries import claim_deliveries
from broadsheet.notifications.actions.end_push import drop_rest, finish_pushes, stop_push
from broadsheet.notifications.actions.push_to_followers import push_to_followers
from broadsheet.notifications.actions.settle_deliveries import (
    Settled,
    drop_deliveries,
    give_back_deliveries,
    settle_deliveries,
)
from broadsheet.notifications.actions.spread_push import spread_pushes
from broadsheet.notifications.actions.take_up_deliveries import resolve_deliveries, take_up_deliveries
from broadsheet.notifications.conf import PUSH_BATCH, PUSH_HANDS, PUSH_LEASE_LEFT, PUSH_PORTION, PUSHER
from broadsheet.notifications.engines import push_payload, web_push
from broadsheet.notifications.engines.marks import Carrier
from broadsheet.notifications.engines.push_service import Hand, Reply
from broadsheet.notifications.models import GOING, PushCampaign, PushDelivery, PushSubscription
from broadsheet.notifications.queries.pushes import card_of, why_not
from broadsheet.notifications.rules.push_answers import Outcome, outcome_of, retry_after

log = logging.getLogger("broadsheet.push")
LOOK_SECONDS = 10.0  # between two looks after the dead
IDLE_SECONDS = 1.0
FOR_GOOD = {"address-refused"}  # what no later try mends


@dataclass(frozen=True, slots=True)
class Parcel:
    """One push ready to be encrypted: what all its deliveries have in common."""

    body: bytes
    headers: dict[str, str]
    contact: str


@dataclass(slots=True)
class Batch:
    """Deliveries that were taken, with what they need, and what became of them."""

    rows: list[PushDelivery]
    parcels: dict[int, Parcel]
    browsers: dict[int, PushSubscription]
    settled: list[Settled] = field(default_factory=list)


@handles(ArticlePublished)
def published(happened: ArticlePublished) -> None:
    """Tell those who follow the article's section, tags or authors."""
    if happened.first:
        push_to_followers(article_id=happened.article_id)


class Pusher(Loop):
    """The loop that carries push notifications to push services, many at a time."""

    name = PUSHER

    def __init__(self) -> None:
        super().__init__()
        self._carrier: Carrier | None = None
        self._hands = [Hand() for _ in range(PUSH_HANDS)]
        self._pool: ThreadPoolExecutor | None = None
        self._left_alone: dict[str, float] = {}  # push service → until when
        self._looked_at = -1e9
        self._interrupted = False

    def run(self) -> None:
        """Take turns until stopped, then take the marks away where nothing depends on them."""
        super().run()
        self.end()

    def end(self) -> None:
        """Let go of connections and marks."""
        if self._pool is not None:
            self._pool.shutdown()
        for hand in self._hands:
            hand.close()
        if self._carrier is not None and not self._interrupted:
            self._carrier.close()

    def turn(self) -> None:
        """Make deliveries, send a batch, or wait for the bell or a second."""
        close_old_connections()
        carrier = self._carrier = self._carrier or Carrier(PUSHER, PUSH_BATCH)
        self._look_after(carrier)
        beat(self.name)
        made = spread_pushes()
        if not web_push.server_keys():
            self.stopping.wait(IDLE_SECONDS)
            return
        rows = claim_deliveries(carrier=carrier.name)
        if not rows:
            if not made and not drop_rest(size=PUSH_PORTION) and not finish_pushes():
                self.heard = wake.wait(IDLE_SECONDS, self.heard)
            return
        self._interrupted = True
        carrier.clear()
        self._carry(rows, carrier)
        self._interrupted = False

    def _look_after(self, carrier: Carrier) -> None:
        """Settle what a turn of this loop left behind that raised, and now and then what dead processes did."""
        if self._interrupted:
            resolve_deliveries(carrier=carrier.name, left=carrier.read_all())
            self._interrupted = False
        if time.monotonic() - self._looked_at > LOOK_SECONDS:
            self._looked_at = time.monotonic()
            take_up_deliveries(own=carrier.name)

    def _carry(self, rows: list[PushDelivery], carrier: Carrier) -> None:
        """Send what is still to be sent, and store what came of it in one transaction."""
        batch = self._prepared(rows, carrier)
        pool = self._pool = self._pool or ThreadPoolExecutor(PUSH_HANDS, "push")
        shares = [range(begin, len(batch.rows), PUSH_HANDS) for begin in range(min(PUSH_HANDS, len(batch.rows)))]
        at_work = {
            pool.submit(self._share, batch, share, hand, carrier)
            for share, hand in zip(shares, self._hands, strict=False)
        }
        while at_work:
            done, at_work = wait(at_work, timeout=1.0)
            for hand in self._hands:
                hand.cut_if_late()
            beat(self.name)
            for share in done:
                share.result()
        settle_deliveries(carrier=carrier.name, settled=batch.settled)
        give_back_deliveries(carrier=carrier.name)

    def _prepared(self, rows: list[PushDelivery], carrier: Carrier) -> Batch:
        """Return what is still to be sent: no push that ended or makes no sense any more, to no browser that withdrew."""
        parcels = {}
        for push in PushCampaign.objects.filter(pk__in={row.campaign_id for row in rows}, state__in=GOING):
            why = why_not(push)
            if why:
                stop_push(push_id=push.pk, why=why)
                continue
            card = card_of(push)
            if card is not None:
                contact = push_payload.contact(card)
                parcels[push.pk] = Parcel(push_payload.message(push, card), push_payload.headers(push, card), contact)
        browsers = PushSubscription.objects.in_bulk({row.subscription_id for row in rows})
        going = [row for row in rows if row.campaign_id in parcels and row.subscription_id in browsers]
        kept = {row.pk for row in going}
        if len(going) < len(rows):
            drop_deliveries(carrier=carrier.name, numbers=[row.pk for row in rows if row.pk not in kept])
        return Batch(going, parcels, browsers)

    def _share(self, batch: Batch, share: Sequence[int], hand: Hand, carrier: Carrier) -> None:
        """Send a share of the batch by one hand; touches no database."""
        for slot in share:
            if self.stopping.is_set():
                return
            settled = self._send(batch, slot, hand, carrier)
            if settled is not None:
                batch.settled.append(settled)

    def _send(self, batch: Batch, slot: int, hand: Hand, carrier: Carrier) -> Settled | None:
        """Send one; None where nothing was begun and it is to be given back."""
        row = batch.rows[slot]
        parcel, browser = batch.parcels[row.campaign_id], batch.browsers[row.subscription_id]
        now = clock.now()
        if row.claimed_until is None or row.claimed_until - now < PUSH_LEASE_LEFT:
            return None
        parts = urlsplit(browser.endpoint)
        origin = f"{parts.scheme}://{parts.netloc}"
        alone = self._left_alone.get(origin, 0.0) - time.monotonic()
        if alone > 0:
            return Settled(row, Outcome.LATER, "left-alone", timedelta(seconds=alone))
        key = web_push.server_key(browser.server_key)
        if key is None:
            return Settled(row, Outcome.FAILED, "key-gone")
        try:
            body = web_push.encrypted(
                parcel.body, p256dh=web_push.unb64(browser.p256dh), auth=web_push.unb64(browser.auth)
            )
        except ValueError:
            return Settled(row, Outcome.FAILED, "bad-keys")
        headers = parcel.headers | {
            "Authorization": web_push.authorization(key, origin=origin, contact=parcel.contact, now=now.timestamp())
        }
        reply = hand.post(browser.endpoint, headers, body, before=lambda: carrier.mark(row.pk, 0, slot))
        if reply.status:
            carrier.mark(row.pk, reply.status, slot)
        return self._settled(row, reply, origin)

    def _settled(self, row: PushDelivery, reply: Reply, origin: str) -> Settled:
        """Return what the answer says; a service that asks to be left alone is, for all that waits."""
        if not reply.status:
            return Settled(row, Outcome.FAILED if reply.code in FOR_GOOD else Outcome.LATER, reply.code)
        outcome = outcome_of(reply.status)
        asked = retry_after(reply.retry_after, clock.now()) if outcome is Outcome.LATER and reply.retry_after else None
        if asked:
            self._left_alone[origin] = time.monotonic() + asked.total_seconds()
        return Settled(row, outcome, reply.code, asked)
