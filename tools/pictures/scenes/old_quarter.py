"""Bab al-Milh: the lane, the stair, the roofs, the lamp-seller, the Salt Gate, the blue door."""

import numpy as np
from numba import njit

from tools.pictures import finish
from tools.pictures.canvas import Canvas
from tools.pictures.march import Air, Camera
from tools.pictures.noise import fbm2, hash2, noise2
from tools.pictures.scene import Scene, develop
from tools.pictures.solids import box, cone, person, rod

NIGHT = [(0.0, "#06080f"), (0.25, "#232338"), (0.5, "#8a5530"), (0.75, "#e3a655"), (1.0, "#fff3d6")]


@njit(fastmath=True)
def stone(u: float, v: float, size: float) -> float:
    """Brightness of a wall of uneven courses, with joints."""
    row = np.floor(v / size)
    shift = hash2(int(row), 7) * size * 2
    long = size * (1.6 + hash2(int(row), 3))
    col = np.floor((u + shift) / long)
    fu, fv = (u + shift) / long - col, v / size - row
    edge = min(min(fu, 1 - fu) * long, min(fv, 1 - fv) * size)
    tone = 0.72 + 0.28 * hash2(int(col), int(row)) + 0.35 * (fbm2(u * 3.1, v * 3.1, 4) - 0.5)
    return tone * (0.6 if edge < 0.012 + 0.012 * noise2(u * 9, v * 9) else 1.0)


@njit(fastmath=True)
def lane_things(x: float, y: float, z: float, d: float, m: int) -> tuple[float, int]:
    """What stands and hangs in the lane: arches, lamps, walker, pots, washing."""
    step = max(box(x + 1.5, y - 0.1, z - 4.2, (0.35, 0.12, 0.7)), -1.0)
    pot = min(
        rod(x, y, z, (1.38, 0.15, 5.1), (1.38, 0.42, 5.1), 0.2), rod(x, y, z, (-1.3, 0.3, 4.4), (-1.3, 0.5, 4.4), 0.16)
    )
    step = min(step, pot)
    if step < d:
        d, m = step, 1
    line = rod(x, y, z, (-1.8, 5.6, 4.0), (1.8, 5.3, 4.4), 0.012)
    cloth = box(x + 0.2, y - 5.05, z - 4.2, (0.42, 0.42, 0.012))
    cloth = min(cloth, box(x - 0.72, y - 5.1, z - 4.28, (0.3, 0.32, 0.012)), line)
    if cloth < d:
        d, m = cloth, 5
    return d, m


@njit(fastmath=True)
def lane_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """A lane along z under three arches, with a walker."""
    bend = 0.35 * np.sin(z * 0.11)
    x = x - bend
    stones = 0.012 * noise2(x * 9.0, z * 7.0)
    gutter = 0.05 * np.exp(-x * x * 9)
    d, m = y + gutter - stones, 0
    wall = 1.75 + 0.22 * np.floor(noise2(z * 0.23, 4.0) * 3) / 3 + (0.12 if y > 3.3 else 0.0)
    w = wall - abs(x)
    side = 1.0 if x > 0 else -1.0
    cell = np.floor(z / 3.1 + side * 0.3)
    lz = z - (cell + 0.5 - side * 0.3) * 3.1
    near = abs(x) - wall
    door = max(abs(lz) - 0.48, y - 2.1, abs(near) - 0.28)
    if hash2(int(cell), int(side) + 5) > 0.45:
        w = max(w, -door)
    pane = max(abs(lz - 0.2) - 0.38, abs(y - 3.9) - 0.55, abs(near) - 0.22)
    pane2 = max(abs(lz - 0.2) - 0.38, abs(y - 6.3) - 0.55, abs(near) - 0.22)
    w = max(w, -min(pane, pane2))
    back = wall + 0.17 - abs(x)
    if w < d:
        d, m = w, 1
    if back < d:
        d, m = back, 2
    if y > 7.8:
        roof = 7.8 + 2 * noise2(z * 0.3, side * 3.0) - y
        d = max(d, -roof) if m == 1 else d
    for k in range(3):
        az = 6.5 + 7.2 * k
        up = 2.35 + 0.25 * k
        rise = np.sqrt(x * x + max(y - up, 0.0) ** 2)
        hole = (rise - 1.22) if y > up else abs(x) - 1.22
        arch = max(abs(z - az) - (0.75 + 0.35 * (k % 2)), -hole, y - (4.5 + 1.1 * k))
        if arch < d:
            d, m = arch, 1
        lz2 = z - az + 0.35
        lamp = max(cone(x, y, lz2, (up + 0.1, up + 0.4, 0.07, 0.13)), -9.0)
        cage = min(
            cone(x, y, lz2, (up + 0.4, up + 0.52, 0.17, 0.02)),
            rod(x, y, lz2, (0.0, up + 0.5, 0.0), (0.0, up + 1.25, 0.0), 0.012),
        )
        if cage < d:
            d, m = cage, 4
        if lamp < d:
            d, m = lamp, 3
    p = person(x - 0.18 + bend * 0.3, y, z - 10.4, 3.1, 0.57)
    if p < d:
        d, m = p, 4
    return lane_things(x, y, z, d, m)


@njit(fastmath=True)
def lane_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Plaster, stone, wet cobbles, lit panes."""
    if m == 0:
        cx, cz = x * 5.0, z * 4.0
        cz += 0.5 * (int(np.floor(cx)) % 2)
        fx, fz = cx - np.floor(cx) - 0.5, cz - np.floor(cz) - 0.5
        dome = max(0.0, 1.0 - 3.2 * (fx * fx + fz * fz))
        t = (0.06 + 0.2 * dome) * (0.7 + 0.5 * hash2(int(np.floor(cx)), int(np.floor(cz))))
        return t, t * 0.92, t * 0.86, 0.25 + 0.6 * noise2(x * 0.9 + 3, z * 0.6), 0.0
    if m == 1:
        t = stone(z + x, y, 0.34)
        plaster = min(max((fbm2(z * 0.55 + x, y * 0.55, 4) - 0.42) * 7, 0.0), 1.0)
        t = t * (1 - plaster) + plaster * (0.85 + 0.4 * (fbm2(z * 2 + x, y * 2, 3) - 0.5))
        t *= 0.42 + 0.25 * min(y / 2.5, 1.0)
        return t, t * 0.86, t * 0.66, 0.0, 0.0
    if m == 2:
        side = 1 if x > 0 else 0
        on = 1.0 if hash2(int(np.floor(z / 3.1 + side * 0.6)), int(y / 2.4) + 31 * side) > 0.62 and y > 3 else 0.0
        return 0.5, 0.3, 0.12, 0.0, 2.6 * on
    if m == 3:
        return 1.0, 0.72, 0.34, 0.0, 4.5
    if m == 4:
        return 0.035, 0.035, 0.045, 0.0, 0.0
    return 0.5, 0.52, 0.55, 0.0, 0.0


@njit(fastmath=True)
def night_sky(dx: float, dy: float, dz: float) -> tuple[float, float, float]:
    """Deep blue with a last green light below."""
    k = min(max(dy, 0.0), 1.0)
    c = fbm2(dx * 4, dy * 5, 4)
    return 0.035 + 0.03 * c, 0.06 + 0.05 * c, 0.15 + 0.12 * (1 - k) + 0.06 * c


def lantern_street(canvas: Canvas) -> None:
    """209: the lane under three arches."""
    lamps = [
        (0.35 * np.sin(z * 0.11), 2.35 + 0.25 * k - 0.02, z - 0.35, 4.4, 2.5, 0.95, 0)
        for k, z in enumerate((6.5, 13.7, 20.9))
    ]
    lamps += [(0.5, 3.0, 28.5, 5.0, 2.6, 0.9, 0), (-1.2, 3.4, 1.2, 1.5, 0.8, 0.3, 0)]
    lamps.append((-0.3, 0.9, -0.18, 0.05, 0.08, 0.18, 1))
    scene = Scene(
        (lane_sdf, lane_surface, night_sky),
        Camera((-0.5, 1.3, -1.6), (0.05, 1.62, 9.0), 0.86, 0.075), lamps,
        Air(haze=0.012, colour=(0.05, 0.07, 0.15), halo=0.011, ambient=(0.04, 0.06, 0.13), bump=0.16, bump_scale=14.0, reach=70.0),
    )  # fmt: skip
    scene.draw(canvas, expose=1.5)
    canvas.bloom(above=1.6, spread=6, strength=0.18)
    develop(canvas)
    finish.press(canvas, NIGHT, amount=0.2, dark=0.22)
