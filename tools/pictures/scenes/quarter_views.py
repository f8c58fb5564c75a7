"""Bab al-Milh again: the stair, the roofs and the Salt Gate."""

import numpy as np
from numba import njit

from tools.pictures import finish
from tools.pictures.canvas import Canvas
from tools.pictures.march import Air, Camera
from tools.pictures.noise import fbm2, hash2, noise2
from tools.pictures.scene import Scene, develop
from tools.pictures.scenes.old_quarter import NIGHT, stone
from tools.pictures.solids import box, cone, lobe, person, rod

DUSK = [(0.0, "#0b1020"), (0.3, "#27355a"), (0.55, "#7f6b7c"), (0.8, "#f0b27a"), (1.0, "#fff4df")]


@njit(fastmath=True)
def stair_things(x: float, y: float, z: float, d: float, m: int) -> tuple[float, int]:
    """Ledges, rail, lamps, the cat and the climber."""
    for i in range(3):
        lz0, up = 3.2 + 6.4 * i, 0.53 * (3.2 + 6.4 * i) + 2.6
        lx = -1.02 if i % 2 == 0 else 1.02
        lamp = cone(x - lx, y, z - lz0, (up, up + 0.32, 0.08, 0.14))
        cap = min(
            cone(x - lx, y, z - lz0, (up + 0.32, up + 0.45, 0.18, 0.02)),
            rod(x, y, z - lz0, (lx, up + 0.5, 0.0), (lx * 1.6, up + 0.5, 0.0), 0.02),
        )
        if lamp < d:
            d, m = lamp, 3
        if cap < d:
            d, m = cap, 4
    cat = min(
        lobe(x + 0.32, y - 0.3, z - 0.5, (0.085, 0.15, 0.11)), lobe(x + 0.32, y - 0.48, z - 0.44, (0.07, 0.065, 0.07))
    )
    cat = min(
        cat,
        cone(x + 0.362, y, z - 0.44, (0.51, 0.59, 0.03, 0.004)),
        cone(x + 0.278, y, z - 0.44, (0.51, 0.59, 0.03, 0.004)),
    )
    cat = min(
        cat,
        rod(x, y, z, (-0.25, 0.2, 0.5), (-0.17, 0.205, 0.43), 0.022),
        rod(x, y, z, (-0.17, 0.205, 0.43), (-0.2, 0.2, 0.36), 0.018),
    )
    who = person(x - 0.35, y - 0.18 * 24, z - 8.3, 3.0, 0.31)
    if min(cat, who) < d:
        d, m = min(cat, who), 4
    return d, m


@njit(fastmath=True)
def stair_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """Steps that climb along z between houses."""
    x = x - 0.5 * np.sin(z * 0.16)
    k = np.floor(max(z, 0.0) / 0.34)
    d, m = (y - 0.18 * k - 0.02 * noise2(x * 5, k)) * 0.72, 0
    side = 1.0 if x > 0 else -1.0
    base = 0.18 * max(z, 0.0) / 0.34
    block = np.floor((z + side * 1.3) / 4.2)
    h = hash2(int(block), int(side) + 2)
    wall = 1.25 + 0.35 * h + (0.0 if y < base + 3.7 else -0.28 * h)
    lz = (z + side * 1.3) - (block + 0.5) * 4.2
    w = (wall - abs(x)) * 0.9
    top = base + 4.8 + 3.4 * hash2(int(block), int(side) + 9)
    w = max(w, (y - top) * 0.8)
    floor_ = base - 0.18 * lz / 0.34 + 0.3
    row = np.floor((y - floor_) / 2.3)
    ly = (y - floor_) - (row + 0.5) * 2.3
    lw = lz - 0.95 * np.floor(lz / 1.9 + 0.5) * 2
    deep = abs(abs(x) - wall) - 0.2
    pane = max(abs(lw) - 0.36, abs(ly - 0.1) - 0.52, deep)
    w2 = max(w, -pane)
    back = max((wall + 0.16 - abs(x)), y - top)
    if w2 < d:
        d, m = w2, 1
    if back < d:
        d, m = back, 2
    ledge = max(abs(lw) - 0.44, abs(ly + 0.47) - 0.05, abs(abs(x) - wall) - 0.12, y - top + 0.2)
    if ledge < d:
        d, m = ledge, 1
    rail = max(abs(abs(x) - 1.1) - 0.02, abs(y - base - 0.95) - 0.02)
    if x > 0 and z > 0 and rail < d:
        d, m = rail, 4
    return stair_things(x, y, z, d, m)


@njit(fastmath=True)
def stair_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Worn steps, plaster in three washes, lit panes."""
    if m == 0:
        t = 0.4 * (0.7 + 0.6 * fbm2(x * 3, z * 3 + y, 4))
        return t, t * 0.93, t * 0.86, 0.12, 0.0
    if m == 1:
        side = 1 if x > 0 else -1
        block = int(np.floor((z + side * 1.3) / 4.2))
        wash = hash2(block, side + 40)
        t = 0.5 * (0.6 + 0.8 * fbm2(z * 1.2, y * 1.2 + x, 5)) * (0.55 + 0.45 * stone(z, y, 0.4))
        if wash < 0.33:
            return t, t * 0.78, t * 0.6, 0.0, 0.0
        if wash < 0.66:
            return t * 0.8, t * 0.85, t * 0.9, 0.0, 0.0
        return t, t * 0.92, t * 0.8, 0.0, 0.0
    if m == 2:
        on = hash2(int(np.floor(z / 1.9)) * 3 + (1 if x > 0 else 0), int(np.floor((y - 0.53 * z) / 2.3)) + 50)
        return 0.75, 0.45, 0.17, 0.0, 2.4 if on > 0.45 else 0.02
    if m == 3:
        return 1.0, 0.72, 0.34, 0.0, 5.0
    return 0.03, 0.03, 0.035, 0.0, 0.0


@njit(fastmath=True)
def blue_hour(dx: float, dy: float, dz: float) -> tuple[float, float, float]:
    """Clear deep blue with thin cloud and a few stars."""
    c = fbm2(dx * 3 / (dy + 0.3), dz * 3 / (dy + 0.3), 5)
    k = min(max(dy, 0.0), 1.0)
    star = 1.0 if hash2(int(dx * 260), int(dy * 260)) > 0.9975 else 0.0
    return (
        0.10 * (1 - k) + 0.06 * c + star * 0.5,
        0.17 * (1 - k) + 0.09 + 0.06 * c + star * 0.5,
        0.42 - 0.16 * k + 0.08 * c + star * 0.5,
    )


def sailmakers_stair(canvas: Canvas) -> None:
    """210: the stair, upright."""
    lamps = [
        (-0.78 if k % 2 == 0 else 0.78, 0.53 * (3.2 + 6.4 * k) + 2.7, 2.85 + 6.4 * k, 3.6, 2.0, 0.75, 0)
        for k in range(3)
    ]
    lamps += [(0.4, 9.2, 14.0, 4.0, 2.2, 0.8, 0), (-0.4, 1.0, -0.5, 0.06, 0.10, 0.22, 1)]
    scene = Scene(
        (stair_sdf, stair_surface, blue_hour),
        Camera((0.1, 1.15, -3.2), (0.35, 2.9, 8.0), 1.02, 0.1), lamps,
        Air(haze=0.010, colour=(0.08, 0.13, 0.28), halo=0.010, ambient=(0.07, 0.11, 0.24), bump=0.1, reach=60.0),
    )  # fmt: skip
    scene.draw(canvas, expose=1.45)
    canvas.bloom(above=1.5, spread=7, strength=0.2)
    develop(canvas)
    finish.press(canvas, NIGHT, amount=0.16)


@njit(fastmath=True)
def roofs_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """Flat roofs, domes and small towers that step down to the harbour."""
    water = y + 1.0
    if z > 66.0:
        return water * 0.9, 3
    cx, cz = np.floor(x / 4.4 + 0.3 * np.sin(z * 0.2)), np.floor(z / 4.0)
    a, b = hash2(int(cx), int(cz)), hash2(int(cx) + 77, int(cz) - 31)
    fx = (x / 4.4 + 0.3 * np.sin(z * 0.2) - cx - 0.5) * 4.4
    fz = z - (cz + 0.5) * 4.0
    front = 50.0 + 12.0 * np.sin(cx * 0.21 + 1.0)
    slope = max(0.0, front - 4.0 * cz) * 0.1 - 0.6
    top = slope + 1.2 + 3.4 * a * a if 4.0 * cz < front else -30.0
    half = 1.95 + 0.25 * b
    d, m = box(fx, y - top + 10.0, fz, (half, 10.0, 1.75 + 0.25 * a)), 0
    lip = box(fx, y - top, fz, (half, 0.28, 1.75 + 0.25 * a))
    inner = box(fx, y - top - 0.3, fz, (half - 0.18, 0.4, 1.57 + 0.25 * a))
    d = min(d, max(lip, -inner))
    if b > 0.8:
        d = min(d, max(lobe(fx, y - top, fz, (1.35, 1.5, 1.35)), -9.0))
        d = min(d, rod(fx, y, fz, (0.0, top + 1.3, 0.0), (0.0, top + 2.2, 0.0), 0.05))
    elif b < 0.085:
        d = min(d, box(fx, y - top - 1.5, fz, (0.75, 2.6, 0.75)))
        d = min(d, lobe(fx, y - top - 4.1, fz, (0.72, 0.95, 0.72)))
    elif b < 0.45:
        d = min(d, box(fx - 0.9, y - top - 0.5, fz + 0.5, (0.55, 0.75, 0.6)))
    elif b < 0.6:
        d = min(d, rod(fx, y, fz, (0.7, top, 0.3), (0.7, top + 1.3, 0.3), 0.03))
    ex, ez = (0.5 * 4.4 - abs(fx)) + 0.25, (2.0 - abs(fz)) + 0.25
    if y > slope + 8.5 and y > 3.0:
        return (y - max(slope + 8.2, 2.7)) * 0.7 + 0.1, 0
    if water < d:
        d, m = water, 3
    return min(d, max(min(ex, ez), 0.05)) * 0.85, m


@njit(fastmath=True)
def roofs_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Limewash and lit windows; the harbour mirrors the sky."""
    if m == 3:
        return 0.02, 0.04, 0.06, 1.0, 0.0
    t = 0.42 * (0.65 + 0.6 * fbm2(x * 0.9 + y, z * 0.9 + y, 4))
    glow = 0.0
    if ny < 0.3:
        u, v = (x + z) * 0.85, y * 0.75
        fu, fv = u - np.floor(u), v - np.floor(v)
        pane = 0.3 < fu < 0.62 and 0.25 < fv < 0.68
        if pane and hash2(int(np.floor(u)) + 3, int(np.floor(v)) + int(z / 4) * 5) > 0.66:
            return 1.0, 0.66, 0.25, 0.0, 2.3 * (0.5 + hash2(int(np.floor(u)), 9))
        if pane:
            t *= 0.3
    warm = hash2(int(np.floor(x / 4.4)), int(np.floor(z / 4.0)) + 900)
    return t, t * (0.86 + 0.08 * warm), t * (0.72 + 0.22 * warm), 0.0, glow


@njit(fastmath=True)
def after_sunset(dx: float, dy: float, dz: float) -> tuple[float, float, float]:
    """Amber on the horizon, violet above, with drawn-out cloud."""
    k = max(dy, 0.0)
    c = fbm2(dx * 2.2, dy * 16, 6)
    band = np.exp(-k * 9) * (1.0 - 0.35 * abs(dx - 0.25))
    cloud = min(max((c - 0.48) * 5, 0.0), 1.0) * np.exp(-k * 2.2)
    r, g, b = 0.16 + 1.35 * band, 0.19 + 0.62 * band, 0.40 + 0.12 * band
    lit = 0.5 + 0.9 * band
    return (
        r * (1 - cloud * 0.55) + cloud * 0.5 * lit,
        g * (1 - cloud * 0.6) + cloud * 0.22 * lit,
        b * (1 - cloud * 0.6) + cloud * 0.22,
    )


def roofs(canvas: Canvas) -> None:
    """211: the roofs of the quarter after sunset."""
    scene = Scene(
        (roofs_sdf, roofs_surface, after_sunset),
        Camera((0.0, 21.0, -9.0), (3.0, 12.4, 26.0), 1.0, 0.0), [(0.35, 0.16, 0.9, 0.75, 0.34, 0.16, 1), (-0.5, 0.9, -0.3, 0.10, 0.14, 0.30, 1)],
        Air(haze=0.0055, colour=(0.42, 0.27, 0.28), ambient=(0.10, 0.13, 0.26), bump=0.02, bump_scale=0.8, reach=1500.0),
    )  # fmt: skip
    scene.draw(canvas, expose=1.45)
    canvas.bloom(above=1.1, spread=5, strength=0.25)
    develop(canvas)
    finish.press(canvas, DUSK, amount=0.25)


@njit(fastmath=True)
def gate_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """A harbour wall with a horseshoe arch, beached boats, a still channel."""
    mud = (
        y
        - 0.22 * (noise2(x * 0.35, z * 0.35) - 0.32)
        - 0.12 * (abs(x) - 2.6) * (1.6 if abs(x) > 2.6 else 0.16)
        - 0.02 * noise2(x * 3, z * 3)
    )
    d, m = mud * 0.7, 0
    if y < d:
        d, m = y, 1
    wall = max(11.0 - z, z - 15.5, y - (6.2 + 0.5 * (1.0 if np.floor(x / 0.9) % 2 == 0 else 0.0)))
    tower = min(box(abs(x) - 5.2, y - 4.5, z - 12.2, (1.7, 4.6, 2.6)), box(x, y - 7.4, z - 13.0, (3.4, 0.9, 2.2)))
    dome = lobe(abs(x) - 5.2, y - 9.1, z - 12.2, (1.3, 1.7, 1.3))
    ring = np.sqrt(x * x + (y - 3.4) ** 2) - 2.45
    slot = max(abs(x) - 2.05, y - 3.0)
    hole = min(ring, slot)
    band = max(abs(np.sqrt(x * x + (y - 3.4) ** 2) - 2.75) - 0.3, abs(z - 10.95) - 0.14, 2.2 - y)
    frame = max(abs(x) - 3.5, abs(y - 3.4) - 3.4, abs(z - 11.0) - 0.18)
    wall = max(min(wall, tower, frame, dome), -max(hole, abs(z - 13.0) - 6.0))
    wall = min(wall, band if hole > 0 else 9.0)
    if wall < d:
        d, m = wall, 2
    for i in range(5):
        bx, bz = (-4.3, 4.0, -5.9, 6.4, 3.1)[i], (4.6, 6.4, 8.4, 3.6, 9.6)[i]
        t, s = (0.35, -0.25, 0.6, 0.2, -0.5)[i], (0.16, -0.14, 0.1, 0.15, -0.1)[i]
        px, pz = x - bx, z - bz
        qx, qz = np.cos(t) * px + np.sin(t) * pz, -np.sin(t) * px + np.cos(t) * pz
        qy = y - 0.62 - 0.15 * (abs(bx) - 2.6) - s * qx
        hull = max(lobe(qx, qy, qz, (0.85, 0.72, 2.5)), qy - 0.15 - 0.05 * qz * qz)
        hull = max(hull, -lobe(qx, qy - 0.25, qz, (0.72, 0.55, 2.2)))
        mast = rod(qx, qy, qz, (0.0, 0.0, 0.35), (0.0, 3.9, 0.25), 0.045) if i != 4 else 9.0
        boom = rod(qx, qy, qz, (0.0, 1.1, 0.35), (0.15, 1.35, -1.9), 0.07) if i != 4 else 9.0
        hull = min(hull, mast, boom) * 0.9
        if hull < d:
            d, m = hull, 4 + i
    lamp = cone(x, y, z - 12.6, (4.35, 4.75, 0.12, 0.2))
    if lamp < d:
        d, m = lamp, 3
    return d, m


@njit(fastmath=True)
def gate_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Wet mud, water, banded stone, painted hulls."""
    if m == 0:
        t = 0.09 + 0.12 * fbm2(x * 2.2, z * 2.2, 4)
        return t, t * 0.88, t * 0.78, 0.75, 0.0
    if m == 1:
        return 0.015, 0.02, 0.03, 1.0, 0.0
    if m == 2:
        t = 0.55 * stone(x + z, y, 0.38) * (0.55 + 0.45 * min(max(y - 0.9, 0.0), 1.0))
        ang = np.arctan2(y - 3.4, x) * 7.0
        if np.sqrt(x * x + (y - 3.4) ** 2) < 3.08 and z < 11.2 and y > 2.0 and np.floor(ang) % 2 == 0:
            return t * 0.72, t * 0.36, t * 0.26, 0.0, 0.0
        return t, t * 0.87, t * 0.7, 0.0, 0.0
    if m == 3:
        return 1.0, 0.72, 0.34, 0.0, 5.0
    t = 0.32 * (0.6 + 0.6 * fbm2(x * 5, y * 5 + z, 3))
    if m % 3 == 1:
        return t * 0.35, t * 0.7, t * 0.85, 0.0, 0.0
    if m % 3 == 2:
        return t * 1.3, t * 1.2, t, 0.0, 0.0
    return t * 1.2, t * 0.5, t * 0.32, 0.0, 0.0


def salt_gate(canvas: Canvas) -> None:
    """213: the Salt Gate at low water."""
    lamps = [
        (0.0, 4.2, 12.3, 9.5, 5.2, 1.9, 0),
        (0.0, 2.6, 20.0, 12.0, 6.0, 2.2, 0),
        (-0.7, 0.35, -0.25, 0.32, 0.22, 0.26, 1),
    ]
    scene = Scene(
        (gate_sdf, gate_surface, after_sunset),
        Camera((-0.7, 1.55, -3.6), (0.0, 2.7, 11.0), 0.88, 0.02), lamps,
        Air(haze=0.010, colour=(0.22, 0.2, 0.32), halo=0.005, ambient=(0.14, 0.16, 0.32), bump=0.025, bump_scale=1.6, reach=160.0),
    )  # fmt: skip
    scene.draw(canvas, expose=2.8)
    canvas.bloom(above=1.3, spread=6, strength=0.2)
    develop(canvas)
    finish.press(canvas, DUSK, amount=0.15)
