"""The sound piece: the five bells of a tower, over the water."""

import wave
from pathlib import Path

import numpy as np

Array = np.ndarray
RATE = 44100
LONG = 42.0
# Partials of a church bell: pitch against the strike note, loudness, seconds to fall silent.
PARTIALS = [
    (0.5, 0.42, 9.0), (0.502, 0.12, 8.0), (1.0, 0.55, 6.2), (1.003, 0.2, 5.4), (1.19, 0.50, 5.0), (1.193, 0.15, 4.4),
    (1.5, 0.22, 3.2), (2.0, 0.62, 3.4), (2.006, 0.2, 3.0), (2.52, 0.22, 1.9), (2.66, 0.20, 1.7), (3.01, 0.22, 1.5),
    (4.17, 0.16, 0.9), (5.43, 0.11, 0.6), (6.8, 0.07, 0.4), (8.2, 0.05, 0.25),
]  # fmt: skip
# Three low bells hang in the chamber, two higher ones in the lantern above it, farther off.
CHAMBER = (146.8, 174.6, 220.0)
LANTERN = (261.6, 329.6)


def strike(note: float, force: float, seed: int) -> Array:
    """One stroke on one bell."""
    rng = np.random.default_rng(seed)
    t = np.arange(int(RATE * 11)) / RATE
    size = (220 / note) ** 0.45
    out = np.zeros_like(t)
    for ratio, loud, fall in PARTIALS:
        wobble = 1 + rng.normal(0, 0.0006)
        bright = loud * (force if ratio > 2.2 else 0.55 + 0.45 * force)
        out += (
            bright
            * np.exp(-6.9 * t / (fall * size))
            * np.sin(2 * np.pi * note * ratio * wobble * t + rng.uniform(0, 6.28))
        )
    knock = rng.standard_normal(len(t)) * np.exp(-t * 260) * 0.22 * force
    return (out * np.minimum(t / 0.0018, 1) + np.convolve(knock, np.ones(9) / 9, "same")) * force


def band(noise: Array, low: float, high: float) -> Array:
    """The noise with only the band between two pitches left."""
    spectrum = np.fft.rfft(noise)
    f = np.fft.rfftfreq(len(noise), 1 / RATE)
    gain = 1 / (1 + (low / np.maximum(f, 1)) ** 4) / (1 + (f / high) ** 4)
    return np.fft.irfft(spectrum * gain, len(noise))


def water(seed: int) -> Array:
    """Waves that come and go against a quay, a little different on each side."""
    rng = np.random.default_rng(seed)
    n = int(RATE * LONG)
    t = np.arange(n) / RATE
    swell = 0.5 + 0.5 * np.sin(2 * np.pi * t / 6.3 + seed) * np.sin(2 * np.pi * t / 17.0 + 1)
    lap = np.clip(np.sin(2 * np.pi * t / 3.1 + 0.6 * np.sin(t * 0.7) + seed), 0, 1) ** 5
    deep, hiss = band(rng.standard_normal(n), 60, 420), band(rng.standard_normal(n), 900, 4200)
    return deep / deep.std() * (0.03 + 0.03 * swell) + hiss / hiss.std() * (0.004 + 0.016 * lap)


def echo(dry: Array, seed: int, long: float) -> Array:
    """The sound with the answer of stone walls and open water."""
    rng = np.random.default_rng(seed)
    t = np.arange(int(RATE * long)) / RATE
    tail = band(rng.standard_normal(len(t)) * np.exp(-6.0 * t / long), 120, 3600)
    tail /= np.sqrt((tail**2).sum())
    size = 1 << (len(dry) + len(tail)).bit_length()
    return np.fft.irfft(np.fft.rfft(dry, size) * np.fft.rfft(tail, size), size)[: len(dry)]


def score() -> list[tuple[float, int, int, float]]:
    """When which bell of the chamber (0) or the lantern (1) is struck, and how hard."""
    rng = np.random.default_rng(7)
    beats: list[tuple[float, int, int, float]] = [(1.2, 0, 0, 0.9), (5.0, 0, 0, 1.0)]
    at = 8.6
    for order in ((2, 1, 0), (2, 1, 0), (1, 2, 0), (2, 0, 1), (1, 0, 2), (2, 1, 0)):
        for bell in order:
            beats.append((at + rng.normal(0, 0.018), 0, bell, 0.72 + 0.2 * rng.random()))
            at += 1.06
        at += 0.42
    at = 14.9
    for order in ((1, 0), (1, 0), (0, 1), (1, 0), (1, 0), (0, 1)):
        for bell in order:
            beats.append((at + rng.normal(0, 0.03), 1, bell, 0.5 + 0.14 * rng.random()))
            at += 1.31
        at += 0.55
    return [*beats, (30.6, 0, 0, 0.95), (34.4, 0, 0, 0.75), (36.3, 1, 1, 0.4)]


def play() -> Array:
    """The whole piece in two channels."""
    n = int(RATE * LONG)
    rooms = np.zeros((2, n))
    for k, (at, room, bell, force) in enumerate(score()):
        note = (CHAMBER, LANTERN)[room][bell]
        sound = strike(note, force, 100 + 13 * bell + 57 * room + k % 3)
        start = int(at * RATE)
        rooms[room, start : start + len(sound)] += sound[: n - start]
    near, far = rooms[0], band(rooms[1], 80, 2100) * 0.55
    wet_near, wet_far = echo(near, 3, 2.8), echo(far, 5, 3.6)
    late = np.roll(far, int(0.009 * RATE))
    left = 0.62 * near + 0.30 * late + 0.30 * wet_near + 0.34 * np.roll(wet_far, 400)
    right = 0.42 * np.roll(near, int(0.0006 * RATE)) + 0.62 * far + 0.30 * np.roll(wet_near, 700) + 0.40 * wet_far
    both = np.stack([left / 3.4 + water(1), right / 3.4 + water(4)])
    t = np.arange(n) / RATE
    both *= np.minimum(t / 0.8, 1) * np.clip((LONG - t) / 4.5, 0, 1)
    return np.tanh(both / np.abs(both).max() * 1.15) * 0.88


def write(path: Path) -> None:
    """The piece lies at the path as an uncompressed sound file."""
    samples = (play().T * 32767).astype("<i2")
    with wave.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
