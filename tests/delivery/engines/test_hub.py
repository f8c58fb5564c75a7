"""One hub tells thousands: each the same events in the same order, whoever leaves, falls behind or fails meanwhile."""

import asyncio
import random

import pytest

from broadsheet.delivery.engines import hub as hubs
from broadsheet.delivery.engines.hub import AT_ONCE, QUEUE, Event, Hub, Waiting

pytestmark = [pytest.mark.row("DIS-04", "PERF-08"), pytest.mark.anyio]


@pytest.fixture
def anyio_backend() -> str:
    """The event loop that the product runs on."""
    return "asyncio"


class Ear:
    """A listener that writes down what it hears, and may be deaf or broken."""

    def __init__(self, hub: Hub, article: int = 1, *, hears: int = 10**9, breaks: bool = False) -> None:
        self.heard: list[bytes] = []
        self.hears, self.breaks, self.ends = hears, breaks, 0
        hub.join(article, self)

    def put(self, told: Event) -> bool:
        if self.breaks:
            raise OSError("the connection is lost")
        if len(self.heard) >= self.hears:
            return False
        self.heard.append(told.body)
        return True

    def end(self) -> None:
        self.ends += 1


async def settled(hub: Hub) -> None:
    """Wait until everybody is told."""
    for _turn in range(10_000):
        if not hub._telling:
            return
        await asyncio.sleep(0)
    raise AssertionError("the hub doesn't come to an end")


async def test_everybody_hears_all_in_order_and_pages_have_their_turn_between():
    hub = Hub()
    ears = [Ear(hub) for _reader in range(4 * AT_ONCE + 7)]
    turns = 0

    async def page() -> None:
        nonlocal turns
        while hub._telling:
            turns += 1
            await asyncio.sleep(0)

    wanted = [b"%d" % number for number in range(5)]
    for message in wanted:
        hub.tell(1, message)
    await page()
    assert turns >= 4 * 5, "the loop was not held until all were told"
    assert all(ear.heard == wanted for ear in ears)
    assert hub.heard == {1: 0}


async def test_who_joins_while_others_are_told_hears_what_comes_next_and_who_left_nothing():
    hub = Hub()
    ears = [Ear(hub) for _reader in range(3 * AT_ONCE)]
    hub.tell(1, b"one", 7)
    late = Ear(hub)
    left = [ear for ear in ears if not ear.heard][:10]
    for ear in left:
        hub.leave(ear)
    hub.tell(1, b"two", 8)
    hub.tell(2, b"of another article")
    await settled(hub)
    assert late.heard == [b"two"]
    assert all(ear.heard == [] for ear in left)
    assert all(ear.heard == [b"one", b"two"] for ear in ears if ear not in left)
    assert (hub.heard, hub.count) == ({1: 8}, 3 * AT_ONCE + 1 - 10)


async def test_who_falls_behind_or_fails_is_sent_away_and_others_are_not():
    hub = Hub()
    slow, broken, good = Ear(hub, hears=2), Ear(hub, breaks=True), Ear(hub)
    for number in range(4):
        hub.tell(1, b"%d" % number)
    await settled(hub)
    assert (slow.heard, slow.ends, broken.ends) == ([b"0", b"1"], 1, 1)
    assert (good.heard, good.ends) == ([b"0", b"1", b"2", b"3"], 0)
    assert hub.count == 1


async def test_who_waits_hears_at_most_so_many_and_then_the_end():
    hub, reader = Hub(), Waiting()
    hub.join(1, reader)
    for number in range(QUEUE + 1):
        hub.tell(1, b"%d" % number)
    await settled(hub)
    assert hub.count == 0
    heard = [told.body for _number in range(QUEUE) if (told := await reader.next()) is not None]
    assert heard == [b"%d" % number for number in range(QUEUE)]
    assert await reader.next() is None


async def test_each_is_shown_that_the_stream_lives_once_in_a_while(monkeypatch):
    monkeypatch.setattr(hubs, "HEARTBEAT_SECONDS", 0.25)
    hub = Hub()
    ears = [Ear(hub) for _reader in range(30)]
    await asyncio.sleep(0.1)
    ears += [Ear(hub) for _reader in range(30)]
    for ear in random.sample(ears, 10):
        hub.leave(ear)
    await asyncio.sleep(1.0)
    staying = [ear for ear in ears if ear in hub._articles]
    assert len(staying) == 50
    assert all(2 <= ear.heard.count(b": still here\n\n") <= 5 for ear in staying)
    for ear in staying:
        hub.leave(ear)
    await asyncio.sleep(0.05)
    assert hub._timer is None, "nothing ticks where nobody listens"
    late = Ear(hub)
    await asyncio.sleep(0.5)
    assert late.heard
    hub.close()
    assert (late.ends, hub.count, hub._timer) == (1, 0, None)
