"""The sea against the land: a storm wave on the Corniche, the tide gauge on the old mole."""

import numpy as np
from numba import njit

from tools.pictures import finish, noise
from tools.pictures.canvas import Canvas, ink
from tools.pictures.march import Air, Camera
from tools.pictures.noise import fbm2, hash2, noise2, swell
from tools.pictures.scene import Scene, develop
from tools.pictures.scenes.barrier import gulls, spray
from tools.pictures.scenes.race import PALE
from tools.pictures.solids import box, cone, lobe, nearest, person, rod

STORM = [(0.0, "#04070d"), (0.3, "#18283a"), (0.6, "#5f7580"), (0.85, "#e3cfa4"), (1.0, "#fffaf0")]


@njit(fastmath=True)
def promenade_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """A wet promenade with lamps, houses on the left, the sea wall on the right."""
    d, m = y, 0
    wall = box(x - 4.4, y - 0.5, z - 40.0, (0.32, 0.55, 60.0))
    wall = min(wall, box(x - 4.4, y - 1.08, z - 40.0, (0.42, 0.07, 60.0)))
    if wall < d:
        d, m = wall, 1
    block = np.floor(z / 9.0)
    h = hash2(int(block), 4)
    house = max(-8.2 - 0.8 * h - 0.0 + (0.0) - x, -99.0)
    face = x + 8.2 + 0.8 * h
    lz = nearest(z - 4.5, 9.0)
    front = max(face, y - 9.0 - 3.0 * h)
    wz = nearest(lz, 2.2)
    pane = max(abs(wz) - 0.45, abs(nearest(y - 2.0, 3.0)) - 0.85, abs(face) - 0.2)
    front = max(front, -pane)
    bal = max(abs(y - 4.3 - 3.0 * np.floor((y - 3.4) / 3.0 + 0.0) * 0.0) - 0.1, abs(lz) - 3.6, face - 0.8)
    front = min(front, max(bal, -face - 0.5))
    if front * 0.9 + 0.0 * house < d:
        d, m = front * 0.9, 2
    back = max(face + 0.2, y - 9.0 - 3.0 * h)
    if back < d:
        d, m = back, 3
    pz = nearest(z - 7.0, 10.0)
    post = min(
        max(np.sqrt((x - 3.2) ** 2 + pz * pz) - (0.06 + 0.05 * np.exp(-y * 2)), y - 4.6),
        rod(x, y, pz, (3.2, 4.5, 0.0), (2.3, 4.9, 0.0), 0.04),
    )
    if z > 2 and post < d:
        d, m = post, 4
    lamp = lobe(x - 2.25, y - 4.72, pz, (0.2, 0.22, 0.2))
    if z > 2 and lamp < d:
        d, m = lamp, 5
    for i in range(2):
        px, pz2 = (-0.55, 0.35)[i], (11.2, 11.7)[i]
        lx = x - px - 0.24 * max(y, 0.0)
        p = person(lx, y, z - pz2, 0.4, (0.3, 0.62)[i])
        if p < d:
            d, m = p, 4
    if x > 4.8:
        sea = (y + 0.9 - 0.9 * swell(x * 1.6, z * 1.6, 0.0)) * 0.5
        if sea < d:
            d, m = sea, 6
    return d, m


@njit(fastmath=True)
def promenade_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Running water on flags, painted fronts, shutters, foam."""
    if m == 0:
        wet = fbm2(x * 0.8, z * 0.35, 5)
        foam = min(max((wet - 0.48) * 7, 0.0), 1.0) * min(max((x + 3.5) / 6.0, 0.0), 1.0)
        t = 0.07
        return t + 0.3 * foam, t + 0.31 * foam, t * 1.1 + 0.32 * foam, 1.0 - 0.8 * foam, 0.0
    if m == 1:
        t = 0.3 * (0.6 + 0.6 * fbm2(z, y, 4))
        return t, t * 0.97, t * 0.92, 0.2, 0.0
    if m == 2:
        h = hash2(int(np.floor(z / 9.0)), 8)
        t = 0.36 * (0.75 + 0.4 * fbm2(z * 0.6, y * 0.6, 4))
        return t, t * (0.72 + 0.2 * h), t * (0.55 + 0.35 * h), 0.0, 0.0
    if m == 3:
        on = hash2(int(np.floor(z / 2.2)), int(np.floor((y - 0.5) / 3.0)) + 40) > 0.62
        return (1.0, 0.66, 0.3, 0.0, 1.1) if on else (0.03, 0.035, 0.05, 0.2, 0.0)
    if m == 5:
        return 1.0, 0.82, 0.5, 0.0, 5.5
    if m == 6:
        foam = min(max((fbm2(x * 1.2, z * 1.2, 5) + 0.25 * swell(x * 1.6, z * 1.6, 0.0) - 0.5) * 4, 0.0), 1.0)
        return 0.03 + 0.5 * foam, 0.05 + 0.52 * foam, 0.07 + 0.54 * foam, 0.9 - 0.9 * foam, 0.0
    return 0.03, 0.03, 0.035, 0.0, 0.0


@njit(fastmath=True)
def storm_night(dx: float, dy: float, dz: float) -> tuple[float, float, float]:
    """Racing cloud over a dark sea."""
    k = max(dy, 0.0)
    c = fbm2(dx * 2.5 / (k + 0.35), 2.0 / (k + 0.35) + dx, 6)
    t = 0.02 + 0.16 * max(c - 0.35, 0.0)
    return t * 0.8 + 0.02, t + 0.028, t * 1.3 + 0.05


def breakers(canvas: Canvas, camera: Camera, depth: np.ndarray) -> None:
    """Three bursts of spray stand over the sea wall."""
    stops = [(0, "#10171d"), (0.3, "#323d43"), (0.55, "#717c7c"), (0.75, "#b0b3aa"), (0.92, "#e6dfcc"), (1, "#fff6e2")]
    web = canvas.fbm((7, 7), 3, octaves=7, warp=1.8)
    for at, high, wide, lean in ((44.0, 250, 190, 0.35), (27.0, 440, 270, 0.45), (16.0, 250, 260, 0.25)):
        x, y, _ = camera.project((4.6, 0.9, at), canvas.tall)
        u, v = (canvas.x - x + lean * np.clip(y - canvas.y, 0, None)) / wide, (y - canvas.y) / high
        fan = u / (0.55 + 0.5 * np.clip(v, 0, 1.5))
        streak = noise.sample(fan * 4.2 + at, v * 1.7 - at, 6)
        puff = noise.sample(u * 3.0 + at, v * 3.0 + 2 * streak, 6)
        reach = v / np.clip(1.08 - 0.42 * fan * fan + 0.9 * (noise.sample(fan * 2.6 + at, v * 0.4, 4) - 0.5), 0.15, 2)
        body = np.clip((1.08 - reach) * 1.5, 0, 1) * np.clip(v * 8 + 0.7, 0, 1) * np.clip((1.5 - np.abs(fan)) * 2, 0, 1)
        cover = np.clip((body * 1.35 + 0.8 * streak + 1.2 * puff - 1.42) * 1.7, 0, 0.97) * np.clip(body * 4, 0, 1)
        lamp = np.exp(-(((canvas.x - x + 40) / 190) ** 2) - ((canvas.y - y + 130) / 150) ** 2)
        light = np.clip(
            0.08 + 0.55 * streak + 0.75 * (puff - 0.42) + 0.3 * (web - 0.4) + 0.45 * lamp - 0.14 * reach, 0, 1
        )
        canvas.tint(np.where(depth > max(at * 0.8, 13.6), cover, 0), canvas.ramp(stops, light))


def storm_wave(canvas: Canvas) -> None:
    """208: a wave over the Corniche."""
    lamps = [(2.25, 4.55, 7.0 + 10.0 * k, 7.5, 5.2, 2.6, 0) for k in range(6)] + [(0.4, 0.8, -0.4, 0.05, 0.07, 0.11, 1)]
    camera = Camera((-2.3, 1.5, -1.5), (0.8, 3.4, 20.0), 0.84, 0.0)
    scene = Scene(
        (promenade_sdf, promenade_surface, storm_night), camera, lamps,
        Air(haze=0.012, colour=(0.09, 0.11, 0.14), halo=0.007, ambient=(0.05, 0.065, 0.09), bump=0.09, bump_scale=3.2, reach=140.0),
    )  # fmt: skip
    depth = scene.draw(canvas, expose=1.7)
    canvas.bloom(above=1.4, spread=8, strength=0.22)
    develop(canvas)
    breakers(canvas, camera, depth)
    rng = np.random.default_rng(7)
    x, y, _ = camera.project((4.5, 1.1, 22.0), canvas.tall)

    def drops(c: object) -> None:
        for _ in range(2600):
            a, r = rng.normal(-0.5, 0.5), 60 + 400 * rng.random() ** 0.8
            c.drawCircle(
                x + r * np.sin(a),
                y - r * np.cos(a) * 0.98,
                0.25 + 1.3 * rng.random() ** 5,
                ink("#dfe6e2", 0.15 + 0.45 * rng.random()),
            )

    canvas.lay(drops)
    finish.press(canvas, STORM, amount=0.15)


@njit(fastmath=True)
def gauge_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """A round gauge house at the end of a mole, waves around it."""
    d, m = (y - 0.35 * swell(x * 1.1, z * 1.1, 3.0)) * 0.6, 0
    cx, cz = x - 3.6, z - 18.0
    mole = (
        max(abs(z - 18.0 - 0.05 * x) - 2.4 + 0.22 * y, y - 1.7, 1.0 - x)
        if x > 1.0
        else np.sqrt(max(1.0 - x, 0.0) ** 2 + 0.01)
    )
    mole = min(mole, cone(cx, y, cz, (-2.0, 1.72, 4.4, 3.5))) - 0.05 * noise2(x * 2.5, y * 2.5 + z)
    if mole * 0.8 < d:
        d, m = mole * 0.8, 1
    r = np.sqrt(cx * cx + cz * cz)
    house = max(abs(r) - 1.75 + 0.03 * (y - 1.7), y - 6.4, 1.0 - y)
    house = min(house, cone(cx, y, cz, (6.35, 6.6, 2.05, 2.05)))
    roof = min(cone(cx, y, cz, (6.6, 8.2, 1.95, 0.12)), rod(cx, y, cz, (0.0, 8.0, 0.0), (0.0, 9.6, 0.0), 0.05))
    roof = min(roof, box(cx - 0.2, y - 9.2, cz, (0.4, 0.14, 0.02)), 99.0)
    door = max(abs(cx + 1.2) - 0.5, y - 3.6, 0.0 + abs(cz + 1.3) - 0.45)
    house = max(house, -door)
    if house < d:
        d, m = house, 2
    if roof < d:
        d, m = roof, 3
    dial = max(np.sqrt((cx - 0.1) ** 2 + (y - 5.1) ** 2) - 0.95, abs(cz + 1.75) - 0.14)
    rim = max(abs(np.sqrt((cx - 0.1) ** 2 + (y - 5.1) ** 2) - 0.98) - 0.07, abs(cz + 1.8) - 0.16)
    hand = min(
        rod(cx, y, cz, (0.1, 5.1, -1.93), (0.62, 5.55, -1.93), 0.045),
        rod(cx, y, cz, (0.1, 5.1, -1.93), (-0.15, 4.75, -1.93), 0.045),
    )
    if dial < d:
        d, m = dial, 4
    if min(rim, hand) < d:
        d, m = min(rim, hand), 3
    staff = box(cx + 2.9, y - 1.4, cz + 2.6, (0.16, 2.2, 0.05))
    if staff < d:
        d, m = staff, 5
    who = person(x - 8.4, y - 1.7, z - 17.6, 1.5, 0.72)
    if who < d:
        d, m = who, 6
    rail = min(abs(y - 2.6) - 0.025, max(abs(nearest(x, 1.6)) - 0.03, abs(y - 2.15) - 0.45))
    rail = max(rail, abs(z - 20.1 - 0.05 * x) - 0.03, 5.6 - x)
    if rail < d:
        d, m = rail, 6
    return d, m


@njit(fastmath=True)
def gauge_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Granite, white dial, slate, measured staff, sea."""
    if m == 0:
        foam = min(max((fbm2(x * 0.8, z * 1.1, 5) - 0.47) * 6, 0.0), 1.0) * np.exp(
            -max(np.sqrt((x - 4) ** 2 + (z - 18) ** 2) - 5.0, 0.0) * 0.3
        )
        return 0.035 + 0.6 * foam, 0.06 + 0.62 * foam, 0.075 + 0.64 * foam, 1.0 - foam, 0.0
    if m == 1:
        t = 0.26 * (0.6 + 0.7 * fbm2(x * 1.4 + z, y * 1.4, 4)) * (0.55 + 0.45 * min(max(y, 0.0), 1.0))
        return t, t * 0.97, t * 0.9, 0.15, 0.0
    if m == 2:
        ang = np.arctan2(x - 3.6, 18.0 - z) * 1.75
        u, v = nearest(ang + 0.4 * np.floor(y / 0.45), 0.8), nearest(y, 0.45)
        t = (
            0.52
            * (0.75 + 0.4 * fbm2(ang * 2, y * 2, 4))
            * (0.7 if 0.4 - abs(u) < 0.025 or 0.225 - abs(v) < 0.025 else 1.0)
        )
        return t, t * 0.95, t * 0.86, 0.0, 0.0
    if m == 4:
        a = np.arctan2(x - 3.7, y - 5.1)
        r = np.sqrt((x - 3.7) ** 2 + (y - 5.1) ** 2)
        mark = abs(nearest(a, 0.5236)) * r < 0.035 and r > 0.68
        return (0.03, 0.03, 0.03, 0.0, 0.0) if mark else (0.85, 0.82, 0.74, 0.0, 0.12)
    if m == 5:
        return (0.85, 0.85, 0.8, 0.0, 0.0) if int(np.floor(y * 4)) % 2 else (0.6, 0.09, 0.07, 0.0, 0.0)
    return 0.05, 0.055, 0.065, 0.0, 0.0


@njit(fastmath=True)
def moon_evening(dx: float, dy: float, dz: float) -> tuple[float, float, float]:
    """A clear evening with an early moon and streaks of high cloud."""
    k = abs(dy)
    c = fbm2(dx * 3 - dy * 2, dy * 14 + dx * 2, 6)
    q = (dx + 0.27) ** 2 + (dy - 0.27) ** 2
    shade = (dx + 0.262) ** 2 + (dy - 0.275) ** 2
    moon = 1.0 if q < 0.0009 and shade > 0.00055 else 0.0
    warm = np.exp(-k * 6)
    w = min(max((c - 0.5) * 3, 0.0), 1.0) * 0.4
    return (
        0.30 + 0.55 * warm + w * 0.7 + moon,
        0.42 + 0.24 * warm + w * 0.45 + moon,
        0.56 - 0.02 * warm + w * 0.34 + moon * 0.9,
    )


def tide_gauge(canvas: Canvas) -> None:
    """228: the gauge on the old mole."""
    scene = Scene(
        (gauge_sdf, gauge_surface, moon_evening), Camera((-1.8, 2.3, 1.2), (2.3, 4.0, 18.0), 0.94, 0.0),
        [(-0.75, 0.28, -0.35, 2.0, 1.25, 0.75, 1)],
        Air(haze=0.004, colour=(0.7, 0.58, 0.52), ambient=(0.26, 0.32, 0.42), bump=0.10, bump_scale=1.6, reach=800.0),
    )  # fmt: skip
    depth = scene.draw(canvas, expose=0.95)
    develop(canvas)
    before = canvas.px
    x, y, s = scene.camera.project((0.2, 0.6, 15.4), canvas.tall)
    spray(canvas, [(x, y, s * 1.7)], 12)
    canvas.px = np.where((depth > 13.0)[..., None], canvas.px, before)
    gulls(canvas, [(700, 120, 12), (742, 150, 8), (650, 90, 7)])
    finish.press(canvas, PALE, amount=0.12)
