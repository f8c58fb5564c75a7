"""The first ferry to Port Vane."""

import numpy as np
from numba import njit

from tools.pictures import finish
from tools.pictures.canvas import Canvas
from tools.pictures.march import Air, Camera
from tools.pictures.noise import fbm2, hash2, noise2
from tools.pictures.scene import Scene, develop
from tools.pictures.scenes.barrier import gulls
from tools.pictures.solids import box, cone, figure, lobe, nearest, rod


@njit(fastmath=True)
def sunrise(dx: float, dy: float, dz: float) -> tuple[float, float, float]:
    """A low sun left of the middle, with bars of cloud."""
    k = abs(dy)
    c = fbm2(dx * 2.6, dy * 19, 6)
    cloud = min(max((c - 0.46) * 5, 0.0), 1.0) * min(k * 14, 1.0)
    q = (dx + 0.37) ** 2 + (dy - 0.055) ** 2 * 1.3
    sun = np.exp(-q * 18) * 0.8 + np.exp(-q * 160) * 1.6 + (9.0 if q < 0.0006 else 0.0)
    warm = np.exp(-k * 5.5)
    r, g, b = 0.22 + 0.62 * warm + sun, 0.30 + 0.28 * warm + 0.6 * sun, 0.46 + 0.02 * warm + 0.22 * sun
    edge = 0.3 + 0.8 * np.exp(-q * 10)
    return (
        r * (1 - cloud * 0.6) + 0.55 * cloud * edge,
        g * (1 - cloud * 0.6) + 0.3 * cloud * edge,
        b * (1 - cloud * 0.55) + 0.26 * cloud * edge,
    )


@njit(fastmath=True)
def ferry_shore(x: float, y: float, z: float, d: float, m: int) -> tuple[float, int]:
    """Moles, harbour lights and the people on the quay."""
    mole = max(min(abs(x - 62.0), abs(x + 92.0)) - 24.0, y - 2.2, abs(z - 105.0) - 4.0)
    light = min(cone(x - 38.0, y, z - 104.0, (0.0, 11.0, 1.9, 1.1)), cone(x + 66.0, y, z - 104.0, (0.0, 9.0, 1.6, 1.0)))
    quay = box(x - 4.0, y + 0.2, z - 7.5, (30.0, 1.2, 3.6))
    if min(mole, light, quay) < d:
        d, m = min(mole, light, quay), 5
    lamp = min(
        np.sqrt((x - 38.0) ** 2 + (y - 11.8) ** 2 + (z - 104.0) ** 2) - 0.75,
        np.sqrt((x + 66.0) ** 2 + (y - 9.7) ** 2 + (z - 104.0) ** 2) - 0.65,
    )
    if lamp < d:
        d, m = lamp, 6
    if y < 4.0 and z < 14.0:
        for i in range(11):
            h = hash2(i, 21)
            fx, fz = x - (-7.6 + 1.25 * i + 0.7 * h), z - 9.6 - 1.1 * ((h * 7) % 1.0)
            arms = (1 if i % 3 == 1 else 0, 1 if i % 5 == 2 else 0)
            p = figure(fx, y - 1.0, fz, 0.4 * (h - 0.5), (h * 13) % 1.0, arms)
            if p < d:
                d, m = p, 7
        bollard = cone(nearest(x, 5.0), y, z - 10.7, (0.9, 1.55, 0.22, 0.3))
        if bollard < d:
            d, m = bollard, 7
    return d, m


@njit(fastmath=True)
def ferry_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """The ferry, harbour lights on two moles, people on the quay."""
    wake = 0.3 * np.exp(-((x - 6.0) ** 2) * 0.012) * np.exp(-((z - 58.0) ** 2) * 0.006)
    d, m = (y - 0.10 * noise2(x * 0.35, z * 0.3) - wake * noise2(x * 0.9, z * 0.9)) * 0.8, 0
    t = -0.42
    px, pz = x + 3.0, z - 74.0
    qx, qz = np.cos(t) * px + np.sin(t) * pz, -np.sin(t) * px + np.cos(t) * pz
    if abs(qx) < 34.0 and y < 26.0:
        bow = 5.6 * (1.0 - min(max((-qx - 14.0) / 15.0, 0.0), 1.0) ** 2) * (0.82 + 0.03 * y)
        hull = max(abs(qz) - bow, y - 5.4 - 0.06 * max(-qx - 12.0, 0.0) ** 1.2, -qx - 28.5 - 0.3 * y, qx - 24.0) * 0.8
        deck = box(qx - 1.0, y - 7.2, qz, (21.5, 1.9, 5.0))
        deck = min(deck, box(qx - 0.5, y - 10.4, qz, (18.0, 1.5, 4.5)))
        deck = min(deck, box(qx + 9.5, y - 12.9, qz, (4.2, 1.2, 4.3)))
        deck = min(
            deck, box(qx - 1.0, y - 9.05, qz, (22.5, 0.12, 5.4)), box(qx - 0.5, y - 11.95, qz, (19.0, 0.12, 4.9))
        )
        fun = min(
            rod(qx, y, qz, (4.0, 11.0, 2.2), (5.2, 17.2, 2.2), 1.15),
            rod(qx, y, qz, (4.0, 11.0, -2.2), (5.2, 17.2, -2.2), 1.15),
        )
        mast = min(
            rod(qx, y, qz, (-10.0, 13.0, 0.0), (-9.0, 20.0, 0.0), 0.14),
            rod(qx, y, qz, (14.0, 11.0, 0.0), (15.0, 18.0, 0.0), 0.14),
        )
        for k in range(5):
            mast = min(
                mast,
                lobe(qx - 6.0 - 2.6 * k * 1.0 + 0.5, y - 9.9, abs(qz) - 4.9, (1.05, 0.42, 0.45)) if k > 1 else 99.0,
            )
        if hull < d:
            d, m = hull, 1
        if deck < d:
            d, m = deck, 2
        if fun < d:
            d, m = fun, 3
        if mast < d:
            d, m = mast, 4
    else:
        d = min(d, max(abs(qx) - 33.5, y - 25.5, 0.4))
    return ferry_shore(x, y, z, d, m)


@njit(fastmath=True)
def ferry_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """White decks with lit windows, a dark blue hull, red funnels."""
    if m == 0:
        foam = (
            min(max((fbm2(x * 0.5, z * 0.8, 5) - 0.44) * 7, 0.0), 1.0)
            * np.exp(-((z - 66.0 - 0.45 * (x + 3)) ** 2) * 0.03)
            * np.exp(-((x - 14.0) ** 2) * 0.0022)
        )
        return 0.02 + 0.6 * foam, 0.04 + 0.58 * foam, 0.06 + 0.55 * foam, 1.0 - foam, 0.0
    if m == 1:
        return (0.05, 0.08, 0.15, 0.15, 0.0) if y < 4.2 else (0.75, 0.74, 0.72, 0.0, 0.0)
    if m == 2:
        u = x * 0.85 + z * 0.4
        win = 0.25 < u - np.floor(u) < 0.72 and (6.7 < y < 8.1 or 9.9 < y < 11.1 or 12.7 < y < 13.7)
        return (1.0, 0.7, 0.36, 0.0, 1.3) if win and ny < 0.5 else (0.8, 0.79, 0.77, 0.0, 0.0)
    if m == 3:
        return (0.55, 0.09, 0.08, 0.0, 0.0) if y < 15.9 else (0.05, 0.05, 0.06, 0.0, 0.0)
    if m == 6:
        return 1.0, 0.75, 0.4, 0.0, 5.0
    if m == 5:
        t = 0.22 * (0.7 + 0.5 * fbm2(x, z + y, 3))
        return t, t * 0.95, t * 0.9, 0.2 if ny > 0.8 else 0.0, 0.0
    return 0.04, 0.035, 0.045, 0.0, 0.0


def ferry(canvas: Canvas) -> None:
    """204: the first crossing."""
    scene = Scene(
        (ferry_sdf, ferry_surface, sunrise), Camera((-1.5, 4.1, -2.0), (1.5, 5.6, 60.0), 0.98, -0.015),
        [(-0.37, 0.12, 0.93, 1.6, 0.85, 0.42, 1), (-0.7, 0.4, -0.4, 0.55, 0.45, 0.48, 1)],
        Air(haze=0.0036, colour=(0.72, 0.48, 0.38), ambient=(0.26, 0.28, 0.36), bump=0.07, bump_scale=0.9, reach=900.0),
    )  # fmt: skip
    scene.draw(canvas, expose=0.95)
    canvas.bloom(above=1.3, spread=8, strength=0.22)
    develop(canvas)
    gulls(
        canvas,
        [
            (590, 180, 16),
            (640, 220, 11),
            (690, 168, 9),
            (560, 238, 8),
            (735, 214, 7),
            (610, 130, 8),
            (780, 190, 6),
            (520, 150, 7),
        ],
        "#2a2326",
    )
    finish.press(canvas, SUNRISE, amount=0.18)


SUNRISE = [(0.0, "#0c1422"), (0.3, "#3a4660"), (0.55, "#a67b72"), (0.8, "#f4c18c"), (1.0, "#fff6e0")]
