"""Dockers: the strike at the gate, the quay at shift change."""

import numpy as np
from numba import njit

from tools.pictures import finish
from tools.pictures.canvas import Canvas, ink
from tools.pictures.march import Air, Camera
from tools.pictures.noise import fbm2, hash2, noise2
from tools.pictures.scene import Scene, develop
from tools.pictures.scenes.ferry import sunrise
from tools.pictures.scenes.old_quarter import stone
from tools.pictures.solids import box, cone, figure, lobe, nearest, person, rod

EMBER = [(0.0, "#0b0a10"), (0.3, "#3a2a35"), (0.55, "#93503a"), (0.8, "#f0a765"), (1.0, "#fff0d0")]


@njit(fastmath=True)
def crane(x: float, y: float, z: float) -> float:
    """A ship-to-shore crane, its boom towards -x."""
    if abs(x) > 50.0 or abs(z) > 16.0:
        return max(abs(x) - 48.0, abs(z) - 14.0)
    legs = min(
        box(abs(x) - 8.0, y - 15.0, abs(z) - 7.0, (0.6, 15.0, 0.6)), box(x, y - 29.0, abs(z) - 7.0, (9.0, 0.7, 0.6))
    )
    legs = min(legs, box(x, y - 9.0, abs(z) - 7.0, (8.0, 0.5, 0.4)), box(abs(x) - 8.0, y - 9.0, z, (0.4, 0.5, 7.0)))
    legs = min(legs, rod(x, y, abs(z), (-8.0, 9.0, 7.0), (8.0, 28.0, 7.0), 0.3))
    boom = min(box(x + 12.0, y - 30.0, abs(z) - 1.6, (32.0, 0.6, 0.3)), box(x - 10.0, y - 32.0, z, (4.0, 2.0, 3.0)))
    tie = min(
        rod(x, y, z, (-6.0, 44.0, 0.0), (-40.0, 30.6, 0.0), 0.18),
        rod(x, y, z, (-6.0, 44.0, 0.0), (18.0, 30.6, 0.0), 0.18),
    )
    apex = min(
        rod(x, y, abs(z), (-8.0, 30.0, 6.0), (-6.0, 44.0, 0.0), 0.45),
        rod(x, y, z, (-6.0, 44.0, 0.0), (-24.0, 30.6, 0.0), 0.16),
    )
    return min(legs, boom, tie, apex)


@njit(fastmath=True)
def strike_back(x: float, y: float, z: float, d: float, m: int) -> tuple[float, int]:
    """Fence, cranes and boxes behind the dockers."""
    fence = max(abs(z - 15.0) - 0.02, y - 2.6, min(abs(nearest(x + y, 0.24)), abs(nearest(x - y, 0.24))) - 0.012)
    fence = min(fence, max(np.sqrt(nearest(x, 3.0) ** 2 + (z - 15.0) ** 2) - 0.05, y - 3.0))
    if fence * 0.7 < d and z > 13.0:
        d, m = fence * 0.7, 3
    elif z <= 13.0:
        d = min(d, max(14.5 - z, 0.2))
    for i in range(3):
        c = crane(x - (34.0 - 42.0 * i), y, z - (64.0 + 26.0 * i))
        if c * 0.9 < d:
            d, m = c * 0.9, 6
    bx, by, bz = np.floor(x / 6.4), np.floor(y / 2.6), np.floor(z / 2.6)
    if z > 34.0 and z < 46.0 and y < 11.0:
        tall = 4.0 * hash2(int(bx), int(bz)) + 0.6
        b = box(x - (bx + 0.5) * 6.4, y - (by + 0.5) * 2.6, z - (bz + 0.5) * 2.6, (3.05, 1.27, 1.2))
        b = b if by < tall else 1.0
        if b < d:
            d, m = b, 7
        d = min(d, 0.6)
    elif z >= 20.0 and z < 34.0:
        d = min(d, max(34.1 - z, 0.2))
    return d, m


@njit(fastmath=True)
def strike_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """Dockers round a brazier before a fence and idle cranes."""
    d, m = y + 0.01 * noise2(x * 3, z * 3), 0
    tub = cone(x + 1.7, y, z - 7.4, (0.15, 0.95, 0.34, 0.4))
    tub = max(tub, -cone(x + 1.7, y, z - 7.4, (0.3, 1.2, 0.3, 0.36)))
    hole = max(abs(nearest(np.arctan2(x + 1.7, z - 7.4) * 0.38, 0.2)) - 0.05, abs(nearest(y - 0.5, 0.24)) - 0.06)
    tub = max(tub, -max(hole, abs(y - 0.6) - 0.25))
    if tub < d:
        d, m = tub, 1
    coal = lobe(x + 1.7, y - 0.75, z - 7.4, (0.3, 0.2, 0.3)) - 0.04 * noise2(x * 20, z * 20 + y * 20)
    if coal < d:
        d, m = coal, 2
    for i in range(12):
        h = hash2(i, 61)
        if i < 8:
            a = 0.45 + i * 0.72
            px, pz = -1.7 + (1.35 + 0.55 * h) * np.cos(a), 7.6 + (1.2 + 0.5 * h) * np.sin(a)
            turn = 1.57 - a + 3.14
        else:
            px, pz, turn = (2.0, 3.2, 4.6, 5.6)[i - 8], (8.4, 9.6, 8.0, 10.8)[i - 8], -0.9 + 0.5 * h
        if i == 4 or i == 5:
            px, pz = px - 1.2, pz + 0.8
        p = person(x - px, y, z - pz, turn, (h * 19) % 1.0)
        if p < d:
            d, m = p, 10 + i
        if i in (1, 6, 8, 10):
            pole = rod(x, y, z, (px + 0.3, 0.9, pz), (px + 0.42, 3.1, pz), 0.022)
            wave = 0.1 * np.sin((x - px) * 4 + i)
            cloth = (
                box(x - px - 0.95, y - 2.75 + 0.06 * np.sin((x - px) * 3), z - pz - wave, (0.53, 0.33, 0.012)) * 0.8
                if i != 8
                else box(x - px - 0.42, y - 2.9, z - pz, (0.5, 0.34, 0.02))
            )
            if pole < d:
                d, m = pole, 3
            if cloth < d:
                d, m = cloth, 4 if i != 8 else 5
    return strike_back(x, y, z, d, m)


@njit(fastmath=True)
def docker_colour(m: int, y: float) -> tuple[float, float, float, float, float]:
    """Face, cap, band or coat of a docker at the height y."""
    h = hash2(m, 4)
    if y > 1.52 and y < 1.72:
        s = 0.25 + 0.25 * h
        return s, s * 0.66, s * 0.47, 0.0, 0.0
    if y > 1.7:
        return (0.55, 0.42, 0.08, 0.0, 0.0) if h > 0.5 else (0.08, 0.08, 0.1, 0.0, 0.0)
    if 1.0 < y < 1.07 or 1.24 < y < 1.29:
        return 0.6, 0.6, 0.56, 0.0, 0.05
    return (0.42, 0.17, 0.04, 0.0, 0.0) if h > 0.55 else (0.07, 0.08, 0.11, 0.0, 0.0)


@njit(fastmath=True)
def strike_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Wet asphalt, embers, work coats with bands, red flags, boxes in rows."""
    if m == 0:
        t = 0.10 * (0.6 + 0.7 * fbm2(x, z, 4))
        return t, t, t * 1.05, 0.65 * min(max((fbm2(x * 0.4, z * 0.4, 4) - 0.4) * 5, 0.0), 1.0), 0.0
    if m == 1:
        return 0.09, 0.06, 0.05, 0.0, 0.0
    if m == 2:
        return 1.0, 0.35, 0.06, 0.0, 3.0 + 4.0 * noise2(x * 16, z * 16)
    if m == 4:
        return 0.55, 0.05, 0.06, 0.0, 0.12
    if m == 5:
        return 0.8, 0.77, 0.7, 0.0, 0.05
    if m == 6:
        return 0.10, 0.10, 0.12, 0.0, 0.0
    if m == 7:
        h = hash2(int(np.floor(x / 6.4)) * 3 + int(np.floor(y / 2.6)), int(np.floor(z / 2.6)))
        t = 0.2 * (0.75 if int(np.floor(x * 4)) % 2 else 1.0)
        if h < 0.35:
            return t * 1.4, t * 0.45, t * 0.3, 0.0, 0.0
        return (t * 0.4, t * 0.7, t, 0.0, 0.0) if h < 0.7 else (t, t * 0.9, t * 0.6, 0.0, 0.0)
    if m >= 10:
        return docker_colour(m, y)
    return 0.09, 0.09, 0.1, 0.0, 0.0


@njit(fastmath=True)
def orange_haze(dx: float, dy: float, dz: float) -> tuple[float, float, float]:
    """A harbour sky before sunrise, orange from the lamps."""
    k = abs(dy)
    c = fbm2(dx * 2, dy * 8, 5)
    warm = np.exp(-k * 3.2)
    return (
        0.14 + 0.85 * warm + 0.2 * (c - 0.5),
        0.13 + 0.40 * warm + 0.15 * (c - 0.5),
        0.2 + 0.16 * warm + 0.12 * (c - 0.5),
    )


def strike(canvas: Canvas) -> None:
    """224: the brazier at the gate."""
    scene = Scene(
        (strike_sdf, strike_surface, orange_haze), Camera((0.4, 1.55, -0.4), (0.3, 2.65, 8.0), 0.82, 0.0),
        [(-1.7, 1.15, 7.4, 5.4, 2.4, 0.7, 0), (0.3, 0.3, 0.9, 0.5, 0.27, 0.14, 1), (-0.4, 0.7, -0.6, 0.13, 0.17, 0.26, 1)],
        Air(haze=0.012, colour=(0.62, 0.34, 0.2), halo=0.012, ambient=(0.13, 0.14, 0.19), bump=0.04, bump_scale=2.0, reach=190.0),
    )  # fmt: skip
    scene.draw(canvas, expose=1.15)
    x, y, s = scene.camera.project((-1.7, 1.0, 7.4), canvas.tall)
    rng = np.random.default_rng(5)

    def sparks(c: object) -> None:
        for _ in range(150):
            t = rng.random() ** 0.7
            c.drawCircle(
                x + rng.normal(0, 0.16 + 0.5 * t) * s * 0.7,
                y - t * s * 3.0,
                rng.uniform(0.4, 1.3),
                ink("#ffd27a", 0.9 * (1 - t)),
            )

    flame = canvas.fbm((26, 13), 6, octaves=5, warp=1.5)
    u, v = (canvas.x - x) / (0.36 * s), (y - canvas.y) / (0.95 * s)
    tongue = np.clip(1.15 - np.abs(u) * (0.9 + v) - np.clip(v - 0.2, 0, 2) * 0.9 + (flame - 0.5) * 1.5, 0, 1) * (
        v > -0.1
    )
    canvas.glow(tongue**1.5, (3.0, 1.3, 0.28), 1.0)
    canvas.lay(sparks)
    canvas.bloom(above=1.3, spread=8, strength=0.2)
    develop(canvas)
    finish.press(canvas, EMBER, amount=0.15)


@njit(fastmath=True)
def port_ships(x: float, y: float, z: float, d: float, m: int) -> tuple[float, int]:
    """Rope, ship, crane and masts."""
    hull = (
        max(
            abs(z - 34.0) - 5.0 + 0.5 * max(2.0 - y, 0.0),
            y - 5.0 - 0.0025 * (x - 8.0) ** 2,
            -(x + 8.0) - 0.35 * y,
            x - 48.0,
        )
        * 0.8
    )
    house = min(box(x - 38.0, y - 9.0, z - 34.0, (5.0, 4.4, 4.0)), box(x - 38.0, y - 14.0, z - 34.0, (3.6, 1.2, 4.6)))
    ship = min(hull, house, rod(x, y, z, (8.0, 5.0, 34.0), (8.0, 19.0, 34.0), 0.3))
    ship = min(
        ship,
        rod(x, y, z, (8.0, 9.0, 34.0), (20.0, 15.0, 34.0), 0.2),
        rod(x, y, z, (37.0, 14.0, 34.0), (37.0, 20.0, 34.0), 0.2),
    )
    if ship < d:
        d, m = ship, 3
    c = crane(x + 22.0, y + 1.0, z - 82.0)
    if c * 0.9 < d:
        d, m = c * 0.9, 4
    for i in range(6):
        mx, mz = -26.0 + 4.6 * i + 1.4 * hash2(i, 2), 40.0 + 14.0 * hash2(i, 6)
        mast = min(
            rod(x, y, z, (mx, -1.0, mz), (mx, 12.0 + 6.0 * hash2(i, 3), mz), 0.16),
            lobe(x - mx, y + 1.0, z - mz, (4.2, 1.8, 1.3)),
        )
        if mast < d:
            d, m = mast, 4
    return d, m


@njit(fastmath=True)
def port_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """Dockers in conversation on a quay; a moored ship, masts, a crane."""
    d, m = (y if z < 13.0 else y + 1.6), 0 if z < 13.0 else 1
    if z > 10.0:
        d = min(d, y + 1.6) if z > 13.2 else d
    for i in range(7):
        px, pz, t = (
            (-2.1, -1.15, -0.2, 2.5, 3.4, 5.2, -5.4)[i],
            (6.2, 6.7, 6.1, 7.8, 8.2, 10.6, 9.8)[i],
            (1.2, 3.4, -1.1, 1.3, -1.5, 0.4, 2.0)[i],
        )
        p = figure(
            x - px,
            y,
            z - pz,
            t,
            (0.92, 0.3, 0.7, 0.5, 0.85, 0.2, 0.75)[i],
            (2 if i in (1, 4) else 0, 2 if i == 0 else 0),
        )
        if p < d:
            d, m = p, 2
    rope = min(
        cone(nearest(x - 1.0, 6.0), y, z - 12.2, (0.0, 0.62, 0.24, 0.34)),
        rod(x, y, z, (1.0, 0.5, 12.2), (7.5, 3.4, 22.0), 0.025),
    )
    if rope < d:
        d, m = rope, 2
    return port_ships(x, y, z, d, m)


@njit(fastmath=True)
def port_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Wet quay, gilded water, dark coats, a rust-red ship."""
    if m == 0:
        t = 0.16 * stone(x, z, 0.6)
        return t, t * 0.95, t * 0.9, 0.6 * min(max((fbm2(x * 0.7, z * 0.7, 4) - 0.42) * 6, 0.0), 1.0), 0.0
    if m == 1:
        return 0.03, 0.04, 0.05, 1.0, 0.0
    if m == 3:
        return (0.32, 0.08, 0.06, 0.0, 0.0) if y < 2.0 else (0.13, 0.16, 0.2, 0.0, 0.0)
    return 0.035, 0.033, 0.04, 0.0, 0.0


def port_voices(canvas: Canvas) -> None:
    """232: shift change on the quay."""
    scene = Scene(
        (port_sdf, port_surface, sunrise), Camera((0.5, 1.45, -0.6), (0.2, 2.25, 8.0), 0.92, 0.0),
        [(-0.3, 0.14, 0.95, 2.2, 1.25, 0.6, 1), (-0.5, 0.6, -0.6, 0.3, 0.27, 0.3, 1)],
        Air(haze=0.009, colour=(0.62, 0.40, 0.29), ambient=(0.2, 0.2, 0.25), bump=0.05, bump_scale=1.6, reach=600.0),
    )  # fmt: skip
    scene.draw(canvas, expose=0.9)
    canvas.bloom(above=1.4, spread=8, strength=0.2)
    develop(canvas)
    finish.press(canvas, EMBER, amount=0.12)
