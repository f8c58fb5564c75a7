"""The demo's own radio: sound that isn't silence, the same for everybody, with strokes at the hour (ART-15)."""

import asyncio
import io
import wave

import numpy as np
import pytest

from broadsheet.delivery.engines.demo_radio import MOST_LISTENERS, RATE, DemoRadio, endless_head

pytestmark = [pytest.mark.row("ART-15"), pytest.mark.anyio]


@pytest.fixture
def anyio_backend() -> str:
    """The event loop that the product runs on."""
    return "asyncio"


def loudness(samples: bytes) -> float:
    return float(np.sqrt(np.mean(np.frombuffer(samples, "<i2").astype(float) ** 2)))


def test_it_is_sound_in_every_second_and_another_at_the_hour():
    radio = DemoRadio()
    half_past = 1_800_001_800 // 3600 * 3600 + 1800
    seconds = [radio.block((half_past + second) * RATE, RATE) for second in range(20)]
    assert all(300 < loudness(second) < 20_000 for second in seconds)
    assert len(set(seconds)) == 20
    three = 3 * 3600
    for place, is_struck in ((0, True), (5, True), (9, False)):  # three strokes of two and a half seconds
        places = np.arange((three + place) * RATE, (three + place + 1) * RATE)
        tune = radio._tune[places % len(radio._tune)]
        sent = np.frombuffer(radio.block(int(places[0]), RATE), "<i2") / 32_000
        assert (float(np.abs(sent - tune).max()) > 0.05) == is_struck, place


def test_it_begins_as_a_file_that_players_know():
    with wave.open(io.BytesIO(endless_head() + DemoRadio().block(0, RATE))) as read:
        assert (read.getframerate(), read.getnchannels(), read.getsampwidth()) == (RATE, 1, 2)


async def listening(radio):
    """Begin to listen; return what comes, and how to stop."""
    sent: asyncio.Queue = asyncio.Queue()
    left = asyncio.Event()

    async def receive():
        await left.wait()
        return {"type": "http.disconnect"}

    scope = {"method": "GET", "path": "/live/radio.wav", "query_string": b"", "headers": []}
    task = asyncio.create_task(radio.answer(scope, receive, sent.put))
    first = await asyncio.wait_for(sent.get(), 5)
    return first["status"], left, task


async def test_listeners_are_bounded_and_leave_their_place():
    radio = DemoRadio()
    found = [await listening(radio) for _ in range(MOST_LISTENERS + 1)]
    assert [status for status, _left, _task in found] == [200] * MOST_LISTENERS + [503]
    for _status, left, task in found[:-1]:
        left.set()
        await asyncio.wait_for(task, 5)
    assert radio.listeners == 0
    assert (await listening(radio))[0] == 200
