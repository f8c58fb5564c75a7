"""Streets and rooms of Saltmere: bank, court, police line, night bus, lamp-seller, gallery, door, window, bells."""

import numpy as np
from numba import njit

from tools.pictures import finish
from tools.pictures.canvas import Canvas, ink
from tools.pictures.march import Air, Camera
from tools.pictures.noise import fbm2, hash2, noise2
from tools.pictures.scene import Scene, develop
from tools.pictures.scenes.halls import bright_day, darkness
from tools.pictures.scenes.old_quarter import stone
from tools.pictures.scenes.quarter_views import after_sunset
from tools.pictures.solids import blend, box, cone, figure, lobe, nearest, person, rod

RAIN = [(0.0, "#070a12"), (0.3, "#232b42"), (0.6, "#7d6b68"), (0.85, "#eec27f"), (1.0, "#fff6e2")]
DAY = [(0.0, "#10151c"), (0.3, "#47505a"), (0.6, "#a39a8c"), (0.85, "#e6dac2"), (1.0, "#fffdf6")]


def rain(canvas: Canvas, many: int, seed: int, *, slant: float = 0.16, alpha: float = 0.12) -> None:
    """Fine rain falls over the picture."""
    rng = np.random.default_rng(seed)

    def brush(c: object) -> None:
        for _ in range(many):
            x, y, s = rng.uniform(-60, 1060), rng.uniform(-40, canvas.tall), rng.uniform(6, 34)
            c.drawLine(
                x, y, x - s * slant, y + s, ink("#dfe4ea", alpha * rng.uniform(0.3, 1), stroke=rng.uniform(0.3, 0.9))
            )

    canvas.lay(brush, blur=0.25)


@njit(fastmath=True)
def umbrella(x: float, y: float, z: float) -> float:
    """Distance to an open umbrella, its stick upright at the origin."""
    shell = np.sqrt(x * x + (y - 1.55) ** 2 * 1.6 + z * z) - 0.62
    return min(max(shell, -shell - 0.05, 1.82 - y), rod(x, y, z, (0.0, 1.12, 0.0), (0.0, 2.1, 0.0), 0.015)) * 0.8


@njit(fastmath=True)
def sheltered(x: float, y: float, z: float, turn: float, kind: float) -> float:
    """Distance to a figure that holds an umbrella over its head."""
    c, s, k = np.cos(turn), np.sin(turn), 0.92 + 0.14 * kind
    over = umbrella(x - (0.17 * c - 0.26 * s) * k, y - 0.08, z - (0.17 * s + 0.26 * c) * k)
    return min(figure(x, y, z, turn, kind, (2, 0)), over)


@njit(fastmath=True)
def temple(x: float, y: float, z: float, steps: float) -> tuple[float, int]:
    """A columned front at z = 0 on a flight of steps; 1 stone, 2 doors, 3 windows."""
    k = min(max(np.floor(-z / 0.42), 0.0), steps)
    flight = max((y - (steps - k) * 0.16) * 0.7, abs(x) - 11.5) if z < 0.3 else y - steps * 0.16
    d, m = flight, 1
    by = y - steps * 0.16
    cx = nearest(x - 1.3, 2.6)
    flute = 0.02 * abs(np.sin(np.arctan2(z - 1.0, cx) * 9))
    col = max(np.sqrt(cx * cx + (z - 1.0) ** 2) - (0.48 - 0.012 * by) + flute, abs(x) - 9.6, by - 7.2)
    foot = max(box(cx, by - 0.15, z - 1.0, (0.62, 0.2, 0.62)), abs(x) - 9.7)
    cap = max(box(cx, by - 7.1, z - 1.0, (0.62, 0.2, 0.62)), abs(x) - 9.7)
    beam = box(x, by - 8.0, z - 1.4, (10.0, 0.75, 1.1))
    gable = max(by - 8.7 - (10.4 - abs(x)) * 0.28, 8.7 - by, abs(z - 1.4) - 1.1) * 0.9
    inset = max(by - 8.9 - (9.2 - abs(x)) * 0.26, 9.0 - by, z - 0.6)
    roof = min(max(gable, -inset), box(x, by - 8.75, z - 1.2, (10.5, 0.12, 1.4)))
    wall = max(4.0 - z, by - 12.0)
    wx = nearest(x, 5.2)
    door = max(abs(wx) - 1.0, by - 4.3, abs(z - 4.0) - 0.4)
    high = max(abs(wx) - 0.8, abs(by - 6.0) - 0.9, abs(z - 4.0) - 0.4)
    wall = max(wall, -min(door, high))
    body = min(col, foot, cap, beam, roof, wall)
    wings = min(box(abs(x) - 16.0, by - 4.2, z - 4.0, (4.2, 5.0, 2.5)), 99.0)
    if min(body, wings) < d:
        d, m = min(body, wings), 1
    pane = max(4.25 - z, by - 12.0)
    if pane < d:
        d, m = pane, 2 if by < 4.4 else 3
    return d, m


@njit(fastmath=True)
def bank_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """The bank across a wet square with passers-by."""
    d, m = temple(x, y, z, 6.0)
    ground = y if z < -2.0 else 9.0
    if ground < d:
        d, m = ground, 0
    for i in range(6):
        px, pz = (-2.6, 1.3, 4.4, -5.6, 0.2, 6.9)[i], (-7.4, -9.6, -6.4, -5.4, -4.6, -8.6)[i]
        p = sheltered(x - px, y, z - pz, (1.2, 4.6, 0.4, 1.6, 3.1, 4.4)[i], (0.2, 0.5, 0.35, 0.6, 0.1, 0.45)[i])
        if p < d:
            d, m = p, 4 + i
    for s in range(2):
        lx = x - (-7.5 if s == 0 else 8.0)
        post = min(
            rod(lx, y, z + 4.0, (0.0, 0.0, 0.0), (0.0, 3.6, 0.0), 0.06), cone(lx, y, z + 4.0, (4.1, 4.25, 0.26, 0.04))
        )
        if post < d:
            d, m = post, 10
        bulb = cone(lx, y, z + 4.0, (3.65, 4.1, 0.13, 0.2))
        if bulb < d:
            d, m = bulb, 11
    return d, m


@njit(fastmath=True)
def town_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Wet flags, pale stone, bronze doors, lit windows, coats."""
    if m == 0:
        gx, gz = nearest(x, 1.1), nearest(z + 0.5 * np.floor(x / 1.1), 0.8)
        seam = 0.55 if min(0.55 - abs(gx), 0.4 - abs(gz)) < 0.02 else 1.0
        t = 0.10 * (0.6 + 0.8 * fbm2(x, z, 4)) * seam
        return t, t, t * 1.05, 0.35 + 0.65 * min(max((fbm2(x * 0.6, z * 0.6, 4) - 0.35) * 4, 0.0), 1.0), 0.0
    if m == 1:
        t = 0.55 * stone(x + z, y, 0.7) * (0.8 + 0.3 * fbm2(x * 0.5, y * 0.5, 4))
        return t, t * 0.95, t * 0.86, 0.15 if ny > 0.8 else 0.0, 0.0
    if m == 2:
        panel = min(abs(nearest(x, 1.0)) - 0.04, abs(nearest(y, 1.0)) - 0.04)
        t = 0.10 if panel < 0 else 0.2
        return t, t * 0.7, t * 0.4, 0.1, 0.9 if abs(nearest(x, 5.2)) < 0.5 and abs(x) < 3 else 0.0
    if m == 3 or m == 11:
        bar = abs(nearest(x, 0.4)) < 0.035 or abs(nearest(y, 0.6)) < 0.035
        return (0.1, 0.07, 0.05, 0.0, 0.0) if bar and m == 3 else (1.0, 0.7, 0.34, 0.0, 1.7 if m == 3 else 5.0)
    if m == 6:
        return 0.4, 0.06, 0.07, 0.0, 0.0
    if m == 8:
        return 0.1, 0.2, 0.28, 0.0, 0.0
    return 0.045, 0.045, 0.055, 0.0, 0.0


@njit(fastmath=True)
def wet_dusk(dx: float, dy: float, dz: float) -> tuple[float, float, float]:
    """A low cloud that keeps some of the evening's blue."""
    c = 0.08 * fbm2(dx * 3 / (abs(dy) + 0.3), dz * 3 / (abs(dy) + 0.3), 5)
    return 0.10 + c, 0.15 + c, 0.27 + c


def bank(canvas: Canvas) -> None:
    """205: the Bank of Orrel in the rain."""
    lamps = [(2.6 * k, 5.0, 2.4, 7.0, 4.4, 1.9, 0) for k in (-3, -1, 1, 3)]
    lamps += [
        (-7.5, 3.6, -4.3, 4.5, 2.8, 1.2, 0),
        (8.0, 3.6, -4.3, 4.5, 2.8, 1.2, 0),
        (-0.4, 0.8, -0.6, 0.10, 0.15, 0.27, 1),
    ]
    scene = Scene(
        (bank_sdf, town_surface, wet_dusk), Camera((-1.6, 1.7, -16.5), (0.3, 4.2, 0.0), 0.86, -0.01), lamps,
        Air(haze=0.010, colour=(0.10, 0.14, 0.24), halo=0.004, ambient=(0.12, 0.155, 0.27), bump=0.05, bump_scale=2.6, reach=120.0),
    )  # fmt: skip
    scene.draw(canvas, expose=1.5)
    canvas.bloom(above=1.4, spread=6, strength=0.2)
    develop(canvas)
    rain(canvas, 1500, 4)
    finish.press(canvas, RAIN, amount=0.2)


@njit(fastmath=True)
def court_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """Court steps with photographers and three accused between guards."""
    d, m = temple(x, y, z, 14.0)
    if y < d:
        d, m = y, 0
    for i in range(5):
        px = (0.0, 0.75, 1.5, -0.95, 2.45)[i]
        p = person(x - px, y - 1.12, z + 2.9, 3.14, (0.3, 0.52, 0.1, 0.92, 0.97)[i])
        if i < 3:
            p = blend(p, lobe(x - px, y - 2.72, z + 2.9, (0.15, 0.19, 0.17)), 0.1)
        if p < d:
            d, m = p, 4 if i < 3 else 5
    for i in range(11):
        h = hash2(i, 5)
        a = -1.15 + 2.3 * i / 10
        px, pz = 0.75 + (3.9 + 1.3 * h) * np.sin(a), -3.0 - (3.9 + 1.6 * h) * np.cos(a)
        py = max(0.0, 14.0 - np.floor(-pz / 0.42)) * 0.16
        turn = -a
        p = figure(x - px, y - py, z - pz, turn, (h * 7) % 1.0, (3, 3))
        c, s = np.cos(turn), np.sin(turn)
        lx, lz = c * (x - px) + s * (z - pz), -s * (x - px) + c * (z - pz)
        gear = min(
            box(lx, y - py - 1.62, lz - 0.24, (0.1, 0.07, 0.1)),
            rod(lx, y - py, lz, (0.0, 1.62, 0.3), (0.0, 1.62, 0.46), 0.05),
        )
        if min(p, gear) < d:
            d, m = min(p, gear), 6 + i
    return d, m


@njit(fastmath=True)
def court_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Grey stone; pale hoods, dark uniforms, coats of the press."""
    if m == 4:
        return (0.62, 0.58, 0.5, 0.0, 0.0) if y > 2.45 else (0.16, 0.18, 0.22, 0.0, 0.0)
    if m == 5:
        return 0.03, 0.045, 0.09, 0.0, 0.0
    if m >= 6:
        h = hash2(m, 77)
        return 0.05 + 0.2 * h * h, 0.05 + 0.1 * h, 0.06 + 0.08 * (1 - h), 0.0, 0.0
    if m == 3 or m == 2:
        t = 0.10 if abs(nearest(x, 0.5)) > 0.03 else 0.04
        return t * 1.3, t, t * 0.7, 0.15, 0.0
    return town_surface(m, x, y, z, ny)


def court(canvas: Canvas) -> None:
    """218: the first day of the trial."""
    scene = Scene(
        (court_sdf, court_surface, bright_day), Camera((-3.9, 1.65, -13.2), (0.5, 3.1, 0.0), 0.9, 0.0),
        [(-0.55, 0.62, -0.55, 1.25, 1.12, 0.9, 1)],
        Air(haze=0.006, colour=(0.6, 0.62, 0.64), ambient=(0.34, 0.38, 0.44), bump=0.03, reach=120.0),
    )  # fmt: skip
    scene.draw(canvas, expose=1.35)
    develop(canvas)
    for x, y in ((330, 452), (700, 470), (455, 500)):
        canvas.glow(canvas.mask(lambda c, x=x, y=y: c.drawCircle(x, y, 5, ink()), blur=5), "#ffffff", 0.8)
    finish.press(canvas, DAY, amount=0.35)


@njit(fastmath=True)
def street_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """A terraced street with a van, a line of police seen from behind."""
    d, m = y + (0.12 if abs(x) < 3.4 else 0.0), 0
    side = 1.0 if x > 0 else -1.0
    block = np.floor(z / 5.0)
    wall = 5.2 - abs(x)
    lz = nearest(z - 2.5, 5.0)
    pane = max(abs(lz - 1.0) - 0.55, min(abs(y - 1.7) - 0.75, abs(y - 4.7) - 0.8))
    door = max(abs(lz + 1.3) - 0.5, y - 2.3)
    deep = abs(wall) - 0.25
    wall = max(wall, -max(min(pane, door), deep), y - 6.6 - 0.5 * hash2(int(block), int(side)))
    sill = max(abs(lz - 1.0) - 0.65, min(abs(y - 0.92), abs(y - 3.86)) - 0.06, abs(abs(x) - 5.2) - 0.12)
    stack = max(box(abs(x) - 6.2, y - 7.6, nearest(z, 5.0), (0.6, 1.2, 0.35)), -9.0)
    if min(wall, sill, stack) < d:
        d, m = min(wall, sill, stack), 1
    glass = max(5.4 - abs(x), y - 6.5)
    if glass < d:
        d, m = glass, 2
    van = box(x - 1.6, y - 1.25, z - 13.0, (1.0, 0.95, 2.4)) - 0.12
    van = min(
        van,
        box(x - 1.15 + 0.95, y - 1.2, z - 10.3, (0.04, 0.9, 0.5)),
        box(x - 2.95, y - 1.2, z - 10.3, (0.04, 0.9, 0.5)),
    )
    cave = box(x - 1.6, y - 1.3, z - 10.6, (0.86, 0.8, 1.2))
    van = max(van, -cave)
    if van < d:
        d, m = van, 3
    blue = box(x - 1.6, y - 2.45, z - 11.4, (0.7, 0.09, 0.14))
    if blue < d:
        d, m = blue, 4
    for i in range(3):
        p = person(x - (-1.45, 0.1, 1.55)[i], y, z - (6.0, 6.3, 5.9)[i], (0.1, -0.2, 0.15)[i], (0.88, 0.95, 0.75)[i])
        if p < d:
            d, m = p, 5
    tape = max(abs(y - 1.0 - 0.02 * np.sin(x)) - 0.05, abs(z - 7.6) - 0.01)
    if tape < d:
        d, m = tape, 6
    return d, m


@njit(fastmath=True)
def street_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Wet setts, brick, dark panes, uniforms."""
    if m == 0:
        t = 0.12 * (0.6 + 0.5 * hash2(int(np.floor(x * 5)), int(np.floor(z * 3))))
        return t, t, t * 1.05, 0.7, 0.0
    if m == 1:
        t = 0.5 * stone(z + x, y, 0.13)
        return (
            (t * 0.8, t * 0.46, t * 0.36, 0.0, 0.0)
            if hash2(int(np.floor(z / 5.0)), 3) > 0.4
            else (t * 0.95, t * 0.85, t * 0.74, 0.0, 0.0)
        )
    if m == 2:
        on = hash2(int(np.floor(z / 5.0)) + (9 if x > 0 else 0), int(y / 3)) > 0.72
        return (1.0, 0.68, 0.32, 0.0, 0.9) if on else (0.03, 0.04, 0.06, 0.5, 0.0)
    if m == 3:
        return (0.55, 0.57, 0.6, 0.1, 0.0) if abs(y - 1.2) > 0.18 else (0.06, 0.12, 0.35, 0.1, 0.0)
    if m == 4:
        return 0.15, 0.35, 1.0, 0.0, 7.0
    if m == 6:
        return (0.8, 0.75, 0.7, 0.0, 0.1) if int(np.floor(x * 3)) % 2 else (0.6, 0.08, 0.06, 0.0, 0.05)
    return (0.6, 0.62, 0.62, 0.0, 0.1) if 1.12 < y < 1.2 or 1.3 < y < 1.34 else (0.02, 0.025, 0.05, 0.0, 0.0)


def police_line(canvas: Canvas) -> None:
    """223: the closed lane."""
    scene = Scene(
        (street_sdf, street_surface, after_sunset), Camera((-0.5, 1.55, 0.6), (0.2, 2.0, 10.0), 0.86, 0.02),
        [(1.6, 2.9, 11.2, 1.4, 4.0, 16.0, 0), (1.6, 1.6, 11.2, 2.4, 1.9, 1.3, 0), (0.1, 0.3, 0.95, 0.3, 0.2, 0.14, 1), (-4.4, 4.8, 8.8, 2.6, 1.6, 0.8, 0)],
        Air(haze=0.014, colour=(0.3, 0.26, 0.3), halo=0.004, ambient=(0.2, 0.23, 0.32), bump=0.05, bump_scale=5.0, reach=90.0),
    )  # fmt: skip
    scene.draw(canvas, expose=1.15)
    canvas.bloom(above=1.3, spread=8, strength=0.25)
    develop(canvas)
    finish.press(canvas, RAIN, amount=0.12)


@njit(fastmath=True)
def bus_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """A double-decker at a stop, passengers in its windows, people waiting."""
    d, m = y + (0.14 if z < 8.2 else 0.0), 0
    body = box(x, y - 2.4, z - 10.0, (5.2, 2.0, 1.15)) - 0.14
    band = min(abs(y - 1.95) - 0.55, abs(y - 3.65) - 0.5)
    col = abs(nearest(x + 0.4, 1.5)) - 0.68
    hole = max(band, col, abs(z - 10.0) - 1.5, abs(x) - 5.0)
    door = max(abs(x + 3.55) - 0.62, abs(y - 1.5) - 1.15, abs(z - 8.8) - 0.6)
    front = max(abs(z - 10.0) - 1.0, band, abs(x + 5.3) - 0.4)
    inside = box(x, y - 2.4, z - 10.0, (5.1, 1.95, 1.05))
    shell = max(body, -inside, -min(hole, door, front))
    shell = min(shell, max(box(x, y - 2.74, z - 10.0, (5.1, 0.12, 1.1)), -9.0))
    if shell < d:
        d, m = shell, 1
    hub = np.sqrt((abs(x + 0.2) - 3.3) ** 2 + (y - 0.36) ** 2)
    d = max(d, min(0.56 - hub, 1.25 - abs(z - 10.0) + 0.1)) if m == 1 and y < 1.2 else d
    wheel = max(hub - 0.46, abs(z - 9.0) - 0.14, -max(hub - 0.2, 8.9 - z))
    if wheel < d:
        d, m = wheel, 2
    c = np.floor((x + 0.4) / 0.75 + 0.5)
    lx = nearest(x + 0.4, 0.75)
    h = hash2(int(c), 3 if y < 2.74 else 8)
    if h > 0.25 and abs(x) < 4.9:
        base = 0.35 + 0.2 * h if y < 2.74 else 2.15
        p = person(lx, y - base, z - 9.9 + 0.4 * h, 1.57 + 3.14 * (h > 0.6), h * 0.6) * 0.9
        if p < d:
            d, m = p, 3
    glow = box(x, y - 4.42, z - 10.4, (5.0, 0.02, 0.1))
    glow = min(glow, box(x, y - 2.6, z - 10.6, (5.0, 0.02, 0.1)))
    if glow < d:
        d, m = glow, 4
    sign = box(x + 1.2, y - 2.78, z - 8.68, (0.95, 0.15, 0.03))
    if sign < d:
        d, m = sign, 5
    for i in range(5):
        px = (-4.7, -5.5, -2.3, 1.1, 2.9)[i]
        pz = (7.4, 7.0, 7.5, 6.9, 7.3)[i]
        turn, kind = (0.3, 0.8, -0.6, 1.4, -1.2)[i], (0.3, 0.5, 0.2, 0.4, 0.8)[i]
        p = sheltered(x - px, y, z - pz, turn, kind) if i > 1 else person(x - px, y, z - pz, turn, kind)
        if p < d:
            d, m = p, 3
    back = 16.0 - z
    if back < d:
        d, m = back, 6
    post = min(rod(x, y, z, (-6.3, 0.0, 7.4), (-6.3, 3.0, 7.4), 0.05), box(x + 6.3, y - 2.9, z - 7.4, (0.3, 0.3, 0.03)))
    if post < d:
        d, m = post, 3
    return d, m


@njit(fastmath=True)
def bus_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Oxblood panels, cream band, wet road, a street of dim windows."""
    if m == 0:
        t = 0.05 * (0.6 + 0.8 * fbm2(x * 2, z * 2, 4))
        return t, t, t * 1.1, 0.95, 0.0
    if m == 1:
        if abs(z - 10.0) < 1.04:
            return 0.75, 0.62, 0.42, 0.0, 0.35
        return (0.62, 0.56, 0.44, 0.15, 0.0) if abs(y - 2.78) < 0.2 else (0.42, 0.05, 0.06, 0.2, 0.0)
    if m == 4:
        return 1.0, 0.9, 0.62, 0.0, 4.0
    if m == 5:
        return 1.0, 0.6, 0.15, 0.0, 2.2 if noise2(x * 14, y * 20) > 0.45 else 0.1
    if m == 6:
        u, v = x / 2.1, y / 2.4
        lit = hash2(int(np.floor(u)), int(np.floor(v))) > 0.6
        if 0.3 < u - np.floor(u) < 0.7 and 0.25 < v - np.floor(v) < 0.75:
            bar = abs(u - np.floor(u) - 0.5) < 0.02 or abs(v - np.floor(v) - 0.55) < 0.02
            return (0.9, 0.55, 0.25, 0.0, 0.3) if lit and not bar else (0.03, 0.04, 0.06, 0.0, 0.0)
        t = 0.2 * stone(x, y, 0.3)
        return t, t * 0.9, t * 0.9, 0.0, 0.0
    return 0.025, 0.025, 0.03, 0.0, 0.0


def night_bus(canvas: Canvas) -> None:
    """226: the N7 in the rain."""
    lamps = [(x, y, 9.9, 2.3, 1.8, 1.0, 0) for x in (-3.8, -1.2, 1.4, 3.9) for y in (2.45, 4.2)]
    lamps += [
        (-5.6, 1.0, 7.9, 1.8, 1.6, 1.1, 0),
        (5.5, 0.9, 8.3, 2.2, 0.15, 0.08, 0),
        (-6.5, 4.6, 6.5, 3.2, 2.0, 0.9, 0),
    ]
    scene = Scene(
        (bus_sdf, bus_surface, darkness), Camera((-2.9, 1.45, -0.6), (-0.75, 2.15, 10.0), 0.88, 0.0), lamps,
        Air(haze=0.014, colour=(0.06, 0.07, 0.12), halo=0.003, ambient=(0.035, 0.045, 0.08), bump=0.11, bump_scale=4.5, reach=40.0),
    )  # fmt: skip
    scene.draw(canvas, expose=1.5)
    canvas.bloom(above=1.3, spread=7, strength=0.22)
    develop(canvas)
    rain(canvas, 2600, 9, alpha=0.2)
    finish.press(canvas, RAIN, amount=0.14)
