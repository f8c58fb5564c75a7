"""The cup final."""

import numpy as np
from numba import njit

from tools.pictures import finish
from tools.pictures.canvas import Canvas, ink
from tools.pictures.march import Air, Camera
from tools.pictures.noise import fbm2, hash2, noise2
from tools.pictures.scene import Scene, develop
from tools.pictures.scenes.halls import darkness
from tools.pictures.solids import blend, box, cone, rod

FLOOD = [(0.0, "#050a10"), (0.3, "#16323a"), (0.6, "#5f8a6b"), (0.85, "#e6dfae"), (1.0, "#fffef2")]


@njit(fastmath=True)
def player_shape(
    x: float, y: float, z: float, fa: tuple, fb: tuple, ka: tuple, kb: tuple, shirt: float, skin: float
) -> tuple[float, int]:
    """The body of a player from its joints."""
    skin = min(
        skin,
        rod(
            x, y, z, (ka[0], ka[1], ka[2] + 0.06), (fa[0] * 0.4 + ka[0] * 0.6, fa[1] * 0.4 + ka[1] * 0.6, fa[2]), 0.065
        ),
        rod(x, y, z, kb, (fb[0] * 0.4 + kb[0] * 0.6, fb[1] * 0.4 + kb[1] * 0.6, fb[2]), 0.065),
    )
    shorts = blend(rod(x, y, z, (0.0, 0.95, 0.09), ka, 0.115), rod(x, y, z, (0.0, 0.95, -0.09), kb, 0.115), 0.1)
    socks = min(rod(x, y, z, ka, fa, 0.062), rod(x, y, z, kb, fb, 0.062))
    socks = min(
        socks,
        rod(x, y, z, fa, (fa[0] + 0.18, fa[1] - 0.05, fa[2]), 0.055),
        rod(x, y, z, fb, (fb[0] - 0.02, fb[1] - 0.16, fb[2]), 0.055),
    )
    d, m = shirt, 1
    if skin < d:
        d, m = skin, 2
    if shorts < d:
        d, m = shorts, 3
    if socks < d:
        d, m = socks, 4
    return d * 0.9, m


@njit(fastmath=True)
def player(x: float, y: float, z: float, pose: int) -> tuple[float, int]:
    """A footballer: 1 shirt, 2 skin, 3 shorts, 4 socks. Pose 0 runs with arms spread, 1 leaps, 2 runs, 3 stands."""
    if x * x + z * z > 4.0 or y > 3.0:
        return np.sqrt(x * x + z * z + max(y - 2.4, 0.0) ** 2) - 1.5 if x * x + z * z > 4.0 else y - 2.4, 1
    lift = 0.35 if pose == 1 else 0.0
    y = y - lift
    hip, neck = (0.0, 0.98, 0.0), (0.06, 1.46, 0.0)
    ka, fa = (0.34, 0.72, 0.05), (0.12, 0.34, 0.1)
    kb, fb = (-0.12, 0.54, -0.05), (-0.5, 0.36, -0.1)
    if pose == 1:
        ka, fa, kb, fb = (0.3, 0.82, 0.1), (0.0, 0.5, 0.12), (-0.2, 0.6, -0.1), (-0.55, 0.5, -0.1)
    if pose == 3:
        ka, fa, kb, fb = (0.06, 0.52, 0.12), (0.04, 0.06, 0.16), (-0.04, 0.52, -0.12), (-0.08, 0.06, -0.16)
    if pose == 2:
        ka, fa, kb, fb = (0.26, 0.62, 0.06), (0.4, 0.22, 0.08), (-0.2, 0.58, -0.06), (-0.58, 0.5, -0.08)
    shirt = blend(
        rod(x, y, z, (hip[0], 1.05, 0.0), (neck[0], 1.3, 0.0), 0.165),
        rod(x, y, z, (neck[0], 1.4, 0.17), (neck[0], 1.4, -0.17), 0.095),
        0.12,
    )
    ea, ha = (0.14, 1.44, 0.48), (0.2, 1.56, 0.8)
    eb, hb = (0.1, 1.42, -0.48), (0.14, 1.5, -0.8)
    if pose == 1:
        ea, ha, eb, hb = (0.1, 1.75, 0.3), (0.12, 2.08, 0.34), (0.05, 1.2, -0.32), (0.25, 1.0, -0.35)
    if pose == 2:
        ea, ha, eb, hb = (0.2, 1.16, 0.3), (0.45, 1.24, 0.25), (-0.2, 1.2, -0.3), (-0.3, 0.95, -0.25)
    if pose == 3:
        ea, ha, eb, hb = (0.0, 1.72, 0.36), (0.02, 1.98, 0.26), (0.0, 1.72, -0.36), (0.02, 1.98, -0.26)
    sleeves = min(rod(x, y, z, (neck[0], 1.41, 0.2), ea, 0.075), rod(x, y, z, (neck[0], 1.41, -0.2), eb, 0.075))
    shirt = blend(shirt, sleeves, 0.06)
    arms = min(rod(x, y, z, ea, ha, 0.05), rod(x, y, z, eb, hb, 0.05))
    head = np.sqrt((x - 0.1) ** 2 + (y - 1.68) ** 2 * 0.82 + z * z) - 0.12
    skin = min(arms, head, rod(x, y, z, neck, (0.08, 1.6, 0.0), 0.06))
    return player_shape(x, y, z, fa, fb, ka, kb, shirt, skin)


@njit(fastmath=True)
def stand(x: float, y: float, z: float, d: float, m: int) -> tuple[float, int]:
    """Boards, flag, the packed stand and its roof."""
    if z > 20.5:
        row = min(max(np.floor((z - 21.0) / 0.85), 0.0), 22.0)
        step = y - 0.9 - 0.5 * row
        if step * 0.7 < d:
            d, m = step * 0.7, 7
        c = np.floor(x / 0.62 + 0.5)
        h = hash2(int(c), int(row) + 7)
        lx, lz = x - c * 0.62 - 0.14 * (h - 0.5), z - 21.0 - 0.85 * row - 0.45
        ly = step - 0.75 * (0.85 + 0.25 * h)
        fan = blend(
            cone(lx, ly, lz, (-0.6, 0.42, 0.2, 0.17)), rod(lx, ly, lz, (0.14, 0.4, 0.0), (-0.14, 0.4, 0.0), 0.1), 0.1
        )
        head = np.sqrt(lx * lx + (ly - 0.66) ** 2 + lz * lz) - 0.125
        if (h * 7) % 1.0 > 0.5:
            fan = min(
                fan,
                rod(lx, ly, lz, (0.2, 0.4, 0.0), (0.22, 0.95, -0.1), 0.055),
                rod(lx, ly, lz, (-0.2, 0.4, 0.0), (-0.2, 0.95, -0.1), 0.055),
            )
            if (h * 13) % 1.0 > 0.6:
                scarf = box(lx, ly - 1.0, lz + 0.1, (0.3, 0.06, 0.015))
                if scarf < d:
                    d, m = scarf, 8
        if min(fan, head) * 0.85 < d:
            d, m = min(fan, head) * 0.85, (9 if head < fan else 30 + int(h * 900))
        d = min(d, 0.42)
    roof = max(abs(y - 15.2 - (z - 24.0) * -0.12) - 0.3, 23.0 - z)
    if roof < d:
        d, m = roof, 15
    return d, m


@njit(fastmath=True)
def final_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """The pitch, the scorer, his team-mates, and a packed stand."""
    d, m = y, 0
    for i in range(5):
        px, pz, pose, turn = (
            (0.0, -2.9, -4.3, 2.9, -6.4)[i],
            (6.4, 8.8, 7.7, 10.6, 11.0)[i],
            (0, 1, 2, 3, 2)[i],
            (1.25, 0.5, 0.2, 1.8, 0.1)[i],
        )
        c, s = np.cos(turn), np.sin(turn)
        lx, lz = c * (x - px) - s * (z - pz), s * (x - px) + c * (z - pz)
        p, pm = player(lx, y - 0.02, lz, pose)
        if p < d:
            d, m = p, pm + (20 if i == 3 else 10)
    board = box(x, y - 0.5, z - 20.0, (60.0, 0.5, 0.1))
    if board < d:
        d, m = board, 5
    flag = rod(x, y, z, (5.4, 0.0, 13.0), (5.4, 1.6, 13.0), 0.025)
    cloth = max(abs(y - 1.42) - 0.18, abs(x - 5.68) - 0.28, abs(z - 13.0 - 0.05 * np.sin(x * 9)) - 0.012)
    if min(flag, cloth) < d:
        d, m = min(flag, cloth), 6
    return stand(x, y, z, d, m)


@njit(fastmath=True)
def fan_colour(m: int) -> tuple[float, float, float, float, float]:
    """The coat of one spectator: mostly oxblood, some white, the rest dark."""
    k = ((m - 30) / 900.0 * 37.0) % 1.0
    if k < 0.4:
        return 0.34 + 0.2 * k, 0.04, 0.06, 0.0, 0.0
    if k < 0.55:
        return 0.5, 0.48, 0.44, 0.0, 0.0
    t = 0.03 + 0.14 * ((k * 11) % 1.0)
    return t, t, t * 1.3, 0.0, 0.0


@njit(fastmath=True)
def final_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Mown grass, oxblood and white kit, blue opponents, a coloured crowd."""
    if m == 0:
        mow = 1.0 if int(np.floor((x + z * 0.25) / 3.2)) % 2 else 0.78
        t = mow * (0.6 + 0.55 * fbm2(x * 5, z * 3, 4))
        chalk = abs(z - 13.2) < 0.07
        return (0.7, 0.72, 0.66, 0.0, 0.0) if chalk else (0.06 * t, 0.21 * t, 0.07 * t, 0.0, 0.0)
    if m in (11, 13):
        return (0.6, 0.05, 0.08, 0.0, 0.0) if m == 11 else (0.8, 0.79, 0.76, 0.0, 0.0)
    if m in (21, 23):
        return (0.06, 0.16, 0.42, 0.0, 0.0) if m == 21 else (0.04, 0.06, 0.14, 0.0, 0.0)
    if m in (12, 22):
        s = 0.22 + 0.3 * hash2(int(np.floor(x * 0.7 + 9)), 5)
        return (
            (0.05, 0.035, 0.03, 0.0, 0.0) if y > 1.72 and y < 1.86 and ny > 0.3 else (s, s * 0.64, s * 0.45, 0.0, 0.0)
        )
    if m in (14, 24):
        return 0.5, 0.06, 0.08, 0.0, 0.0
    if m == 5:
        k = int(np.floor(x / 4.5)) % 3
        mark = noise2(x * 3.2, y * 5 + 7) > 0.55 and abs(y - 0.5) < 0.26
        return (
            (0.75, 0.74, 0.7, 0.0, 0.25)
            if mark
            else ((0.35, 0.05, 0.07, 0.0, 0.1) if k == 0 else (0.05, 0.12, 0.2, 0.0, 0.08))
        )
    if m == 6:
        return 0.75, 0.55, 0.08, 0.0, 0.0
    if m == 8:
        return (0.62, 0.06, 0.09, 0.0, 0.0) if int(np.floor(x * 12)) % 2 else (0.8, 0.78, 0.74, 0.0, 0.0)
    if m == 9:
        h = hash2(int(np.floor(x / 0.62 + 0.5)), int(z * 1.2) + 3)
        s = 0.18 + 0.3 * h
        return (0.05, 0.04, 0.035, 0.0, 0.0) if ny > 0.62 else (s, s * 0.68, s * 0.5, 0.0, 0.0)
    if m >= 30:
        return fan_colour(m)
    return 0.06, 0.065, 0.07, 0.0, 0.0


def cup_final(canvas: Canvas) -> None:
    """222: the third goal."""
    lamps = [
        (-0.5, 0.75, -0.45, 1.3, 1.35, 1.3, 1),
        (0.65, 0.6, 0.1, 1.0, 1.05, 1.1, 1),
        (0.0, 13.0, 19.0, 60.0, 60.0, 54.0, 0),
    ]
    scene = Scene(
        (final_sdf, final_surface, darkness), Camera((1.0, 0.95, 0.9), (-0.75, 1.75, 8.0), 1.02, 0.0), lamps,
        Air(haze=0.016, colour=(0.2, 0.27, 0.28), halo=0.0006, ambient=(0.10, 0.13, 0.15), reach=60.0),
    )  # fmt: skip
    scene.draw(canvas, expose=1.05)
    smoke = canvas.fbm((4, 6), 14, octaves=6, warp=1.8)
    cover = np.clip((smoke - 0.44) * 3.2, 0, 0.75) * np.exp(
        -(((canvas.x - 760) / 260) ** 2) - ((canvas.y - 190) / 130) ** 2
    )
    canvas.tint(cover, (0.75, 0.16, 0.14))
    rng = np.random.default_rng(3)

    def confetti(c: object) -> None:
        for _ in range(240):
            x, y, s = rng.uniform(0, 1000), rng.uniform(0, 420), rng.uniform(0.8, 2.6)
            c.drawCircle(x, y, s, ink("#f4e9d8" if rng.random() > 0.4 else "#c8303a", rng.uniform(0.3, 0.9)))

    canvas.lay(confetti)
    develop(canvas)
    finish.press(canvas, FLOOD, amount=0.12)
