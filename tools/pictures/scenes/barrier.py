"""The Weirgate Barrier: shut at dawn, and with one gate rising."""

import numpy as np
from numba import njit

from tools.pictures import finish
from tools.pictures.canvas import Canvas, ink, smooth
from tools.pictures.march import Air, Camera
from tools.pictures.noise import fbm2, hash2, noise2, swell
from tools.pictures.scene import Scene, develop
from tools.pictures.solids import box, person

DAWN = [(0.0, "#0a1118"), (0.3, "#2c3f4c"), (0.55, "#77858a"), (0.8, "#e8b78d"), (1.0, "#fff1dc")]
SPAN = 24.0


@njit(fastmath=True)
def tower(x: float, y: float, z: float) -> tuple[float, int]:
    """A pier of the barrier: a tapering shaft with a slanted cap and a lit control room."""
    lean = 1.0 - 0.018 * (y + 4.0)
    shaft = box(x, y - 4.0, z + 0.5, (2.6 * lean, 10.0, 6.2 * lean)) * 0.9
    prow = max(abs(x) * 0.8 + (z - 3.0) * 0.45 - 2.6, y - 9.0, -z) * 0.8
    head = box(x, y - 15.4 - 0.16 * z, z + 0.4, (2.9, 2.3, 5.0)) * 0.9
    d, m = min(shaft, head, prow), 0
    ring = box(x, y - 13.4, z + 0.5, (2.75, 0.18, 6.0))
    d = min(d, ring)
    glass = box(x, y - 15.0 - 0.16 * z, z + 0.4, (2.93, 0.55, 4.3))
    if glass < d:
        d, m = glass, 1
    return d, m


@njit(fastmath=True)
def gate(y: float, z: float, turn: float, along: float) -> float:
    """A curved plate that turns round a low axle; turn 0 lies flat in the sill, 1 stands upright."""
    a = (turn - 1.0) * 1.75
    py, pz = y + 2.5, z + 1.0
    qy, qz = np.cos(a) * py - np.sin(a) * pz, np.sin(a) * py + np.cos(a) * pz
    r = np.sqrt(qy * qy + qz * qz)
    skin = abs(r - 9.4) - 0.32
    ang = np.arctan2(qy, qz)
    cut = abs(ang - 0.72) * 9.4 - 5.9
    rib = abs(r - 8.8) - 0.6 if abs(along - 3.0 * np.floor(along / 3.0 + 0.5)) < 0.16 else 9.0
    beam = min(abs(ang - 1.25) * 9.4, abs(ang - 0.75) * 9.4, abs(ang - 0.25) * 9.4) - 0.16
    rib = min(rib, max(abs(r - 8.7) - 0.5, beam))
    return max(min(skin, rib), cut) * 0.8


@njit(fastmath=True)
def sill(y: float) -> float:
    """Where along z the shut gate parts the sea from the river, at the height y."""
    return -1.0 + np.sqrt(88.36 - (min(max(y, 0.0), 4.0) + 2.5) ** 2)


@njit(fastmath=True)
def shut_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """Six shut gates between towers, with the sea high on the far side."""
    k = min(max(np.floor(x / SPAN + 0.5), -3.0), 3.0)
    tx = x - k * SPAN
    d, m = tower(tx, y, z)
    if abs(x) < 3.0 * SPAN:
        g = max(gate(y, z, 1.0, x), abs(z) - 12.0)
        if g < d:
            d, m = g, 2
    deck = min(
        box(0.0, y - 10.6, z + 3.2, (9.0, 0.22, 1.1)),
        min(abs(y - 11.7), abs(y - 11.3)) - 0.035 + max(abs(abs(z + 3.2) - 1.05) - 0.02, 0.0),
    )
    post = max(abs(x - 2.0 * np.floor(x / 2.0 + 0.5)) - 0.04, abs(abs(z + 3.2) - 1.05) - 0.03, abs(y - 11.2) - 0.5)
    deck = max(min(deck, post), abs(x) - 3.2 * SPAN)
    if deck < d:
        d, m = deck, 3
    who = person(x + 34.2, y - 10.8, z + 3.4, 0.6, 0.4)
    if who < d:
        d, m = who, 4
    bank = (y - 8.0 + 0.5 * noise2(x * 0.1, z * 0.1) + max(0.0, 3.1 * SPAN + 3.0 - abs(x)) * 0.8) * 0.6
    if bank < d:
        d, m = bank, 5
    edge = sill(y)
    sea = (y - 3.1 - 0.95 * swell(x * 1.3, z * 1.3, 0.0)) * 0.6 if z > edge else y - 0.1 * noise2(x * 0.5, z * 0.35)
    if z <= edge and y < 5.0:
        sea = min(sea, (edge - z) * 0.6 + 0.05)
    if sea < d:
        d, m = sea, 6 if z > edge else 7
    return d, m


@njit(fastmath=True)
def barrier_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Stained concrete, red-lead steel, sea with foam, calm river."""
    if m == 0:
        t = (
            0.52
            * (0.7 + 0.45 * fbm2(x * 0.5 + z * 0.5, y * 0.5, 5))
            * (0.72 + 0.28 * min(max((y - 2.2 - noise2(x, z) * 0.6) * 1.5, 0.0), 1.0))
        )
        t *= 1.0 - 0.22 * max(0.0, fbm2((x + z) * 1.9, y * 0.12, 4) - 0.45) * 3
        return t, t * 0.99, t * 0.95, 0.0, 0.0
    if m == 1:
        on = 1.0 if hash2(int(np.floor(z * 0.9)), int(np.floor(x / SPAN + 0.5))) > 0.25 else 0.15
        return 1.0, 0.74, 0.36, 0.0, 2.2 * on
    if m == 2:
        rust = fbm2(x * 0.6, y * 0.25, 5)
        t = 0.45 * (0.65 + 0.6 * fbm2(x * 0.8, y * 1.4, 4))
        wet = 0.25 if y < 1.2 else 0.06
        return t * (0.92 + 0.3 * rust), t * (0.42 - 0.1 * rust), t * 0.28, wet, 0.0
    if m == 3:
        return 0.16, 0.17, 0.18, 0.0, 0.0
    if m == 4:
        return (0.95, 0.36, 0.08, 0.0, 0.25) if y > 11.5 and y < 12.3 else (0.06, 0.06, 0.08, 0.0, 0.0)
    if m == 5:
        t = 0.16 * (0.6 + 0.8 * fbm2(x * 0.8, z * 0.8, 4))
        return t, t * 1.02, t * 0.72, 0.0, 0.0
    if m == 6:
        crest = swell(x * 1.3, z * 1.3, 0.0)
        web = fbm2(x * 0.9 + 2 * noise2(x * 0.3, z * 0.3), z * 1.3, 5)
        foam = min(max((crest * 0.55 + web * 1.5 - 1.12) * 3.2, 0.0), 1.0)
        foam = max(foam, min(max((web - 0.36) * 4, 0.0), 1.0) * np.exp(-max(z - 7.5, 0.0) * 0.16))
        return 0.05 + 0.62 * foam, 0.09 + 0.62 * foam, 0.1 + 0.6 * foam, 1.0 - foam, 0.0
    streak = min(max((fbm2(x * 0.35, z * 0.14, 5) - 0.52) * 7, 0.0), 1.0) * np.exp(-max(-z - 10.0, 0.0) * 0.05)
    return 0.03 + 0.3 * streak, 0.05 + 0.31 * streak, 0.06 + 0.31 * streak, 1.0 - 0.7 * streak, 0.0


@njit(fastmath=True)
def torn_dawn(dx: float, dy: float, dz: float) -> tuple[float, float, float]:
    """Low storm cloud with a rift of light over the sea."""
    k = max(dy, 0.0)
    u, v = dx / (k + 0.16), dz / (k + 0.16)
    c = fbm2(u * 0.9 + 1.5 * fbm2(u * 0.5, v * 0.5, 3), v * 1.6, 6)
    cover = min(max((c - 0.34) * 3.4, 0.0), 1.0) * min(k * 9.0, 1.0)
    near = np.exp(-((dx - 0.42) ** 2) * 5.0) * np.exp(-k * 7.0)
    r, g, b = 0.40 + 1.9 * near, 0.46 + 0.95 * near, 0.50 + 0.35 * near
    edge = max(0.0, 1.0 - abs(c - 0.42) * 9) * (0.16 + near)
    shade = 0.75 - 0.42 * (c - 0.3)
    cr, cg, cb = 0.25 * shade + 1.1 * edge, 0.30 * shade + 0.66 * edge, 0.36 * shade + 0.38 * edge
    return r * (1 - cover) + cr * cover, g * (1 - cover) + cg * cover, b * (1 - cover) + cb * cover


def spray(canvas: Canvas, at: list[tuple[float, float, float]], seed: int, colour: str = "#f2f3ee") -> None:
    """White water bursts up from the places (x, y, height in units)."""
    rng = np.random.default_rng(seed)
    web = canvas.fbm((26, 26), seed, octaves=6, warp=1.2)
    for x, y, high in at:
        dx, dy = (canvas.x - x) / (high * 0.75), (y - canvas.y) / high
        plume = np.clip(1.15 - dx * dx * np.clip(2.2 - dy, 0.9, 3) - np.abs(dy - 0.35) ** 2 * 2.6, 0, 1) * np.clip(
            dy * 5 + 1, 0, 1
        )
        plume = plume * (np.abs(dx) < 2)
        cover = np.clip((plume * 0.9 + web * 1.3 - 1.15) * 2.4, 0, 0.92)
        canvas.tint(
            cover, canvas.ramp([(0, "#6d7b80"), (0.55, "#b9c2c0"), (1, colour)], np.clip(plume * 0.5 + web * 0.6, 0, 1))
        )

        def drops(c: object, x: float = x, y: float = y, high: float = high) -> None:
            for _ in range(int(high * 9)):
                a, r = rng.normal(0, 0.42), high * (0.35 + 0.75 * rng.random() ** 0.7)
                c.drawCircle(
                    x + r * np.sin(a),
                    y - r * np.cos(a),
                    high * 0.012 * rng.random() ** 2 + 0.25,
                    ink(colour, 0.25 + 0.5 * rng.random()),
                )

        canvas.lay(drops)


def gulls(canvas: Canvas, birds: list[tuple[float, float, float]], colour: str = "#20282c") -> None:
    """Gulls hang in the sky: x, y and span in units."""

    def brush(c: object) -> None:
        for k, (x, y, s) in enumerate(birds):
            t = 0.28 + 0.2 * ((k * 0.37) % 1)
            wing = [
                (x - s, y + s * 0.1 * (k % 3)),
                (x - s * 0.45, y - s * t),
                (x, y),
                (x + s * 0.5, y - s * t * 1.1),
                (x + s, y + s * 0.12),
            ]
            under = [(x + s * 0.48, y - s * t * 0.85), (x, y + s * 0.13), (x - s * 0.43, y - s * t * 0.8)]
            c.drawPath(smooth(wing + under), ink(colour))

    canvas.lay(brush, alpha=0.85)


def closed_at_dawn(canvas: Canvas) -> None:
    """201: the shut barrier, rough sea left, calm river right."""
    lamps = [(0.62, 0.2, 0.62, 1.9, 1.05, 0.55, 1), (-0.45, 0.75, -0.5, 0.3, 0.36, 0.44, 1)]
    lamps += [(-SPAN * k + 0.0, 12.9, -7.6, 9, 6, 3, 0) for k in (3, 2, 1)]
    camera = Camera((-60.0, 18.5, -42.0), (-6.0, 5.6, 2.0), 0.92, 0.03)
    scene = Scene(
        (shut_sdf, barrier_surface, torn_dawn), camera, lamps,
        Air(haze=0.0042, colour=(0.46, 0.44, 0.44), ambient=(0.26, 0.31, 0.37), bump=0.09, bump_scale=1.3, reach=1600.0),
    )  # fmt: skip
    depth = scene.draw(canvas, expose=1.25)
    develop(canvas)
    for x, high, seed in ((36.0, 8.0, 6), (12.0, 9.0, 7), (-14.0, 7.5, 8)):
        before = canvas.px
        px, py, size = camera.project((x, 5.2, 9.5), canvas.tall)
        spray(canvas, [(px, py, size * high)], seed)
        seen = depth > np.linalg.norm(np.array(camera.eye) - (x, 5.2, 9.5))
        canvas.px = np.where(seen[..., None], canvas.px, before)
    gulls(canvas, [(212, 130, 13), (262, 172, 9), (310, 118, 7), (160, 215, 8), (680, 90, 9), (742, 132, 6)])
    finish.press(canvas, DAWN, amount=0.2)


@njit(fastmath=True)
def rising_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """One rising gate; every thousand metres along x stands a later moment, of 400."""
    moment = np.floor(x / 1000.0)
    x = x - moment * 1000.0 - 500.0
    part = moment / 400.0
    time = moment * 0.06
    turn = 0.36 + 0.64 * min(max((part - 0.1) / 0.65, 0.0), 1.0)
    k = min(max(np.floor(x / SPAN + 0.5), -2.0), 2.0)
    d, m = tower(x - k * SPAN, y, z)
    g = max(gate(y, z, turn, x), abs(z) - 12.5)
    if g < d:
        d, m = g, 2
    deck = box(0.0, y - 10.6, z + 3.2, (9.0, 0.25, 1.2))
    if deck < d:
        d, m = deck, 3
    if y > 6.0:
        return min(d, (y - 4.5) * 0.6), m
    edge, held = sill(y), min(max((turn - 0.7) * 4.0, 0.0), 1.0)
    far = 1.0 if z > edge else 1.0 - held
    wave = swell(x * 1.3, z * 1.3, time) * (0.35 + 1.1 * part) * (0.25 + 0.75 * far)
    churn = 0.4 * noise2(x * 1.3 + time, z * 1.3 - time * 2) * np.exp(-((z - 5.5) ** 2) * 0.05) * min(part * 6.0, 1.0)
    sea = (y - 2.4 * part * far - 0.6 * wave - churn) * 0.6
    if z <= edge and held > 0 and y < 4.5:
        sea = min(sea, (edge - z) * 0.6 + 0.05)
    if sea < d:
        d, m = sea, 6
    return d, m


@njit(fastmath=True)
def rising_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Streaming steel and churned water; the rest as on the shut barrier."""
    moment = np.floor(x / 1000.0)
    x = x - moment * 1000.0 - 500.0
    part = moment / 400.0
    time = moment * 0.06
    if m == 2:
        t = 0.42 * (0.65 + 0.6 * fbm2(x * 0.8, y * 1.4 + z, 4))
        fall = fbm2(x * 2.4, y * 0.28 + time * 2.2, 5)
        white = min(max((fall - 0.5) * 6, 0.0), 1.0) * 0.8
        return t + white * 0.6, t * 0.46 + white * 0.64, t * 0.3 + white * 0.66, 0.3, 0.0
    if m == 6:
        web = fbm2(x * 0.9 + 2 * noise2(x * 0.3, z * 0.3 + time), z * 1.2 - time, 5)
        crest = swell(x * 1.3, z * 1.3, time)
        foam = min(max((crest * 0.5 + web * 1.5 - 1.25 + 0.2 * part) * 3, 0.0), 1.0)
        foam = max(
            foam, min(max((web - 0.4) * 5, 0.0), 1.0) * np.exp(-((z - 5.5) ** 2) * 0.04) * 0.9 * min(part * 5, 1.0)
        )
        foam *= 1.0 - 0.85 * min(max((part - 0.72) * 6.0, 0.0), 1.0)  # the shut gate leaves the river calm
        return 0.03 + 0.6 * foam, 0.06 + 0.62 * foam, 0.075 + 0.63 * foam, 1.0 - foam, 0.0
    return barrier_surface(m, x, y, z, ny)


@njit(fastmath=True)
def storm_dusk(dx: float, dy: float, dz: float) -> tuple[float, float, float]:
    """Heavy evening cloud, a green-grey light left in the west."""
    k = abs(dy)
    u, v = dx / (k + 0.2), dz / (k + 0.2)
    c = fbm2(u * 0.8 + 1.3 * fbm2(u * 0.5, v * 0.5, 3), v * 1.2, 6)
    c = 0.42 + (c - 0.42) * min(k * 9.0, 1.0)
    low = np.exp(-k * 6.0)
    t = 0.03 + 0.9 * max(c - 0.32, 0.0)
    return t * 0.75 + 0.34 * low, t * 0.95 + 0.26 * low, t * 1.25 + 0.2 * low


def rising_scene(moment: float, *, like: Scene | None = None) -> Scene:
    """The rising gate at a moment between 0 and 399; a scene of another moment saves compiling again."""
    x0 = np.floor(moment) * 1000.0 + 500.0
    lamps = [(-0.3, 0.8, -0.5, 0.16, 0.2, 0.28, 1), (0.2, 0.18, 0.9, 0.35, 0.28, 0.2, 1)]
    lamps += [(x0 + dx, 12.6, -8.2, 60.0, 50.0, 34.0, 0) for dx in (-6.0, 6.0, 18.0, 30.0)]
    lamps += [(x0 + dx, 9.7, -1.6, 62.0, 50.0, 32.0, 0) for dx in (7.5, 16.5)]
    camera = Camera((x0 + 7.0, 3.9, -25.0), (x0 + 12.2, 5.0, 0.0), 0.96, 0.02)
    air = Air(haze=0.004, colour=(0.2, 0.22, 0.26), ambient=(0.10, 0.13, 0.18), bump=0.1, bump_scale=1.6, reach=1200.0)
    if like:
        return Scene(like.parts, camera, lamps, air, samples=1, detail=1.0, compiled=like.compiled)
    return Scene((rising_sdf, rising_surface, storm_dusk), camera, lamps, air)


def curtain(canvas: Canvas, scene: Scene, depth: np.ndarray, moment: float) -> None:
    """Water falls from the edge and the ribs of the gate while it rises; the same threads fall on from moment to moment."""
    part = moment / 400.0
    turn = 0.36 + 0.64 * min(max((part - 0.1) / 0.65, 0.0), 1.0)
    top = 1.35 + (turn - 1.0) * 1.75
    high, level = -2.5 + 9.0 * np.sin(top), 0.6 * part
    strength = float(np.clip((high - level) * 0.8, 0, 1) * np.clip((1.0 - part) * 3, 0, 1))
    x0, rng = scene.camera.eye[0] - 7.0, np.random.default_rng(216)
    at, drop = -1.0 + 8.6 * np.cos(top), max(high - level, 0.01)
    threads = rng.uniform(0, 1, (2600, 6))

    def falls(c: object) -> None:
        for along, start, long, bright, wide, low in threads if strength > 0 else ():
            x = 4.3 + 15.4 * along
            if np.sin(x * 2.1) + np.sin(x * 5.3 + 1) + (start - 0.5) < 0.15:
                continue
            edge = high - 0.4 * drop * (low < 0.4)
            y0 = edge - (edge - level) * ((start + moment * 0.045 * (0.8 + 0.4 * bright) / max(drop, 1.5)) % 1.0)
            y1 = max(level, y0 - (0.4 + 1.6 * long))
            a, b = (scene.camera.project((x0 + x, y, at), canvas.tall) for y in (y0, y1))
            c.drawLine(*a[:2], *b[:2], ink("#dfe6e2", 0.06 + 0.16 * bright, stroke=0.3 + 0.9 * wide))

    before = canvas.px
    canvas.lay(falls, alpha=strength)
    canvas.px = np.where((depth > 25.0)[..., None], canvas.px, before)


def gate_rises(canvas: Canvas) -> None:
    """216: one gate turns up out of the river in the floodlights."""
    scene = rising_scene(220)
    depth = scene.draw(canvas, expose=1.12)
    canvas.bloom(above=1.6, spread=7, strength=0.16)
    curtain(canvas, scene, depth, 220)
    develop(canvas)
    finish.press(
        canvas, [(0.0, "#05090d"), (0.3, "#20323c"), (0.6, "#7c7f74"), (0.85, "#e9c690"), (1.0, "#fff6e3")], amount=0.2
    )
