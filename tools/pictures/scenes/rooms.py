"""Smaller places: the lamp-seller, the blue door, the bell chamber."""

import numpy as np
from numba import njit

from tools.pictures import finish
from tools.pictures.canvas import Canvas
from tools.pictures.march import Air, Camera
from tools.pictures.noise import fbm2, hash2, noise2
from tools.pictures.scene import Scene, develop
from tools.pictures.scenes.halls import darkness
from tools.pictures.scenes.old_quarter import NIGHT, stone
from tools.pictures.scenes.quarter_views import DUSK, after_sunset
from tools.pictures.solids import blend, box, cone, lobe, nearest, rod


@njit(fastmath=True)
def lamp_man(x: float, y: float, z: float) -> float:
    """Distance to the seller on his stool."""
    seat = min(box(x - 2.2, y - 0.25, z - 2.5, (0.3, 0.25, 0.22)), 99.0)
    body = blend(
        cone(x - 2.2, y - 0.5, (z - 2.5) * 1.1, (0.0, 0.62, 0.24, 0.19)),
        rod(x - 2.2, y - 0.5, z - 2.5, (0.16, 0.58, 0.0), (-0.16, 0.58, 0.0), 0.1),
        0.1,
    )
    legs = min(
        rod(x - 2.2, y, z - 2.5, (0.1, 0.55, 0.0), (0.13, 0.5, -0.45), 0.09),
        rod(x - 2.2, y, z - 2.5, (-0.1, 0.55, 0.0), (-0.13, 0.5, -0.45), 0.09),
    )
    shin = min(
        rod(x - 2.2, y, z - 2.5, (0.13, 0.5, -0.45), (0.12, 0.05, -0.42), 0.075),
        rod(x - 2.2, y, z - 2.5, (-0.13, 0.5, -0.45), (-0.14, 0.05, -0.5), 0.075),
    )
    arms = min(
        rod(x - 2.2, y, z - 2.5, (0.25, 1.05, 0.0), (0.12, 0.72, -0.3), 0.06),
        rod(x - 2.2, y, z - 2.5, (-0.25, 1.05, 0.0), (-0.08, 0.74, -0.32), 0.06),
    )
    sitter = min(
        blend(blend(body, min(legs, shin), 0.06), arms, 0.05),
        np.sqrt((x - 2.2) ** 2 + ((y - 1.36) ** 2) * 0.82 + (z - 2.44) ** 2) - 0.12,
    )
    sitter = min(sitter, cone(x - 2.2, y, z - 2.46, (1.43, 1.52, 0.125, 0.11)))
    return min(sitter, seat)


@njit(fastmath=True)
def lamp_glass(k: int, s: float, fx: float, fy: float, fz: float) -> float:
    """Distance to a lamp glass of the shape k and the size s."""
    if k == 0:
        g = lobe(fx, fy, fz, (s, s * 1.25, s))
    elif k == 1:
        g = cone(fx, fy, fz, (-s * 1.2, s * 0.9, s * 0.5, s))
    elif k == 2:
        g = blend(
            lobe(fx, fy + 0.04, fz, (s, s * 0.8, s)),
            rod(fx, fy, fz, (0.0, 0.0, 0.0), (0.0, s * 1.3, 0.0), s * 0.35),
            0.06,
        )
    else:
        g = max(box(fx, fy, fz, (s * 0.75, s * 1.15, s * 0.75)), (abs(fx) + abs(fz)) * 0.7 - s * 0.8)
    return g


@njit(fastmath=True)
def lamps_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """A shop front full of hanging lamps; the seller sits in the doorway."""
    d, m = y, 0
    wall = 3.0 - z
    window = max(abs(x + 0.7) - 2.15, abs(y - 1.75) - 1.15, abs(z - 3.0) - 0.5)
    rise = np.sqrt((x - 2.35) ** 2 + max(y - 2.1, 0.0) ** 2) - 0.62
    wall = max(wall, -min(window, max(rise, abs(z - 3.0) - 0.6)))
    frame = max(
        max(min(abs(abs(x + 0.7) - 2.15), abs(nearest(x + 0.7, 1.43))), abs(x + 0.7) - 2.2) - 0.05,
        abs(y - 1.75) - 1.2,
        abs(z - 3.0) - 0.08,
    )
    frame = min(frame, max(abs(x + 0.7) - 2.2, min(abs(y - 0.6), abs(y - 2.9)) - 0.06, abs(z - 2.95) - 0.14))
    if wall < d:
        d, m = wall, 1
    if frame < d:
        d, m = frame, 2
    room = min(6.0 - z, 3.4 - y, 3.6 - abs(x))
    if room < d:
        d, m = room, 3
    lit = z > 2.35 and z < 5.6
    if lit:
        cx, cy, cz = np.floor(x / 0.43), np.floor(y / 0.4), np.floor(z / 0.9)
        h = hash2(int(cx) + 13 * int(cz), int(cy) + 3)
        ok = h > 0.1 and cz >= 3 and cx >= -6 and cx <= 2 and cy >= 2 and cy <= 6
        fx = x - (cx + 0.5) * 0.43 - 0.1 * (h - 0.5)
        fy = y - (cy + 0.5) * 0.4 - 0.03 * ((h * 7) % 1.0 - 0.5)
        fz = z - (cz + 0.5) * 0.9
        if ok:
            s = 0.08 + 0.035 * ((h * 11) % 1.0)
            k = int(h * 37) % 4
            g = lamp_glass(k, s, fx, fy, fz)
            if g * 0.85 < d:
                d, m = g * 0.85, 10 + int(h * 900)
            cord = max(np.sqrt(fx * fx + fz * fz) - 0.008, s - fy, fy - 0.3)
            cap = cone(fx, fy, fz, (s * 1.0, s * 1.3, s * 0.4, 0.01))
            if min(cord, cap) < d:
                d, m = min(cord, cap), 2
        edge = min(0.225 - abs(x - (cx + 0.5) * 0.43), 0.21 - abs(y - (cy + 0.5) * 0.4), 0.46 - abs(fz))
        d = min(d, max(edge, 0.015) + 0.02)
    else:
        d = min(d, max(abs(z - 3.95) - 1.58, 0.03))
    seller = lamp_man(x, y, z)
    if seller < d:
        d, m = seller, 4
    return d, m


@njit(fastmath=True)
def lamps_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Glass in amber, red, green and blue; dark wood, old plaster."""
    if m >= 10:
        h = ((m - 10) / 900.0 * 53.0) % 1.0
        web = 0.45 + 0.75 * (1.0 if noise2(x * 42, y * 42) > 0.46 else 0.35)
        if h < 0.42:
            return 1.0, 0.45, 0.08, 0.1, 1.1 * web
        if h < 0.6:
            return 1.0, 0.10, 0.05, 0.1, 1.0 * web
        if h < 0.76:
            return 0.04, 0.55, 0.25, 0.1, 0.9 * web
        return (0.04, 0.2, 0.9, 0.1, 1.0 * web) if h < 0.9 else (1.0, 0.8, 0.5, 0.1, 1.1 * web)
    if m == 0:
        t = 0.16 * stone(x, z, 0.5)
        return t, t * 0.92, t * 0.85, 0.6, 0.0
    if m == 1:
        t = 0.34 * (0.6 + 0.6 * fbm2(x * 1.5, y * 1.5, 5)) * (0.6 + 0.4 * stone(x, y, 0.33))
        return t, t * 0.86, t * 0.7, 0.0, 0.0
    if m == 3:
        t = 0.25 * (0.7 + 0.5 * fbm2(x * 2, y * 2, 3))
        return t, t * 0.6, t * 0.38, 0.0, 0.0
    if m == 4:
        return (
            (0.34, 0.22, 0.16, 0.0, 0.0)
            if 1.25 < y < 1.43
            else ((0.13, 0.13, 0.17, 0.0, 0.0) if y < 1.25 else (0.4, 0.08, 0.07, 0.0, 0.0))
        )
    return 0.09, 0.05, 0.035, 0.0, 0.0


def lamp_seller(canvas: Canvas) -> None:
    """212: forty lamps in a window."""
    lamps = [
        (-2.2, 2.0, 3.3, 2.2, 1.2, 0.42, 0),
        (-0.8, 1.5, 3.2, 2.0, 0.9, 0.35, 0),
        (0.7, 2.1, 3.3, 2.2, 1.2, 0.5, 0),
    ]
    lamps += [
        (-0.8, 2.2, 2.3, 1.5, 0.85, 0.4, 0),
        (2.3, 2.2, 3.6, 1.5, 0.8, 0.3, 0),
        (0.9, 1.6, 2.0, 0.8, 0.45, 0.2, 0),
        (0.3, 0.7, -0.6, 0.07, 0.1, 0.2, 1),
    ]
    scene = Scene(
        (lamps_sdf, lamps_surface, darkness), Camera((0.35, 1.6, -2.2), (0.2, 1.6, 3.0), 0.88, 0.0), lamps,
        Air(haze=0.006, colour=(0.06, 0.06, 0.1), halo=0.003, ambient=(0.035, 0.045, 0.085), bump=0.03, bump_scale=6.0, reach=30.0),
    )  # fmt: skip
    scene.draw(canvas, expose=2.3)
    canvas.bloom(above=1.0, spread=6, strength=0.22)
    develop(canvas)
    finish.press(canvas, NIGHT, amount=0.06)


@njit(fastmath=True)
def door_things(x: float, y: float, z: float, d: float, m: int) -> tuple[float, int]:
    """Studs, ring, step, lamp, pot and plant."""
    lamp = min(
        rod(x, y, z, (-1.45, 2.75, 2.0), (-1.45, 2.85, 1.45), 0.018),
        rod(x, y, z, (-1.45, 2.5, 2.0), (-1.45, 2.8, 1.6), 0.014),
    )
    lx, lz = x + 1.45, z - 1.45
    lamp = min(
        lamp,
        cone(lx, y, lz, (2.66, 2.76, 0.16, 0.02)),
        max(
            abs(np.sqrt(lx * lx + lz * lz) - 0.1 - 0.03 * (y - 2.4)) - 0.012,
            abs(y - 2.52) - 0.15,
            abs(nearest(np.arctan2(lx, lz), 1.57)) - 0.14,
        ),
    )
    pot = blend(
        lobe(x + 1.5, y - 0.26, z - 1.62, (0.24, 0.27, 0.24)),
        rod(x, y, z, (-1.5, 0.4, 1.62), (-1.5, 0.58, 1.62), 0.13),
        0.08,
    )
    if lamp < d:
        d, m = lamp, 4
    if pot < d:
        d, m = pot, 5
    leafs = (
        np.sqrt((x + 1.5) ** 2 + (y - 1.05) ** 2 * 0.7 + (z - 1.6) ** 2)
        - 0.3
        - 0.2 * (noise2(x * 16 + z * 9, y * 16) - 0.2)
    )
    if leafs * 0.5 < d:
        d, m = leafs * 0.5, 6
    return d, m


@njit(fastmath=True)
def door_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """A blue door in a white wall, flood marks, a lamp bracket."""
    d, m = y, 0
    wall = 2.0 - z + 0.02 * fbm2(x * 2.5, y * 2.5, 4)
    bow = np.sqrt((abs(x) + 0.45) ** 2 + max(y - 1.75, 0.0) ** 2) - 1.3
    hole = max(bow, abs(x) - 0.85)
    wall = max(wall, -max(hole, abs(z - 2.0) - 0.3))
    frame = max(hole - 0.24, -hole, abs(z - 1.98) - 0.06)
    marks = max(
        min(abs(y - 0.85), abs(y - 1.12), abs(y - 1.36), abs(y - 1.98)) - 0.013,
        abs(x - 1.52) - 0.24,
        abs(z - 2.0) - 0.035,
    )
    wall = max(wall, -marks)
    if wall * 0.9 < d:
        d, m = wall * 0.9, 1
    slab = box(x - 1.52, y - 1.35, z - 2.02, (0.33, 0.95, 0.03))
    slab = max(slab, -marks)
    if min(frame, slab) < d:
        d, m = min(frame, slab), 2
    plank = 0.008 if abs(nearest(x, 0.283)) < 0.01 else 0.0
    leaf = 2.2 - z + plank
    if leaf < d:
        d, m = leaf, 3
    sx, sy = nearest(x - 0.1415, 0.283), nearest(y - 0.2, 0.36)
    stud = np.sqrt(sx * sx + sy * sy + (z - 2.2) ** 2) - 0.03
    ring = np.sqrt((np.sqrt((x - 0.3) ** 2 + (y - 1.1) ** 2) - 0.085) ** 2 + (z - 2.15) ** 2) - 0.016
    if min(stud, ring) < d:
        d, m = min(stud, ring), 4
    step = box(x, y - 0.08, z - 1.85, (1.25, 0.1, 0.34))
    if step < d:
        d, m = step, 2
    return door_things(x, y, z, d, m)


@njit(fastmath=True)
def door_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Lime plaster that flakes, worn blue paint, sandstone."""
    if m == 1:
        flake = min(max((fbm2(x * 1.6 + 4, y * 1.6, 6) - 0.6) * 16, 0.0), 1.0)
        damp = min(max((0.55 + 0.3 * fbm2(x * 2, 1.0, 3) - y) * 2.2, 0.0), 1.0)
        t = (0.78 - 0.2 * flake - 0.22 * damp) * (0.9 + 0.2 * fbm2(x * 6, y * 6, 3))
        return t, t * (0.97 - 0.08 * flake), t * (0.9 - 0.18 * flake), 0.0, 0.0
    if m == 2:
        t = 0.5 * stone(x + z, y, 0.31)
        return t, t * 0.85, t * 0.64, 0.0, 0.0
    if m == 3:
        w = min(max((fbm2(x * 7, y * 1.3, 5) - 0.56) * 9, 0.0), 1.0)
        t = 0.8 + 0.35 * fbm2(x * 12, y * 1.5, 4)
        return (0.05 + 0.28 * w) * t, (0.2 + 0.15 * w) * t, (0.42 - 0.12 * w) * t, 0.0, 0.0
    if m == 5:
        return 0.5, 0.22, 0.11, 0.0, 0.0
    if m == 6:
        t = 0.5 + noise2(x * 25, y * 25)
        return 0.09 * t, 0.2 * t, 0.07 * t, 0.0, 0.0
    if m == 0:
        t = 0.4 * stone(x, z, 0.4)
        return t, t * 0.9, t * 0.76, 0.0, 0.0
    return 0.04, 0.04, 0.045, 0.0, 0.0


def blue_door(canvas: Canvas) -> None:
    """235: the door with the flood marks."""
    scene = Scene(
        (door_sdf, door_surface, darkness), Camera((0.15, 1.5, -2.6), (0.12, 1.5, 2.0), 1.12, 0.0),
        [(-0.62, 0.62, -0.5, 3.6, 2.9, 2.0, 1)], Air(ambient=(0.34, 0.42, 0.58), reach=30.0),
    )  # fmt: skip
    scene.draw(canvas, expose=0.82)
    develop(canvas)
    shade = canvas.fbm((3.2, 3.2), 8, octaves=4, warp=1.5)
    canvas.shade(np.clip((shade - 0.52) * 8, 0, 1) * np.clip((canvas.x - 560) / 300, 0, 1) * 0.55, "#7f93b5")
    finish.press(canvas, [(0.0, "#10182a"), (0.35, "#3f5a80"), (0.7, "#d9c8a6"), (1.0, "#fffaf0")], amount=0.12)


@njit(fastmath=True)
def bells_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """A stone bell chamber, two great bells on oak headstocks, arched openings."""
    wall = min(4.0 - abs(x), 6.0 - z)
    low = np.sqrt(nearest(x, 2.6) ** 2 + max(y - 2.6, 0.0) ** 2) - 0.82
    side = np.sqrt((z - 3.0) ** 2 + max(y - 2.6, 0.0) ** 2) - 0.95
    hole = min(max(low, 0.7 - y, abs(z - 6.0) - 0.9), max(side, 0.7 - y, abs(abs(x) - 4.0) - 0.9))
    d, m = max(wall, -wall - 0.8, -hole), 1
    if min(y, 6.2 - y) < d:
        d, m = min(y, 6.2 - y), 1
    for i in range(2):
        bx, bz, s, tilt = (-0.85, 1.6)[i], (2.5, 3.7)[i], (1.0, 0.72)[i], (0.16, -0.24)[i]
        px, py, pz = (x - bx) / s, (y - 4.0) / s, (z - bz) / s
        qx, qy = np.cos(tilt) * px + np.sin(tilt) * py, -np.sin(tilt) * px + np.cos(tilt) * py
        r = np.sqrt(qx * qx + pz * pz)
        k = min(max(-qy / 1.9, 0.0), 1.0)
        prof = 0.42 + 0.22 * k + 0.42 * k**5 - 0.16 * np.exp(-k * 14)
        shell = max(abs(r - prof) - 0.05, qy, -qy - 1.9)
        band = max(abs(r - prof) - 0.075, min(abs(k - 0.9), abs(k - 0.14), abs(k - 0.72), abs(k - 0.2)) - 0.012)
        lid = max(abs(qy + 0.02) - 0.06, r - 0.3)
        tongue = min(
            rod(qx, qy, pz, (0.0, -0.3, 0.0), (0.12, -1.85, 0.0), 0.05),
            np.sqrt((qx - 0.13) ** 2 + (qy + 1.8) ** 2 + pz * pz) - 0.14,
        )
        bell = min(shell, band, lid, tongue) * s * 0.7
        if bell < d:
            d, m = bell, 2
        stock = min(
            box(qx, qy - 0.3, pz, (0.85, 0.28, 0.2)) * s,
            box(x, y - 4.28 * 1.0, z - bz, (4.0, 0.12, 0.14)) if i == 0 else box(x, y - 4.22, z - bz, (4.0, 0.1, 0.12)),
        )
        wheel = max(abs(np.sqrt(qx * qx + (qy - 0.2) ** 2) - 1.05) - 0.05, abs(pz - 0.75) - 0.05) * s
        spoke = (
            max(min(abs(qx), abs(qy - 0.2)) - 0.035, np.sqrt(qx * qx + (qy - 0.2) ** 2) - 1.05, abs(pz - 0.75) - 0.03)
            * s
        )
        if min(stock, wheel, spoke) * 0.8 < d:
            d, m = min(stock, wheel, spoke) * 0.8, 3
    rope = min(
        rod(x, y, z, (-1.9, 0.0, 3.3), (-1.88, 4.0, 3.25), 0.022),
        rod(x, y, z, (2.35, 0.0, 4.25), (2.34, 4.0, 4.24), 0.02),
    )
    if rope < d:
        d, m = rope, 3
    return d, m


@njit(fastmath=True)
def bells_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Sandstone, bronze with verdigris, oak."""
    if m == 1:
        t = 0.5 * stone(x + z, y if abs(ny) < 0.5 else z, 0.42)
        return t, t * 0.86, t * 0.68, 0.0, 0.0
    if m == 2:
        g = min(max((fbm2(x * 4 + z * 3, y * 2.2, 5) - 0.46) * 6, 0.0), 1.0)
        return 0.3 - 0.13 * g, 0.17 + 0.1 * g, 0.07 + 0.13 * g, 0.8, 0.0
    t = 0.22 + 0.2 * fbm2(x * 2, y * 12 + z * 12, 4)
    return t, t * 0.66, t * 0.42, 0.0, 0.0


def tide_bells(canvas: Canvas) -> None:
    """217: two bells in the evening light."""
    scene = Scene(
        (bells_sdf, bells_surface, after_sunset), Camera((0.35, 1.75, -1.9), (0.25, 2.75, 4.0), 0.8, 0.0),
        [(0.8, 0.22, 0.42, 9.0, 5.2, 2.4, 1), (0.6, 1.6, -1.4, 6.0, 5.0, 4.4, 0)],
        Air(haze=0.012, colour=(0.4, 0.3, 0.26), ambient=(0.20, 0.19, 0.25), reach=200.0),
    )  # fmt: skip
    depth = scene.draw(canvas, expose=1.8)
    canvas.glow(
        np.clip(scene.beams(canvas, np.minimum(depth, 9), (0.8, 0.22, 0.42, 9.0), 22), 0, 6), (0.11, 0.07, 0.036)
    )
    develop(canvas)
    finish.press(canvas, DUSK, amount=0.12)
