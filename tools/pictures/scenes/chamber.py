"""The Assembly: full at the night vote, and empty by day."""

from collections.abc import Callable

import numpy as np
from numba import njit

from tools.pictures import finish
from tools.pictures.canvas import Canvas
from tools.pictures.march import Air, Camera
from tools.pictures.noise import fbm2, hash2
from tools.pictures.scene import Scene, develop
from tools.pictures.solids import blend, box, cone, person, pillar, rod

GOLD = [(0.0, "#0d0908"), (0.3, "#3a2018"), (0.55, "#8c5a34"), (0.8, "#e0b36f"), (1.0, "#fff4d9")]


@njit(fastmath=True)
def member(x: float, y: float, z: float, h: float) -> float:
    """A seated figure that faces +z; h in 0..1 varies the posture."""
    lean = 0.16 * (h - 0.5)
    x = x - lean * max(y, 0.0) * 0.5
    torso = cone(x, y, z * 1.25, (-0.1, 0.52, 0.2, 0.17))
    body = blend(torso, rod(x, y, z, (0.15, 0.5, 0.0), (-0.15, 0.5, 0.0), 0.1), 0.1)
    reach = 0.2 + 0.2 * ((h * 7) % 1.0)
    arms = min(
        rod(x, y, z, (0.24, 0.48, 0.0), (0.2, 0.12, reach), 0.06),
        rod(x, y, z, (-0.24, 0.48, 0.0), (-0.16, 0.14, reach), 0.06),
    )
    if h > 0.93:
        arms = min(arms, rod(x, y, z, (0.24, 0.5, 0.0), (0.32, 1.15, 0.08), 0.055))
    hy, hz = y - 0.76, z - 0.04 - 0.1 * ((h * 3) % 1.0)
    head = np.sqrt(x * x + hy * hy * 0.82 + hz * hz) - 0.115
    return min(blend(body, arms, 0.06), blend(head, rod(x, y, z, (0.0, 0.5, 0.0), (0.0, 0.7, 0.02), 0.05), 0.04)) * 0.85


@njit(fastmath=True)
def hall_fittings(x: float, y: float, z: float, front: float, d: float, m: int) -> tuple[float, int]:
    """Columns, gallery, dome and dais."""
    bowl = 19.0 - np.sqrt(x * x + z * z * 0.98)
    turn = np.arctan2(x, -z) * 19.0
    nx = turn - 3.3 * np.floor(turn / 3.3 + 0.5)
    low = np.sqrt(nx * nx + max(y - 6.9, 0.0) ** 2) - 0.85
    bowl = max(bowl, -max(low, 5.2 - y, abs(bowl) - 0.5))
    ledge = max(abs(bowl) - 1.1, abs(y - 4.75) - 0.16, z - 4.0)
    rail = max(abs(bowl - 1.0) - 0.06, abs(y - 5.25) - 0.06, z - 4.0)
    if min(ledge, rail) * 0.8 < d:
        d, m = min(ledge, rail) * 0.8, 1
    if bowl < d and z < 7.6:
        d, m = bowl, 4
    if 19.45 - np.sqrt(x * x + z * z * 0.98) < d and z < 7.6:
        d, m = 19.45 - np.sqrt(x * x + z * z * 0.98), 6
    dome = 19.5 - np.sqrt(x * x + (y - 6.0) ** 2 * 2.2 + z * z)
    eye = max(pillar(x, z, 3.1), -9.0)
    if y > 9.0:
        ribs = abs(np.sin(np.arctan2(x, z) * 12.0)) * 0.12
        shell = max(dome - ribs, -dome - 0.6, -eye)
        if shell < d:
            d, m = shell, 5
    frieze = max(abs(y - 9.25) - 0.25, front - 0.3)
    if frieze < d:
        d, m = frieze, 2
    dais = min(box(x, y - 0.6, z - 4.6, (2.6, 0.6, 1.1)), box(x, y - 1.65, z - 5.2, (1.5, 0.55, 0.3)))
    dais = min(dais, box(x, y - 2.9, z - 6.2, (0.62, 1.4, 0.16)))
    dais = min(dais, box(x, y - 0.6, z - 1.9, (0.42, 0.62, 0.26)), box(x, y - 0.42, z - 0.2, (1.7, 0.42, 0.5)))
    if dais < d:
        d, m = dais, 1
    return d, m


@njit(fastmath=True)
def hall(x: float, y: float, z: float) -> tuple[float, int]:
    """The room itself: stepped half-round floor, front wall with arches, columns, gallery, dome."""
    r = np.sqrt(x * x + z * z)
    row = min(max(np.floor((r - 5.2) / 1.35), 0.0), 8.0)
    back = z < 2.2
    floor_ = 0.42 * row if (back and r > 5.2) else 0.0
    d, m = (y - floor_) * 0.75, 0
    if back and r <= 5.25 and y < 1.6:
        d = min(d, max(5.3 - r, 0.05))
    if back and r > 5.2 and r < 17.8:
        lr = r - 5.2 - 1.35 * row
        if y < floor_ + 1.6:
            d = min(d, max(1.4 - lr, 0.05))
        ang = np.arctan2(x, -z)
        aisle = min(abs(abs(ang) - 0.42), abs(abs(ang) - 1.12)) * r
        desk = max(abs(lr - 0.22) - 0.16, abs(y - floor_ - 0.42) - 0.42, 0.5 - aisle) * 0.8
        if desk < d:
            d, m = desk, 1
    front = 7.6 - z
    arch = 99.0
    for k in range(5):
        ax = x - (k - 2) * 4.1
        top = 6.2 if k == 2 else 5.4
        hole = np.sqrt(ax * ax + max(y - top, 0.0) ** 2) - 1.35
        arch = min(arch, max(hole, 1.0 - y))
    wall = max(front, -max(arch, abs(front) - 0.6))
    if wall < d:
        d, m = wall, 2
    if 8.3 - z < d:
        d, m = 8.3 - z, 3
    for k in range(6):
        px = x - (k - 2.5) * 4.1
        col = max(pillar(px, z - 7.2, 0.34 - 0.008 * y), y - 8.6)
        col = min(col, box(px, y - 8.75, z - 7.2, (0.5, 0.2, 0.5)), box(px, y - 0.3, z - 7.2, (0.5, 0.35, 0.5)))
        if col < d:
            d, m = col, 2
    return hall_fittings(x, y, z, front, d, m)


@njit(fastmath=True)
def member_colour(h: float, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Hair, face or coat of the member that the number h stands for."""
    r = np.sqrt(x * x + z * z)
    up = y - 0.42 * min(max(np.floor((r - 5.2) / 1.35), 0.0), 8.0) - 0.5
    if up > 0.63:
        s = 0.25 + 0.45 * ((h * 13.0) % 1.0)
        if up > 0.79 or (r > 0 and ny > 0.55):
            c = (h * 29.0) % 1.0
            return (0.5, 0.48, 0.45, 0.0, 0.0) if c > 0.7 else (0.05 + 0.12 * c, 0.035 + 0.05 * c, 0.03, 0.0, 0.0)
        return s, s * 0.68, s * 0.5, 0.0, 0.0
    k = (h * 41.0) % 1.0
    if k > 0.88:
        return 0.42, 0.09, 0.08, 0.0, 0.0
    if k > 0.76:
        return 0.08, 0.28, 0.3, 0.0, 0.0
    if k > 0.68:
        return 0.5, 0.4, 0.22, 0.0, 0.0
    t = 0.03 + 0.09 * ((h * 53.0) % 1.0)
    return t, t, t * 1.15, 0.0, 0.0


@njit(fastmath=True)
def chamber_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Members in their clothes, red carpet, oak, stone, gilded dome, night in the windows."""
    if m >= 20:
        return member_colour((m - 20) / 5000.0, x, y, z, ny)
    if m == 12:
        return 0.07, 0.06, 0.07, 0.0, 0.0
    if m == 0:
        t = 0.32 * (0.8 + 0.4 * fbm2(x * 3, z * 3, 4))
        return t, t * 0.34, t * 0.26, 0.0, 0.0
    if m == 1:
        g = fbm2(np.arctan2(x, z) * 9, y * 2.5 + 0.2 * np.sqrt(x * x + z * z), 4)
        t = 0.28 + 0.05 * g
        return t * 1.15, t * 0.62, t * 0.33, 0.3 if ny > 0.8 else 0.05, 0.0
    if m == 3:
        k = fbm2(x * 0.6, y * 0.9, 6)
        band = 0.5 + 0.5 * np.sin(y * 4 + 6 * k)
        return 0.06 + 0.1 * band, 0.12 + 0.12 * band, 0.15 + 0.14 * band, 0.0, 0.12
    if m == 6:
        return 0.05, 0.09, 0.2, 0.3, 0.9
    if m == 4:
        rib = abs(np.sin(np.arctan2(x, z) * 18.0))
        t = (0.36 if rib > 0.15 else 0.2) * (0.8 + 0.3 * fbm2(x, y, 3))
        return t, t * 0.68, t * 0.42, 0.0, 0.0
    if m == 5:
        coffer = abs(np.sin(np.arctan2(x, z) * 12.0)) > 0.25 and abs(np.sin(y * 2.6)) > 0.3
        t = 0.42 if coffer else 0.68
        return t, t * 0.85, t * 0.62, 0.0, 0.0
    t = 0.6 * (0.85 + 0.3 * fbm2(x * 1.5, y * 1.5, 4))
    return t, t * 0.9, t * 0.74, 0.0, 0.0


def parts(full: bool) -> tuple[Callable, Callable]:
    """The hall with its members, or without."""
    people = 1 if full else 0

    @njit(fastmath=True)
    def sdf(x: float, y: float, z: float) -> tuple[float, int]:
        d, m = hall(x, y, z)
        if people == 0:
            return d, m
        r = np.sqrt(x * x + z * z)
        if z < 2.0 and r > 5.0 and r < 17.5:
            row = min(max(np.floor((r - 5.2) / 1.35), 0.0), 8.0)
            radius = 5.2 + 1.35 * row + 0.86
            many = np.floor(radius / 0.92)
            ang = np.arctan2(x, -z)
            cell = np.floor(ang * many + 0.5)
            mid = cell / many
            h = hash2(int(cell) + 60, int(row) + 3)
            aisle = min(abs(abs(mid) - 0.42), abs(abs(mid) - 1.12)) * radius
            if aisle > 0.75 and h > 0.07 and abs(mid) < 1.62:
                lx, lz = (ang - mid) * radius, radius - r
                p = member(lx, y - 0.42 * row - 0.5, lz, h)
                if p < d:
                    d, m = p, 20 + int(h * 5000)
            elif aisle <= 0.75:
                d = min(d, 0.4)
        p = person(x, y - 0.02, z - 2.6, 3.14, 0.35)
        q = min(person(x - 0.05, y - 0.75, z - 5.8, 3.14, 0.12), person(x + 1.9, y - 0.3, z - 5.2, 3.0, 0.5))
        if min(p, q) < d:
            d, m = min(p, q), 12
        return d, m

    return sdf, chamber_surface


@njit(fastmath=True)
def eye_of_light(dx: float, dy: float, dz: float) -> tuple[float, float, float]:
    """The glowing glass over the dome."""
    return 3.2, 2.3, 1.25


@njit(fastmath=True)
def eye_of_day(dx: float, dy: float, dz: float) -> tuple[float, float, float]:
    """Pale daylight over the dome."""
    return 2.0, 2.2, 2.4


def night_vote(canvas: Canvas) -> None:
    """203: the chamber in the last hour of the sitting."""
    lamps = [
        (0.0, 12.0, 0.0, 62.0, 44.0, 24.0, 0),
        (0.4, 5.6, 1.6, 13.0, 10.5, 7.2, 0),
        (2.0, 8.5, 6.5, 26.0, 22.0, 16.0, 0),
        (-11.0, 5.6, -11.0, 9.0, 5.6, 2.5, 0),
        (11.0, 5.6, -11.0, 9.0, 5.6, 2.5, 0),
        (0.0, 5.6, -15.5, 9.0, 5.6, 2.5, 0),
    ]
    scene = Scene(
        (*parts(True), eye_of_light), Camera((4.4, 4.5, 7.2), (-0.9, 2.0, -6.0), 0.76, -0.01), lamps,
        Air(haze=0.0025, colour=(0.3, 0.19, 0.1), halo=0.0022, ambient=(0.13, 0.10, 0.085), bump=0.02, reach=60.0, soft=0.0),
    )  # fmt: skip
    scene.draw(canvas, expose=1.25)
    canvas.bloom(above=1.5, spread=8, strength=0.2)
    develop(canvas)
    finish.press(canvas, GOLD, amount=0.18)


def empty_chamber(canvas: Canvas) -> None:
    """238: the chamber between sittings."""
    scene = Scene(
        (*parts(False), eye_of_day), Camera((-8.5, 6.4, -10.5), (1.2, 2.9, 5.0), 0.9, 0.0),
        [(-0.03, 0.93, -0.37, 2.6, 2.2, 1.6, 1), (6.0, 5.0, 5.0, 1.5, 1.5, 1.8, 0)],
        Air(haze=0.008, colour=(0.16, 0.17, 0.19), ambient=(0.22, 0.23, 0.27), bump=0.02, reach=60.0),
    )  # fmt: skip
    depth = scene.draw(canvas, expose=1.3)
    beams = scene.beams(canvas, depth, (-0.03, 0.93, -0.37, 40.0))
    canvas.glow(np.clip(beams, 0, 8), (0.055, 0.048, 0.036))
    develop(canvas)
    finish.press(canvas, [(0.0, "#0b0c10"), (0.35, "#33302f"), (0.65, "#84705c"), (1.0, "#fbf0da")], amount=0.25)
