"""By night: the song festival, the weir at Highweir."""

import numpy as np
from numba import njit

from tools.pictures import finish
from tools.pictures.canvas import Canvas, ink, poly
from tools.pictures.march import Air, Camera
from tools.pictures.noise import fbm2, hash2, noise2
from tools.pictures.scene import Scene, develop
from tools.pictures.scenes.halls import darkness
from tools.pictures.scenes.old_quarter import stone
from tools.pictures.scenes.quarter_views import blue_hour
from tools.pictures.solids import box, cone, figure, nearest, person, rod

STAGE = [(0.0, "#07060c"), (0.3, "#2a1a35"), (0.6, "#93424a"), (0.85, "#f1bb72"), (1.0, "#fff4da")]


@njit(fastmath=True)
def festival_people(x: float, y: float, z: float, d: float, m: int) -> tuple[float, int]:
    """Crowd and bulbs."""
    if z < 12.6:
        c, r = np.floor(x / 0.62 + 0.5), np.floor(z / 0.8)
        h = hash2(int(c) + 90, int(r) + 5)
        lx, lz = x - c * 0.62 - 0.16 * (h - 0.5), z - (r + 0.5) * 0.8
        if z > 1.4:
            up = 1 if (h * 17) % 1.0 > 0.8 else 0
            p = figure(lx, y + 0.05 + 0.2 * h, lz, 0.4 * (h - 0.5), (h * 11) % 0.66, (up, 0))
            if p < d:
                d, m = p, 5
        d = min(d, 0.4) if z > 0.9 else d
    sx = nearest(x, 1.1)
    sag = 5.2 + 0.03 * (x * x) - 0.25 * abs(np.sin(z * 0.8))
    bulb = np.sqrt(sx * sx + (y - sag) ** 2 + nearest(z - 1.5, 3.0) ** 2) - 0.07
    if z < 14.0 and bulb < d:
        d, m = bulb, 6
    return d, m


@njit(fastmath=True)
def festival_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """A singer on a stage beyond a crowd, bulbs on strings above."""
    d, m = y, 0
    stage = box(x, y - 0.6, z - 17.0, (7.0, 0.62, 4.0))
    if stage < d:
        d, m = stage, 1
    back = 21.5 - z
    fold = 0.18 * np.sin(x * 3.1)
    if back + fold < d:
        d, m = (back + fold) * 0.8, 2
    beam = max(abs(nearest(z, 4.5)) - 0.16, abs(y - 6.6 + 0.1 * abs(x)) - 0.2, -99.0)
    wall = min(8.6 - abs(x), 7.6 - y)
    if min(beam, wall) < d:
        d, m = min(beam, wall), 3
    who = figure(x - 0.2, y - 1.22, z - 15.3, 3.14, 0.05, (2, 2))
    who = min(who, cone(x - 0.2, y - 1.22, z - 15.3, (0.0, 1.0, 0.42, 0.15)))
    if who < d:
        d, m = who, 4
    return festival_people(x, y, z, d, m)


@njit(fastmath=True)
def festival_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Boards, a red curtain, old beams, a pale dress."""
    if m == 1:
        t = 0.3 * (0.8 + 0.3 * fbm2(x * 6, z, 3))
        return t, t * 0.7, t * 0.45, 0.3, 0.0
    if m == 2:
        t = 0.26 + 0.16 * np.sin(x * 3.1 + 1.5)
        return t, t * 0.16, t * 0.16, 0.0, 0.0
    if m == 3:
        t = 0.2 * (0.7 + 0.5 * fbm2(x + z, y, 4))
        return t, t * 0.72, t * 0.5, 0.0, 0.0
    if m == 4:
        return (0.8, 0.74, 0.62, 0.0, 0.05) if y < 2.72 else (0.45, 0.3, 0.22, 0.0, 0.0)
    return (1.0, 0.75, 0.4, 0.0, 5.0) if m == 6 else (0.045, 0.04, 0.055, 0.0, 0.0)


def _beam(top: tuple, low: tuple) -> object:
    """The outline of a cone of light from the lamp to the boards."""
    return poly([(top[0] - 6, top[1]), (top[0] + 6, top[1]), (low[0] + 105, low[1]), (low[0] - 105, low[1])])


def festival(canvas: Canvas) -> None:
    """230: the singer and the crowd."""
    lamps = [
        (0.2, 6.6, 13.6, 70.0, 58.0, 42.0, 0),
        (-5.5, 5.8, 16.0, 10.0, 2.6, 4.0, 0),
        (5.5, 5.8, 16.0, 3.5, 3.0, 11.0, 0),
    ]
    lamps += [(x, 5.0, z, 0.9, 0.6, 0.28, 0) for x in (-3.3, 0.0, 3.3) for z in (4.5, 10.5)]
    scene = Scene(
        (festival_sdf, festival_surface, darkness), Camera((-0.7, 2.6, 3.2), (0.2, 2.75, 15.0), 1.15, 0.0), lamps,
        Air(haze=0.012, colour=(0.1, 0.04, 0.07), halo=0.0035, ambient=(0.09, 0.07, 0.1), bump=0.01, reach=40.0, soft=0.0),
    )  # fmt: skip
    depth = scene.draw(canvas, expose=1.5)
    top, low = scene.camera.project((0.2, 7.0, 14.6), canvas.tall), scene.camera.project((0.2, 1.2, 15.3), canvas.tall)
    cone_ = canvas.mask(lambda c: c.drawPath(_beam(top, low), ink()), blur=7)
    fog = canvas.fbm((5, 7), 9, octaves=5, warp=1.2)
    canvas.glow(np.where(depth > 13.5, cone_ * (0.35 + 0.8 * fog), 0).astype(np.float32), (0.36, 0.3, 0.22))
    canvas.bloom(above=1.3, spread=7, strength=0.2)
    develop(canvas)
    finish.press(canvas, STAGE, amount=0.15)


@njit(fastmath=True)
def weir_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """A stepped weir under a cathedral, two counters with lamps at the edge."""
    k = min(max(np.floor((z - 12.0) / 1.1), 0.0), 4.0)
    level = 0.55 * k if z > 12.0 else 0.0
    if z > 18.0:
        level = 2.6
    fall = 0.06 * noise2(x * 3.0, z * 6)
    d, m = (y - level - fall) * 0.55, 0
    bank = (y - 0.5 - 0.35 * noise2(x * 0.8, z * 0.8) - 0.3 * (x - 2.6) + 0.05 * max(z - 7.0, 0.0)) * 0.6
    far = (
        y - 3.2 - 4.5 * min(max((z - 40.0) / 30.0, 0.0), 1.0) - 0.8 * noise2(x * 0.15, z * 0.15) + max(40.0 - z, 0.0)
    ) * 0.5
    if min(bank, far) < d:
        d, m = min(bank, far), 1
    cx, cz = x + 9.0, z - 84.0
    nave = box(cx - 17.0, y - 14.0, cz, (17.0, 9.0, 7.0))
    gable = max((y - 31.0) * 0.6 + abs(cz) * 0.75, 22.0 - y, -cx, cx - 34.0) * 0.8
    tower = min(box(abs(cx) - 0.0, y - 22.0, abs(cz) - 6.2, (3.6, 19.0, 3.4)), 99.0)
    spire = cone(cx, y, abs(cz) - 6.2, (41.0, 57.0, 3.4, 0.1))
    front = box(cx + 6.0, y - 20.0, cz, (0.01, 0.01, 0.01))
    tw = min(
        box(cx + 3.0, y - 22.0, cz + 6.0, (3.2, 20.0, 3.2)), box(cx - 6.5, y - 22.0, cz + 6.0, (3.2, 20.0, 3.2)), 99.0
    )
    sp = min(cone(cx + 3.0, y, cz + 6.0, (42.0, 60.0, 3.4, 0.05)), cone(cx - 6.5, y, cz + 6.0, (42.0, 58.0, 3.4, 0.05)))
    butt = max(abs(nearest(cx, 5.0)) - 0.5, abs(cz + 7.5) - 1.0, y - 21.0, 10.0 - cx, cx - 33.0)
    church = min(nave, gable, butt, tw, sp, 99.0 + 0.0 * (tower + spire + front))
    if church < d:
        d, m = church, 2
    hx = np.floor(x / 5.0)
    hh = hash2(int(hx), 77)
    hz = z - 56.0 - 6.0 * hh
    lx = x - (hx + 0.5) * 5.0
    house = box(lx, y - 5.5, hz, (2.2, 3.2 + 1.6 * hh, 2.5))
    roof = max((y - 13.0 - 2.0 * hh) * 0.7 + abs(lx) * 0.7, abs(hz) - 2.6, 7.0 - y)
    if min(house, roof) * 0.8 < d and z > 46.0:
        d, m = min(house, roof) * 0.8, 3
    a = person(x - 1.95, (y - 0.42) * 1.25, z - 6.0, 1.9, 0.7)
    b = person(x - 2.9, (y - 0.75) * 1.05, z - 6.5, -1.7, 0.4)
    if min(a, b) * 0.8 < d:
        d, m = min(a, b) * 0.8, 4
    net = max(abs(np.sqrt((x - 1.15) ** 2 + (z - 5.8) ** 2) - 0.45) - 0.025, abs(y - 0.42) - 0.025)
    net = min(net, rod(x, y, z, (1.5, 0.5, 5.9), (2.2, 1.05, 6.0), 0.022))
    lamp = min(cone(x - 2.5, y, z - 5.6, (0.75, 1.0, 0.09, 0.09)), 99.0)
    if net < d:
        d, m = net, 4
    if lamp < d:
        d, m = lamp, 5
    return d, m


@njit(fastmath=True)
def weir_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """White falls, black pools, floodlit stone, dim windows."""
    if m == 0:
        fall = fbm2(x * 2.2, z * 0.6 + y * 0.8, 5)
        white = (
            min(max((fall - 0.3) * 2.6, 0.0), 1.0)
            if 11.6 < z < 17.8
            else min(max((fbm2(x * 1.1, z * 0.9, 5) - 0.5) * 5, 0.0), 1.0)
            * np.exp(-max(11.0 - z, 0.0) * 0.35)
            * (1.0 if z < 12.0 else 0.0)
        )
        return 0.02 + 0.6 * white, 0.035 + 0.62 * white, 0.05 + 0.64 * white, 1.0 - white, 0.05 * white
    if m == 1:
        t = 0.08 * (0.6 + 0.9 * fbm2(x * 2, z * 2, 4))
        return t, t * 1.05, t * 0.75, 0.0, 0.0
    if m == 2:
        t = 0.5 * stone(x + z, y, 0.9)
        lancet = abs(nearest(x + 9.0 - 2.5, 5.0)) < 0.6 and 10.0 < y < 19.0 and x > 1.0
        belfry = 30.0 < y < 38.0 and (abs(x + 12.0) < 0.9 or abs(x + 2.5) < 0.9)
        if lancet:
            return 0.9, 0.55, 0.25, 0.0, 0.9
        return (0.03, 0.03, 0.04, 0.0, 0.0) if belfry else (t, t * 0.88, t * 0.7, 0.0, 0.0)
    if m == 3:
        u, v = x / 1.1, y / 1.7
        on = (
            hash2(int(np.floor(u)), int(np.floor(v))) > 0.6
            and 0.25 < u - np.floor(u) < 0.7
            and 0.25 < v - np.floor(v) < 0.7
        )
        return (1.0, 0.65, 0.3, 0.0, 1.5) if on and ny < 0.3 else (0.12, 0.11, 0.12, 0.0, 0.0)
    return (1.0, 0.8, 0.45, 0.0, 6.0) if m == 5 else (0.06, 0.06, 0.07, 0.0, 0.0)


def weir(canvas: Canvas) -> None:
    """207: the weir at Highweir by night."""
    scene = Scene(
        (weir_sdf, weir_surface, blue_hour), Camera((-1.2, 1.75, -1.5), (0.0, 5.0, 20.0), 0.82, 0.03),
        [(2.4, 1.35, 5.5, 2.6, 1.8, 0.8, 0), (-4.0, 9.0, 60.0, 900.0, 620.0, 330.0, 0), (14.0, 9.0, 62.0, 500.0, 340.0, 190.0, 0), (-0.45, 0.7, -0.3, 0.22, 0.28, 0.42, 1)],
        Air(haze=0.006, colour=(0.12, 0.16, 0.27), ambient=(0.06, 0.08, 0.15), bump=0.08, bump_scale=1.8, reach=240.0, ground_mist=0.01),
    )  # fmt: skip
    scene.draw(canvas, expose=1.4)
    canvas.bloom(above=1.4, spread=7, strength=0.2)
    develop(canvas)
    finish.press(
        canvas, [(0.0, "#060a14"), (0.3, "#1c2b48"), (0.6, "#6d7482"), (0.85, "#e8c68e"), (1.0, "#fff6e2")], amount=0.15
    )
