"""The demo paper's radio: a calm tune made by code, sent without an end, with chimes at the full hour.

Everybody hears the same moment: what is sent follows the clock. It is there in the demo alone, for a few listeners.
"""

import asyncio
import contextlib
import math
import struct
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from broadsheet.delivery.engines.bridge import Receive, Scope, Send
from broadsheet.delivery.engines.plain_answers import encoded, refuse, reply

PATH = "/live/radio.wav"
RATE = 16_000  # samples a second, one channel of 16 bits: 32 kB/s
MOST_LISTENERS = 12
BLOCK_SECONDS = 0.5
AHEAD_SECONDS = 10.0  # sent at once: browsers begin sooner, and a busy machine makes no gap
BEAT_SECONDS = 0.75
STROKE_SECONDS = 2.5
MOST_STROKES = 12
# Steps of a scale of five tones that never clash; None is a rest. The bass has one tone to four of the tune.
TUNE = (
    0,
    2,
    3,
    4,
    None,
    3,
    2,
    None,
    1,
    3,
    4,
    6,
    None,
    5,
    4,
    3,
    2,
    None,
    4,
    5,
    7,
    None,
    5,
    4,
    3,
    2,
    1,
    None,
    2,
    1,
    0,
    None,
)
BASS = (0, 3, 2, 4, 1, 3, 2, 0)
SCALE = (0, 2, 4, 7, 9)
HEADERS = (("Content-Type", "audio/wav"), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"))
Samples = NDArray[np.float64]


def endless_head() -> bytes:
    """Return the beginning of a WAV file without an end."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, 2 * RATE, 2, 16)
    return b"RIFF" + b"\xff" * 4 + b"WAVE" + form + b"data" + b"\xff" * 4


def tone(step: int, seconds: float, *, root: float = 261.63, fade: float = 3.0) -> Samples:
    """Return a struck tone of the scale, dying away, softly begun."""
    octave, place = divmod(step, len(SCALE))
    pitch = root * 2 ** (octave + SCALE[place] / 12)
    at = np.arange(int(seconds * RATE)) / RATE
    sound = sum(weight * np.sin(2 * math.pi * pitch * part * at) for part, weight in ((1, 1.0), (2, 0.3), (3, 0.12)))
    return np.asarray(sound * np.exp(-fade * at) * np.minimum(1, at * 60), dtype=np.float64)


def tune() -> Samples:
    """Return the tune, once through; its end runs into its beginning."""
    length = int(len(TUNE) * BEAT_SECONDS * RATE)
    whole = np.zeros(length)
    struck = [(place, step, 261.63, 0.5, 2.4) for place, step in enumerate(TUNE) if step is not None]
    struck += [(place * 4, step, 65.41, 0.6, 1.0) for place, step in enumerate(BASS)]
    for place, step, root, weight, fade in struck:
        sound = weight * tone(step, 3.0, root=root, fade=fade)
        start = int(place * BEAT_SECONDS * RATE)
        whole[(start + np.arange(len(sound))) % length] += sound
    return whole * 0.4


def chimes() -> Samples:
    """Return one stroke of the hour."""
    at = np.arange(int(STROKE_SECONDS * RATE)) / RATE
    parts = ((1.0, 1.0), (2.0, 0.6), (2.4, 0.4), (3.0, 0.25), (4.5, 0.12))
    sound = sum(weight * np.sin(2 * math.pi * 174.6 * part * at) for part, weight in parts)
    return np.asarray(0.26 * sound * np.exp(-1.6 * at) * np.minimum(1, at * 90), dtype=np.float64)


class DemoRadio:
    """Answers `PATH`."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.listeners = 0
        self._tune = tune()
        self._stroke = chimes()

    def block(self, first: int, count: int) -> bytes:
        """Return the samples from number `first` since 1970 as they are sent."""
        places = np.arange(first, first + count)
        sound = self._tune[places % len(self._tune)]
        since_hour = places % (3600 * RATE)
        hour = (places // (3600 * RATE)) % 12
        strokes = np.where(hour == 0, MOST_STROKES, hour)
        chiming = since_hour < strokes * len(self._stroke)
        sound = np.where(chiming, 0.35 * sound + self._stroke[since_hour % len(self._stroke)], sound)
        return bytes((np.clip(sound, -1, 1) * 32_000).astype("<i2").tobytes())

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the radio until the listener leaves."""
        if scope["method"] == "HEAD":
            await reply(send, 200, encoded(HEADERS), b"", scope=scope)
            return
        if self.listeners >= MOST_LISTENERS:
            await refuse(send, 503, scope, ("Retry-After", "30"))
            return
        self.listeners += 1
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": encoded(HEADERS)})
            await send({"type": "http.response.body", "body": endless_head(), "more_body": True})
            await self._play(gone, send)
        finally:
            self.listeners -= 1
            gone.cancel()
        with contextlib.suppress(OSError):
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _play(self, gone: "asyncio.Future[None]", send: Send) -> None:
        place, count = int(self.clock() * RATE), int(BLOCK_SECONDS * RATE)
        while not gone.done():
            await send({"type": "http.response.body", "body": self.block(place, count), "more_body": True})
            place += count
            ahead = place / RATE - self.clock() - AHEAD_SECONDS
            if ahead > 0:
                await asyncio.wait({gone}, timeout=ahead)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
