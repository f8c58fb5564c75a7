"""Interiors with depth: machine gallery, library roof, covered market, fish market."""

import numpy as np
from numba import njit

from tools.pictures import finish
from tools.pictures.canvas import Canvas, ink
from tools.pictures.march import Air, Camera
from tools.pictures.noise import fbm2, hash2, noise2
from tools.pictures.scene import Scene, develop
from tools.pictures.solids import box, cone, lobe, nearest, person, rod

COLD = [(0.0, "#05090c"), (0.35, "#1f3a40"), (0.65, "#7f9184"), (0.88, "#ead9a6"), (1.0, "#fffbe9")]
OAK = [(0.0, "#0c0706"), (0.3, "#39231a"), (0.6, "#8f6440"), (0.85, "#e6c289"), (1.0, "#fff6dc")]
ICE = [(0.0, "#050a14"), (0.3, "#173049"), (0.6, "#5d8396"), (0.85, "#e1cfa3"), (1.0, "#fffaf0")]


@njit(fastmath=True)
def gallery_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """A vaulted concrete gallery with pipes and water on the floor."""
    hall = min(2.3 - abs(x), 3.3 - np.sqrt(x * x * 0.35 + max(y - 0.6, 0.0) ** 2))
    rib = 0.24 * min(max((0.5 - abs(nearest(z, 3.0))) / 0.2, 0.0), 1.0)
    d, m = (hall - rib) * 0.6, 0
    if y - 0.3 < d:
        d, m = y - 0.3, 1
    for k in range(4):
        px, py, r = (-2.0, -1.95, -2.0, 2.05)[k], (1.0, 1.55, 2.05, 2.2)[k], (0.2, 0.13, 0.09, 0.12)[k]
        pipe = np.sqrt((x - px) ** 2 + (y - py) ** 2) - (r + (0.05 if abs(nearest(z + 0.7 * k, 2.0)) < 0.07 else 0.0))
        if pipe < d:
            d, m = pipe, 2 if k != 1 else 4
    wheel = abs(np.sqrt((y - 1.25) ** 2 + (z - 5.2) ** 2) - 0.28) + abs(x + 1.55) * 1.0 - 0.06
    if wheel * 0.6 < d:
        d, m = wheel * 0.6, 4
    lz = nearest(z - 1.5, 6.0)
    tube = box(x - 0.5, y - 3.05, lz, (0.09, 0.05, 0.7))
    if tube < d:
        d, m = tube, 3
    a, b = person(x - 0.35, y - 0.1, z - 8.2, 1.9, 0.9), person(x + 0.55, y - 0.12, z - 7.2, 1.2, 0.7)
    if min(a, b) < d:
        d, m = min(a, b), 5
    return d, m


@njit(fastmath=True)
def gallery_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Weeping concrete, black water, painted pipes, orange jackets."""
    if m == 0:
        t = 0.42 * (0.6 + 0.7 * fbm2(z * 0.9, y * 0.5 + x, 5)) * (0.6 + 0.4 * min(max((y - 0.7) * 1.3, 0.0), 1.0))
        t *= 1.0 - 0.5 * max(0.0, fbm2(z * 2.4, y * 0.25, 4) - 0.5) * 3
        return t * 0.92, t, t * 0.93, 0.0, 0.0
    if m == 1:
        return 0.015, 0.03, 0.035, 1.0, 0.0
    if m == 3:
        return 0.9, 1.0, 0.85, 0.0, 5.0
    if m == 5:
        vest = y > 0.95 and y < 1.45
        cap = y > 1.72
        return (
            (0.75, 0.26, 0.05, 0.0, 0.06)
            if vest
            else ((0.8, 0.75, 0.6, 0.0, 0.1) if cap else (0.05, 0.06, 0.07, 0.0, 0.0))
        )
    t = 0.5 + 0.4 * noise2(z * 3, y * 8)
    return (0.34 * t, 0.07 * t, 0.06 * t, 0.05, 0.0) if m == 4 else (0.12 * t, 0.22 * t, 0.22 * t, 0.05, 0.0)


@njit(fastmath=True)
def darkness(dx: float, dy: float, dz: float) -> tuple[float, float, float]:
    """Nothing to see."""
    return 0.02, 0.025, 0.03


def machine_gallery(canvas: Canvas) -> None:
    """202: the second leak."""
    lamps = [(0.5, 2.85, 1.5 + 6.0 * k, 2.6, 3.0, 2.3, 0) for k in (0, 1, 2, 3, 4)]
    lamps += [(0.25, 1.95, 7.2, 2.4, 2.0, 1.3, 0)]
    camera = Camera((-0.7, 1.75, -0.4), (0.15, 1.45, 9.0), 0.82, 0.0)
    scene = Scene(
        (gallery_sdf, gallery_surface, darkness), camera, lamps,
        Air(haze=0.02, colour=(0.05, 0.09, 0.09), halo=0.01, ambient=(0.03, 0.045, 0.05), bump=0.09, bump_scale=2.6, reach=60.0),
    )  # fmt: skip
    scene.draw(canvas, expose=1.7)
    x, y, s = camera.project((2.25, 1.75, 7.8), canvas.tall)
    rng = np.random.default_rng(2)

    def jets(c: object) -> None:
        for _ in range(900):
            a, v = rng.normal(0, 0.34), 0.75 + 0.6 * rng.random()
            px, py, last = x, y + rng.normal(0, 5), None
            for k in range(14):
                t = k / 13
                here = (px - s * v * t * np.cos(a) * 1.35, py + s * (a * 0.9 * t + 1.25 * t * t))
                if last and rng.random() > 0.25:
                    c.drawLine(
                        *map(float, last),
                        *map(float, here),
                        ink("#f4f7ee", 0.10 + 0.16 * (1 - t), stroke=0.5 + 0.6 * t),
                    )
                last = here

    canvas.lay(jets)
    canvas.glow(canvas.mask(lambda c: c.drawCircle(x - s * 0.6, y + s * 0.5, s * 0.8, ink()), blur=26), "#9fb3a8", 0.25)
    canvas.bloom(above=1.5, spread=6, strength=0.2)
    develop(canvas)
    finish.press(canvas, COLD, amount=0.3)


@njit(fastmath=True)
def roof_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """A long attic of oak trusses with one open bay in the boarding."""
    slope = (7.2 - y - abs(x) * 1.02) * 0.7
    d, m = slope, 0
    hole = max(abs(z - 8.6) - 0.75, abs(x - 3.1) - 0.9, 0.5 - x)
    hole2 = max(abs(z - 15.6) - 0.5, abs(x - 3.1) - 0.8, 0.5 - x)
    d = max(slope, -(slope + 0.25), -min(hole, hole2))
    board = y - 0.02 * (1.0 if abs(nearest(x, 0.34)) < 0.012 else 0.0)
    if board < d:
        d, m = board, 1
    lz = nearest(z - 1.2, 2.4)
    wob = 0.03 * (noise2(y * 0.9 + z, x * 0.9) - 0.5)
    ax = abs(x)
    raft = max(abs((7.0 - y - ax * 1.02) * 0.7) - 0.14 + wob, abs(lz) - 0.11)
    tie = max(abs(y - 2.62) - 0.17 + wob, abs(lz) - 0.13, ax - 5.0)
    collar = max(abs(y - 4.75) - 0.13, abs(lz) - 0.1, ax - 2.6)
    king = max(ax - 0.13 + wob, abs(lz) - 0.12, 2.6 - y, y - 7.0)
    brace = rod(ax, y, lz, (0.1, 2.9, 0.0), (1.7, 4.7, 0.0), 0.1)
    brace = min(brace, rod(ax, y, lz, (3.4, 0.0, 0.0), (2.6, 2.6, 0.0), 0.13))
    curve = max(abs(np.sqrt((ax - 1.2) ** 2 + (y - 0.6) ** 2) - 2.6) - 0.1, abs(lz) - 0.09, 1.2 - ax, 0.7 - y)
    wood = min(raft, tie, collar, king, brace, curve)
    purlin = min(rod(ax, y, 0.0, (2.3, 4.45, -1.0), (2.3, 4.45, 1.0), 0.12), 9.0)
    wood = min(wood, np.sqrt((ax - 2.3) ** 2 + (y - 4.45) ** 2) - 0.12 + 0.0 * purlin)
    if wood * 0.9 < d:
        d, m = wood * 0.9, 2
    who = person(x - 0.55, y, z - 8.4, 2.4, 0.7)
    if who < d:
        d, m = who, 3
    bench = min(
        box(x + 1.7, y - 0.78, z - 7.0, (0.9, 0.05, 0.35)), box(abs(x + 1.7) - 0.75, y - 0.4, z - 7.0, (0.05, 0.4, 0.3))
    )
    bench = min(bench, rod(x, y, z, (-2.3, 0.95, 6.9), (-1.0, 0.92, 7.15), 0.06))
    ladder = min(
        rod(x, y, z, (2.2, 0.0, 7.2), (1.5, 5.2, 7.4), 0.04),
        rod(x, y, z, (2.7, 0.0, 7.2), (2.0, 5.2, 7.4), 0.04),
        bench,
    )
    if ladder < d:
        d, m = ladder, 2
    return d, m


@njit(fastmath=True)
def roof_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Old oak with a long grain."""
    if m == 3:
        return (0.10, 0.12, 0.17, 0.0, 0.0) if y < 1.4 else (0.45, 0.28, 0.2, 0.0, 0.0)
    grain = fbm2(x * 7 + y * 2, z * (0.8 if m == 1 else 6) + y * 3, 5)
    t = 0.24 + 0.28 * grain
    return (t * 1.05, t * 0.7, t * 0.45, 0.0, 0.0) if m else (t * 0.7, t * 0.5, t * 0.36, 0.0, 0.0)


@njit(fastmath=True)
def bright_day(dx: float, dy: float, dz: float) -> tuple[float, float, float]:
    """A white winter sky."""
    return 1.15, 1.2, 1.22


def library_roof(canvas: Canvas) -> None:
    """225: oak trusses and a shaft of light."""
    scene = Scene(
        (roof_sdf, roof_surface, bright_day), Camera((-1.0, 1.75, 1.35), (0.2, 2.75, 10.0), 0.72, 0.0),
        [(0.62, 0.72, -0.06, 7.0, 5.4, 3.4, 1), (-1.0, 3.0, 3.0, 1.6, 1.1, 0.65, 0), (0.5, 3.5, 20.0, 3.0, 2.2, 1.4, 0)],
        Air(haze=0.018, colour=(0.10, 0.07, 0.045), ambient=(0.30, 0.24, 0.19), reach=60.0),
    )  # fmt: skip
    depth = scene.draw(canvas, expose=1.7)
    canvas.glow(np.clip(scene.beams(canvas, depth, (0.62, 0.72, -0.06, 14.0), 26), 0, 9), (0.3, 0.235, 0.145))
    develop(canvas)
    finish.press(canvas, OAK, amount=0.25)


@njit(fastmath=True)
def market_stalls(x: float, y: float, z: float, d: float, m: int) -> tuple[float, int]:
    """Stalls, fruit, awnings, shoppers and lamps."""
    cx, cz = np.floor(x / 1.05), np.floor(z / 1.5)
    h = hash2(int(cx) + 31, int(cz) + 11)
    if abs(x) < 2.1 and z > 4.4:
        if h > 0.3:
            p = person(
                x - (cx + 0.35 + 0.3 * h) * 1.05,
                y,
                z - (cz + 0.3 + 0.4 * ((h * 7) % 1.0)) * 1.5,
                6.28 * ((h * 5) % 1.0),
                (h * 13) % 1.0,
            )
            if p < d:
                d, m = p, 20 + int(h * 1000)
        d = min(d, 0.35) if d > 0.35 else d
    lamp = max(np.sqrt(x * x + (y - 4.3) ** 2 + nearest(z - 4.5, 5.0) ** 2) - 0.17, -9.0)
    if lamp < d:
        d, m = lamp, 6
    return d, m


@njit(fastmath=True)
def market_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """An iron hall: columns, arched girders, stalls with heaps, people in the aisle."""
    d, m = y, 0
    lz, ax = nearest(z - 2.0, 5.0), abs(x)
    col = min(np.sqrt((ax - 4.3) ** 2 + lz * lz) - 0.11, 99.0)
    col = max(col, y - 6.0)
    rise = np.sqrt(x * x + max(y - 4.2, 0.0) ** 2)
    girder = max(abs(rise - 4.55) - 0.13, abs(lz) - 0.08, 4.0 - y)
    girder2 = max(abs(rise - 5.2) - 0.06, abs(lz) - 0.06, 4.2 - y)
    web = max(abs(rise - 4.87) - 0.3, abs(lz) - 0.03, 4.2 - y, abs(nearest(np.arctan2(x, y - 4.2) * 5.0, 0.55)) - 0.04)
    bar = max(
        abs(rise - 5.3) - 0.05,
        min(abs(nearest(np.arctan2(x, max(y - 4.2, 0.01)) * 5.3, 1.1)) - 0.05, abs(nearest(z, 1.25)) - 0.04),
    )
    iron = min(col, girder, girder2, web, max(bar, 4.2 - y))
    if iron * 0.8 < d:
        d, m = iron * 0.8, 1
    side = max(abs(ax - 8.2) - 0.2, y - 5.2, -max(abs(nearest(z, 5.0)) - 1.7, abs(y - 3.2) - 1.4))
    if side < d:
        d, m = side, 2
    sz = nearest(z, 2.5)
    stall = min(box(ax - 3.3, y - 0.45, sz, (0.9, 0.45, 1.05)), rod(ax, y, sz, (4.1, 0.0, 1.1), (4.1, 2.5, 1.1), 0.04))
    sx = nearest(ax - 3.3, 0.24)
    sq = nearest(sz, 0.24)
    heap = 0.98 + 0.28 * (1 - abs(nearest(sz, 0.72)) / 0.36) * (1 - abs(ax - 3.3) / 0.95)
    fruit = max(np.sqrt(sx * sx + sq * sq + (y - heap) ** 2) - 0.135, abs(ax - 3.3) - 0.85)
    cloth = max(abs(y - 2.55 - (ax - 4.2) * 0.28 - 0.03 * np.sin(sz * 9)) - 0.02, abs(ax - 3.3) - 1.15, abs(sz) - 1.15)
    if stall < d:
        d, m = stall, 3
    if fruit * 0.7 < d:
        d, m = fruit * 0.7, 4
    if cloth * 0.8 < d:
        d, m = cloth * 0.8, 5
    return market_stalls(x, y, z, d, m)


@njit(fastmath=True)
def fruit_colour(k: int) -> tuple[float, float, float, float, float]:
    """Oranges, apples, lemons, limes or figs."""
    c = hash2(k, 4)
    if c < 0.22:
        return 0.75, 0.28, 0.03, 0.0, 0.0
    if c < 0.42:
        return 0.62, 0.08, 0.06, 0.0, 0.0
    if c < 0.62:
        return 0.72, 0.6, 0.08, 0.0, 0.0
    return (0.22, 0.4, 0.08, 0.0, 0.0) if c < 0.82 else (0.26, 0.08, 0.2, 0.0, 0.0)


@njit(fastmath=True)
def market_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Green iron, striped awnings, fruit in heaps, coats."""
    if m == 0:
        k = (int(np.floor(x / 0.6)) + int(np.floor(z / 0.6))) % 2
        t = (0.34 if k else 0.24) * (0.8 + 0.4 * fbm2(x, z, 4))
        return t, t * 0.95, t * 0.86, 0.35, 0.0
    if m == 1:
        return 0.07, 0.16, 0.14, 0.0, 0.0
    if m == 2:
        return 0.42, 0.35, 0.27, 0.0, 0.0
    if m == 3:
        return 0.18, 0.11, 0.07, 0.0, 0.0
    if m == 4:
        k = int(np.floor(nearest(z, 2.5) / 0.72 + 2.5)) + int(np.floor(z / 2.5 + 0.5)) * 3 + (5 if x > 0 else 0)
        return fruit_colour(k)
    if m == 5:
        return (0.7, 0.66, 0.56, 0.0, 0.06) if int(np.floor(z / 0.3)) % 2 else (0.5, 0.1, 0.09, 0.0, 0.03)
    if m == 6:
        return 1.0, 0.9, 0.7, 0.0, 2.5
    h = (m - 20) / 1000.0
    if y > 1.5:
        s = 0.2 + 0.35 * ((h * 17) % 1.0)
        return s, s * 0.68, s * 0.5, 0.0, 0.0
    k, t = (h * 23) % 1.0, 0.05 + 0.12 * ((h * 31) % 1.0)
    if k > 0.8:
        return 0.42, 0.12, 0.08, 0.0, 0.0
    return (t * 0.8, t * 1.3, t * 1.8, 0.0, 0.0) if k > 0.5 else (t, t * 0.9, t * 0.85, 0.0, 0.0)


def covered_market(canvas: Canvas) -> None:
    """229: the hall on its first morning."""
    scene = Scene(
        (market_sdf, market_surface, bright_day), Camera((-0.55, 2.35, -1.6), (0.2, 2.75, 10.0), 0.78, 0.0),
        [(0.62, 0.7, 0.36, 3.6, 2.9, 1.9, 1), (-0.6, 0.7, -0.3, 0.35, 0.42, 0.5, 1)],
        Air(haze=0.016, colour=(0.55, 0.5, 0.4), ambient=(0.22, 0.24, 0.26), bump=0.02, reach=80.0),
    )  # fmt: skip
    depth = scene.draw(canvas, expose=0.95)
    beams = np.clip(scene.beams(canvas, np.minimum(depth, 30), (0.62, 0.7, 0.36, 12.0), 24), 0, 14)
    canvas.glow(beams, (0.042, 0.035, 0.023))
    develop(canvas)
    finish.press(
        canvas, [(0.0, "#0b1210"), (0.3, "#33423a"), (0.6, "#9a8a66"), (0.85, "#edd6a2"), (1.0, "#fffbef")], amount=0.15
    )


@njit(fastmath=True)
def fish_buyers(x: float, y: float, z: float, d: float, m: int) -> tuple[float, int]:
    """Buyers, walls and lamps behind the boxes."""
    ax = nearest(x - 0.4, 0.95)
    c2 = np.floor((x - 0.4) / 0.95 + 0.5)
    for r in range(2):
        zz = 7.9 + 1.2 * r
        h = hash2(int(c2) + 17 * r, 3 + r)
        if h > 0.22:
            p = person(ax + 0.2 * (h - 0.5), y + 0.0, z - zz - 0.4 * h, 3.14 + 1.4 * (h - 0.5), (h * 9) % 1.0)
            if p < d:
                d, m = p, 5
    back = min(16.0 - z, 99.0)
    post = max(np.sqrt(nearest(x, 5.0) ** 2 + (z - 11.5) ** 2) - 0.22, y - 4.4)
    arch = max(abs(z - 11.5) - 0.3, y - 6.0, 4.3 - np.sqrt(nearest(x - 2.5, 5.0) ** 2 * 3.0 + max(y - 0.2, 0.0) ** 2))
    if min(back, post, arch) < d:
        d, m = min(back, post, arch), 4
    lx, lz = nearest(x, 2.6), nearest(z - 3.2, 3.4)
    if z < 10.0:
        shade = max(cone(lx, y, lz, (2.95, 3.22, 0.34, 0.08)), -cone(lx, y, lz, (2.9, 3.18, 0.32, 0.05)))
        shade = min(shade, rod(lx, y, lz, (0.0, 3.2, 0.0), (0.0, 6.0, 0.0), 0.012))
        bulb = np.sqrt(lx * lx + (y - 2.98) ** 2 + lz * lz) - 0.085
        if shade < d:
            d, m = shade, 6
        if bulb < d:
            d, m = bulb, 7
    return d, m


@njit(fastmath=True)
def fish_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """Boxes of fish in rows on the floor, buyers behind, lamps above."""
    d, m = y, 0
    cx, cz = np.floor(x / 1.1), np.floor(z / 0.86)
    fx, fz = x - (cx + 0.5) * 1.1, z - (cz + 0.5) * 0.86
    tilt = 0.0
    if z <= 1.72:
        d = min(d, 1.74 - z)
    elif z < 7.74:
        by = y - 0.62 - tilt * fz
        outer = box(fx, by, fz, (0.52, 0.14, 0.4))
        crate = max(outer, -box(fx, by - 0.06, fz, (0.48, 0.14, 0.36)))
        under = box(fx, y - 0.24, fz, (0.46, 0.24, 0.34))
        if min(crate, under) < d:
            d, m = min(crate, under), 1
        ice = max(outer, by - 0.04 - 0.05 * noise2(x * 14, z * 14)) * 0.8
        if ice < d:
            d, m = ice, 2
        k = np.floor(fx / 0.155 + 0.5)
        k = min(max(k, -2.0), 2.0)
        h = hash2(int(k) + int(cx) * 7, int(cz))
        qx = fx - k * 0.155 - 0.12 * (h - 0.5) * fz * 2
        qy = by - 0.13 - 0.03 * h
        body = lobe(qx, qy, fz - 0.02, (0.066, 0.05, 0.3))
        tail = max(lobe(qx, qy, fz + 0.33, (0.07 * min(max((fz + 0.24) * -9, 0.15), 1.2) + 0.012, 0.02, 0.1)), -9.0)
        fish = min(body, tail) * 0.7
        if fish < d:
            d, m = fish, 3
        d = min(d, max(min(0.55 - abs(fx), 0.43 - abs(fz)), 0.02) + 0.03) if y < 1.0 else d
    return fish_buyers(x, y, z, d, m)


@njit(fastmath=True)
def fish_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Ice, silver, wet floor, blue walls."""
    if m == 2:
        t = 0.45 + 0.4 * noise2(x * 30, z * 30)
        return t * 0.9, t, t * 1.06, 0.1, 0.0
    if m == 3:
        back = min(max((ny - 0.55) * 3, 0.0), 1.0)
        t = 0.62 * (0.75 + 0.4 * noise2(x * 40, z * 12))
        pink = hash2(int(np.floor(x / 1.1)), int(np.floor(z / 0.86)) + 9)
        if pink > 0.7:
            return t, t * 0.48, t * 0.38, 0.5, 0.0
        return t * (1 - 0.5 * back), t * (1 - 0.36 * back), t * (1 - 0.22 * back), 0.6, 0.0
    if m == 7:
        return 1.0, 0.86, 0.55, 0.0, 5.0
    if m == 6:
        return 0.05, 0.09, 0.08, 0.0, 0.0
    if m == 5:
        return (0.04, 0.05, 0.07, 0.0, 0.0) if y < 1.5 or y > 1.7 else (0.3, 0.19, 0.13, 0.0, 0.0)
    if m == 1:
        return 0.09, 0.2, 0.3, 0.0, 0.0
    if m == 4:
        t = 0.3 * (0.7 + 0.5 * fbm2(x, y, 4))
        return t * 0.6, t * 0.85, t, 0.0, 0.0
    return 0.06, 0.08, 0.1, 0.8, 0.0


def fish_market(canvas: Canvas) -> None:
    """233: the fish market before dawn."""
    lamps = [(2.6 * i, 2.85, 3.2 + 3.4 * k, 4.2, 3.1, 1.7, 0) for i in (-2, -1, 0, 1, 2) for k in (0, 1)]
    scene = Scene(
        (fish_sdf, fish_surface, darkness), Camera((-1.1, 1.75, 0.1), (0.25, 1.2, 6.0), 0.86, 0.0), lamps,
        Air(haze=0.01, colour=(0.02, 0.06, 0.11), halo=0.0012, ambient=(0.05, 0.10, 0.17), bump=0.04, bump_scale=3.0, reach=50.0, soft=0.0),
    )  # fmt: skip
    scene.draw(canvas, expose=1.3)
    canvas.bloom(above=1.5, spread=6, strength=0.18)
    develop(canvas)
    finish.press(canvas, ICE, amount=0.25)
