"""Calm water: the rowing race, the stumps of the second gate."""

import numpy as np
from numba import njit

from tools.pictures import finish
from tools.pictures.canvas import Canvas
from tools.pictures.march import Air, Camera
from tools.pictures.noise import fbm2, hash2, noise2
from tools.pictures.scene import Scene, develop
from tools.pictures.scenes.ferry import SUNRISE, sunrise
from tools.pictures.solids import blend, box, lobe, nearest, rod

PALE = [(0.0, "#1a2026"), (0.35, "#6c7a80"), (0.7, "#cfc6b4"), (1.0, "#fff8ea")]


@njit(fastmath=True)
def shell_boat(x: float, y: float, z: float, phase: float) -> tuple[float, int]:
    """An eight with its rowers, along x, bow to -x."""
    if abs(x) > 12.0 or abs(z) > 5.0 or y > 3.0:
        return max(abs(x) - 11.5, abs(z) - 4.5, y - 2.5, 0.3), 0
    hull = lobe(x, y - 0.08, z, (9.4, 0.2, 0.3)) * 0.8
    d, m = hull, 1
    k = min(max(np.floor(x / 1.45 + 0.5), -4.0), 4.0)
    lx = x - k * 1.45
    swing = 0.34 * np.sin(phase)
    hip, sh, hd = (0.1, 0.3, 0.0), (0.1 + swing, 0.86, 0.0), (0.08 + 1.25 * swing, 1.12, 0.0)
    torso = blend(rod(lx, y, z, hip, sh, 0.15), rod(lx, y, z, (sh[0], sh[1], 0.15), (sh[0], sh[1], -0.15), 0.09), 0.1)
    hands = (min(sh[0] + 0.5, 0.62), 0.72, 0.0)
    arms = min(
        rod(lx, y, z, (sh[0], sh[1] - 0.02, 0.19), (hands[0], hands[1], 0.08), 0.055),
        rod(lx, y, z, (sh[0], sh[1] - 0.02, -0.19), (hands[0], hands[1], -0.08), 0.055),
    )
    legs = min(rod(lx, y, z, hip, (0.5, 0.52, 0.1), 0.09), rod(lx, y, z, (0.5, 0.52, 0.1), (0.85, 0.28, 0.1), 0.07))
    head = np.sqrt((lx - hd[0]) ** 2 + (y - hd[1]) ** 2 * 0.85 + z * z) - 0.115
    if torso < d:
        d, m = torso, 2
    if min(arms, legs, head) < d:
        d, m = min(arms, legs, head), 3
    if k > -4.0 + 0.5 and k < 4.5:
        side = 1.0 if int(k) % 2 == 0 else -1.0
        tip = (0.5 - 0.35 * np.sin(phase), 0.16 + 0.3 * np.cos(phase) ** 2, side * 3.5)
        oar = rod(lx, y, z, (0.6, hands[1], -side * 0.25), tip, 0.035)
        blade = box(lx - tip[0], y - tip[1], z - tip[2] + side * 0.2, (0.1, 0.14, 0.32))
        if oar < d:
            d, m = oar, 1
        if blade < d:
            d, m = blade, 4
    return d * 0.9, m


@njit(fastmath=True)
def race_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """Three boats, a bridge in mist, a wooded bank."""
    rip = 0.0
    for i in range(4):
        r = np.sqrt((x - (-5.6 + 2.9 * i)) ** 2 + (z - 8.4) ** 2)
        rip += 0.03 * np.sin(r * 8) * np.exp(-r * 1.3)
    d, m = y - rip, 0
    b, bm = shell_boat(x - 0.6, y, z - 12.0, 0.9)
    if b < d:
        d, m = b, bm
    b, bm = shell_boat(x - 15.5, y, z - 20.0, 2.2)
    if b < d:
        d, m = b, bm + 10
    b, bm = shell_boat(x - 19.5, y, z - 29.0, 0.2)
    if b < d:
        d, m = b, bm + 20
    ax = nearest(x - 4.0, 22.0)
    arch = np.sqrt(ax * ax + max(y + 0.5, 0.0) ** 2 * 1.5) - 9.0
    bridge = max(abs(z - 105.0) - 4.0, y - 10.6, -arch)
    bank = (
        y - 6.0 - 8.0 * fbm2(x * 0.04 + 3, z * 0.03, 4) - 3.0 * noise2(x * 0.4, z * 0.3) + max(0.0, 150.0 - z) * 0.8
    ) * 0.5
    bank2 = (y + 0.5 - (x + 60.0) * -0.35 - 3.0 * noise2(x * 0.25, z * 0.25)) * 0.5 if x < -38.0 else 99.0
    if bridge < d:
        d, m = bridge, 5
    if min(bank, bank2) < d:
        d, m = min(bank, bank2), 6
    post = min(
        rod(x, y, z, (-7.4, -0.5, 16.6), (-7.4, 3.4, 16.6), 0.11), box(x + 7.4, y - 3.2, z - 16.6, (0.42, 0.42, 0.04))
    )
    if post < d:
        d, m = post, 7
    return d, m


@njit(fastmath=True)
def race_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Water like brass, kit in three colours."""
    if m == 0:
        return 0.025, 0.04, 0.05, 1.0, 0.0
    if m == 5:
        t = 0.32 * (0.7 + 0.5 * fbm2(x * 0.5, y * 0.5, 4))
        return t, t * 0.9, t * 0.8, 0.0, 0.0
    if m == 6:
        return 0.12, 0.12, 0.07, 0.0, 0.0
    if m == 7:
        return 0.6, 0.1, 0.08, 0.0, 0.0
    boat, part = m // 10, m % 10
    if part == 3:
        h = hash2(int(np.floor(x / 1.45)), boat)
        s = 0.2 + 0.35 * h
        return s, s * 0.66, s * 0.48, 0.0, 0.0
    if part == 1:
        return 0.55, 0.36, 0.18, 0.2, 0.0
    if boat == 0:
        return 0.62, 0.07, 0.09, 0.0, 0.0
    return (0.07, 0.25, 0.5, 0.0, 0.0) if boat == 1 else (0.75, 0.72, 0.62, 0.0, 0.0)


def rowing(canvas: Canvas) -> None:
    """236: the race passes the Customs mark."""
    scene = Scene(
        (race_sdf, race_surface, sunrise), Camera((-3.4, 2.9, -1.2), (1.2, 1.3, 14.0), 0.86, 0.035),
        [(-0.42, 0.22, 0.8, 2.6, 1.6, 0.85, 1), (-0.3, 0.7, -0.6, 0.6, 0.6, 0.7, 1)],
        Air(haze=0.007, colour=(0.85, 0.62, 0.46), ambient=(0.26, 0.27, 0.33), bump=0.05, bump_scale=1.5, reach=500.0, ground_mist=0.006),
    )  # fmt: skip
    scene.draw(canvas, expose=0.9)
    canvas.bloom(above=1.4, spread=7, strength=0.2)
    develop(canvas)
    finish.press(canvas, SUNRISE, amount=0.15)


@njit(fastmath=True)
def pale_sun(dx: float, dy: float, dz: float) -> tuple[float, float, float]:
    """A hazy white sun in a pearl sky."""
    k = abs(dy)
    q = (dx - 0.24) ** 2 + (dy - 0.16) ** 2
    sun = np.exp(-q * 22) * 0.7 + (1.6 if q < 0.0011 else 0.0) + np.exp(-q * 220) * 0.6
    c = 0.1 * (fbm2(dx * 2, dy * 9, 5) - 0.5)
    return 0.74 + c - 0.25 * k + sun, 0.70 + c - 0.2 * k + 0.9 * sun, 0.64 + c - 0.06 * k + 0.7 * sun


@njit(fastmath=True)
def cormorant(x: float, y: float, z: float, d: float, m: int) -> tuple[float, int]:
    """The bird that dries its wings on the first stump."""
    bx, by, bz = x + 3.5, y - 3.62 - 0.9 * hash2(0, 3) + 0.36, z - 6.9
    bird = blend(
        rod(bx, by, bz, (0.0, 0.28, 0.0), (0.05, 0.75, 0.0), 0.12),
        rod(bx, by, bz, (0.05, 0.75, 0.0), (-0.04, 1.05, 0.0), 0.05),
        0.1,
    )
    bird = min(
        bird,
        rod(bx, by, bz, (-0.04, 1.08, 0.0), (-0.24, 1.14, 0.0), 0.03),
        np.sqrt((bx + 0.05) ** 2 + (by - 1.08) ** 2 + bz * bz) - 0.065,
    )
    wing = min(
        rod(bx, by, bz, (0.08, 0.7, 0.0), (0.5, 0.85, 0.0), 0.05),
        rod(bx, by, bz, (0.0, 0.7, 0.0), (-0.45, 0.83, 0.0), 0.05),
    )
    for k in range(5):
        t = 0.16 + 0.085 * k
        wing = min(
            wing,
            rod(bx, by, bz, (t, 0.78, 0.0), (t + 0.05, 0.32 + 0.05 * k, 0.0), 0.042),
            rod(bx, by, bz, (-t + 0.03, 0.77, 0.0), (-t - 0.02, 0.33 + 0.05 * k, 0.0), 0.042),
        )
    bird = min(bird, wing, rod(bx, by, bz, (0.0, 0.0, 0.0), (0.02, 0.3, 0.0), 0.03))
    if bird < d:
        d, m = bird, 3
    return d, m


@njit(fastmath=True)
def stumps_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """Unfinished piers in a line, with bent rods and a cormorant."""
    d, m = y - 0.02 * noise2(x, z), 0
    for i in range(6):
        cx, cz = -3.2 + 2.35 * i, 8.0 + 7.6 * i
        top = 3.0 + 0.9 * hash2(i, 3)
        px, pz = x - cx, z - cz
        if px * px + pz * pz > 30.0:
            d = min(d, np.sqrt(px * px + pz * pz) - 4.0)
            continue
        block = box(px, y - top + 2.5, pz, (1.25, 2.5, 1.9)) - 0.05 + 0.08 * (noise2(px * 2.4 + i, y * 2.4 + pz) - 0.3)
        foot = box(px, y - 0.2, pz, (1.8, 0.45, 2.5)) + 0.06 * noise2(px * 3, pz * 3)
        if min(block, foot) * 0.8 < d:
            d, m = min(block, foot) * 0.8, 1
        for k in range(6):
            h = hash2(i * 7 + k, 9)
            rx, rz = -0.95 + 0.38 * k, -1.4 + 2.8 * h
            bar = rod(
                px, y, pz, (rx, top - 0.3, rz), (rx + 0.5 * (h - 0.5), top + 0.6 + 1.1 * h, rz + 0.3 * (h - 0.4)), 0.035
            )
            if bar < d:
                d, m = bar, 2
    return cormorant(x, y, z, d, m)


@njit(fastmath=True)
def stumps_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Stained concrete with weed, rust, black feathers, shallow water."""
    if m == 0:
        return 0.16, 0.17, 0.15, 1.0, 0.0
    if m == 1:
        weed = min(max((0.9 + 0.5 * noise2(x * 2, z * 2) - y) * 3, 0.0), 1.0)
        t = 0.42 * (0.65 + 0.6 * fbm2(x * 1.1 + z, y * 0.8, 5))
        rust = min(max((fbm2(x * 3 + z * 2, y * 0.35, 4) - 0.55) * 6, 0.0), 1.0)
        return (
            (t * (1 + 0.1 * rust)) * (1 - 0.75 * weed),
            t * (1 - 0.35 * rust) * (1 - 0.62 * weed),
            t * (0.94 - 0.5 * rust) * (1 - 0.75 * weed),
            0.0,
            0.0,
        )
    return (0.3, 0.11, 0.05, 0.0, 0.0) if m == 2 else (0.02, 0.022, 0.025, 0.0, 0.0)


def stumps(canvas: Canvas) -> None:
    """221: the foundations of the second gate."""
    scene = Scene(
        (stumps_sdf, stumps_surface, pale_sun), Camera((-1.6, 2.1, -1.5), (1.6, 2.9, 14.0), 0.92, 0.0),
        [(0.24, 0.2, 0.95, 1.1, 0.85, 0.55, 1), (-0.6, 0.6, -0.5, 0.4, 0.4, 0.42, 1)],
        Air(haze=0.020, colour=(0.84, 0.77, 0.68), ambient=(0.3, 0.32, 0.35), bump=0.03, bump_scale=1.4, reach=600.0),
    )  # fmt: skip
    scene.draw(canvas, expose=0.8)
    develop(canvas)
    finish.press(canvas, PALE, amount=0.3)
