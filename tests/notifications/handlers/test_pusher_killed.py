"""Killed at any point, whoever sends push loses nothing and sends nothing twice (NOT-03)."""

import random
import signal
import time
from collections import Counter
from copy import copy
from datetime import timedelta

import pytest

from broadsheet.kernel import clock
from broadsheet.notifications.actions.claim_deliveries import claim_deliveries
from broadsheet.notifications.actions.settle_deliveries import Settled, settle_deliveries
from broadsheet.notifications.actions.spread_push import spread_pushes
from broadsheet.notifications.actions.take_up_deliveries import take_up_deliveries
from broadsheet.notifications.conf import PUSHER
from broadsheet.notifications.engines.marks import Carrier
from broadsheet.notifications.handlers import pushing
from broadsheet.notifications.models import DeliveryState, PushCampaign, PushDelivery, PushSubscription, PushTopic
from broadsheet.notifications.rules.push_answers import Outcome
from tests.notifications.pushing import push, send, states, subscribe
from tests.notifications.sending import child, kill, wait_for

pytestmark = [pytest.mark.row("NOT-03"), pytest.mark.row("NOT-01"), pytest.mark.django_db(transaction=True)]
BROWSERS = 120


def push_until_killed() -> None:
    pusher = pushing.Pusher()
    while True:
        pusher.turn()


def kill_again_and_again(sink, article, times: int) -> None:
    """Kill the pushing process so often while it is at work, and compare what was queued with what came."""
    dice = random.Random(times)
    for number in range(BROWSERS):
        subscribe(sink.browser(f"{number}"))
    follows = 0
    for _round in range(times):
        if not PushCampaign.objects.exclude(state="done").exists():
            follows = push(article, follows=follows).pk
        came = len(sink.taken)
        process = child(push_until_killed)
        end = time.monotonic() + 10
        while len(sink.taken) == came and time.monotonic() < end:
            time.sleep(0.0005)
        time.sleep(dice.random() * 0.15)
        kill(process)
    pusher = send()
    end = time.monotonic() + 60
    while PushCampaign.objects.exclude(state="done").exists() and time.monotonic() < end:
        send(pusher, turns=1)
    # A kill may fall into the moment between mark and request, and then nobody can know: that one counts as handed
    # over. Nothing else is missing, and nothing comes twice.
    pushes = PushCampaign.objects.count()
    unanswered = PushDelivery.objects.filter(state=DeliveryState.UNANSWERED).count()
    assert set(states()) <= {DeliveryState.SENT, DeliveryState.UNANSWERED}
    assert PushDelivery.objects.count() == pushes * BROWSERS, "everybody once a push"
    assert max(sink.count().values()) <= pushes, "sent twice"
    assert len(sink.taken) >= pushes * BROWSERS - unanswered, "lost"
    assert unanswered <= times * pushing.PUSH_HANDS


def test_eight_kills_lose_nothing_and_send_nothing_twice(push_service_here, article):
    kill_again_and_again(push_service_here, article, 8)


@pytest.mark.slow
def test_fifty_kills_lose_nothing_and_send_nothing_twice(push_service_here, article):
    kill_again_and_again(push_service_here, article, 50)


def test_what_the_marks_of_a_dead_process_say_counts(push_service_here, article):
    for name in "abcd":
        subscribe(push_service_here.browser(name))
    push(article)
    spread_pushes()

    def and_die() -> None:
        import os

        carrier = Carrier(PUSHER, 8)
        rows = claim_deliveries(carrier=carrier.name)
        for slot, code in enumerate((201, 0, 410)):
            carrier.mark(rows[slot].pk, code, slot)
        carrier.mark(10**9, 0, 7)
        os.kill(os.getpid(), signal.SIGKILL)

    assert wait_for(child(and_die)) == -signal.SIGKILL
    assert states() == ["sending"] * 4
    take_up_deliveries(own="")
    assert states() == ["sent", "unanswered", "gone", "due"]
    send()
    assert push_service_here.count() == {"/push/d": 1}


def test_a_living_process_keeps_what_it_has_and_a_silent_one_loses_it(push_service_here, article):
    subscribe(push_service_here.browser("a"))
    push(article)
    spread_pushes()
    carrier = Carrier(PUSHER, 8)
    [row] = claim_deliveries(carrier=carrier.name)
    assert claim_deliveries(carrier="another") == []
    take_up_deliveries(own="")
    assert states() == ["sending"]
    PushDelivery.objects.update(claimed_until=clock.now() - timedelta(seconds=1))
    take_up_deliveries(own="")
    assert states() == ["due"]
    settle_deliveries(carrier=carrier.name, settled=[Settled(row, Outcome.FAILED, "400")])
    assert states() == ["due"], "a carrier that wakes up settles nothing that is no longer its own"
    carrier.close()


def test_two_processes_make_each_delivery_once(push_service_here, article):
    from broadsheet.notifications.actions.spread_push import spread_portion

    for number in range(7):
        subscribe(push_service_here.browser(f"{number}"))
    queued = push(article)
    one, other = (PushCampaign.objects.get(pk=queued.pk) for _process in range(2))
    assert spread_portion(push=one, size=5) == 5
    assert spread_portion(push=other, size=5) == 0, "it was at the same portion"
    assert spread_portion(push=other, size=5) == 2
    spread_pushes()
    send(turns=1)
    assert sorted(push_service_here.count().values()) == [1] * 7


@pytest.mark.slow
def test_fifty_kills_in_a_queue_of_200_000_send_nothing_twice_and_forget_nobody(push_service_here, article, settings):
    settings.PUSH_CONFIRM = 10**9
    kill_in_a_long_queue(push_service_here, article, queue=200_000, times=50)


def kill_in_a_long_queue(sink, article, *, queue: int, times: int) -> None:
    """Kill the pushing process so often at the beginning of a long queue, and compare what came with what is to come."""
    subscribe_all(sink, queue)
    push(article)
    while spread_pushes(seconds=60):
        pass
    assert PushDelivery.objects.filter(state=DeliveryState.DUE).count() == queue
    dice = random.Random(queue)
    for _round in range(times):
        came = len(sink.taken)
        process = child(push_until_killed)
        end = time.monotonic() + 30
        while len(sink.taken) == came and time.monotonic() < end:
            time.sleep(0.0005)
        time.sleep(dice.random() * 0.3)
        kill(process)
    take_up_deliveries(own="")
    found = Counter(states())
    assert found.keys() <= {DeliveryState.SENT, DeliveryState.UNANSWERED, DeliveryState.DUE}, found
    assert found.total() == queue, "everybody is still there"
    assert max(sink.count().values()) == 1, "sent twice"
    waiting = PushDelivery.objects.filter(state=DeliveryState.DUE).values_list("subscription_id", flat=True)
    endpoints = PushSubscription.objects.filter(pk__in=waiting).values_list("endpoint", flat=True)
    came = {f"{sink.origin}{one.path}" for one in sink.taken}
    assert came.isdisjoint(endpoints.iterator()), "what arrived is not still to be sent"
    assert found[DeliveryState.SENT] <= len(came) <= found[DeliveryState.SENT] + found[DeliveryState.UNANSWERED]
    assert found[DeliveryState.UNANSWERED] <= times * pushing.PUSH_HANDS
    before = len(came)
    send(turns=2)
    assert len(sink.taken) > before, "it goes on where it stopped"
    assert max(sink.count().values()) == 1


def subscribe_all(sink, count: int) -> None:
    """Let so many browsers want the news, all with the key of one, which is far quicker than a key for each."""
    one = subscribe(sink.browser("first"))
    topic = one.topics.get().topic
    one.delete()
    for begin in range(0, count, 2000):
        rows = []
        for number in range(begin, begin + 2000):
            one.pk, one.endpoint, one.endpoint_digest = None, f"{sink.origin}/push/{number}", f"{number:064d}"
            rows.append(copy(one))
        PushSubscription.objects.bulk_create(rows)
        PushTopic.objects.bulk_create([PushTopic(subscription=row, topic=topic) for row in rows])
