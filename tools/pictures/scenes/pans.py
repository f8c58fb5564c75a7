"""The salt pans at evening."""

import numpy as np
from numba import njit

from tools.pictures import finish
from tools.pictures.canvas import Canvas
from tools.pictures.march import Air, Camera
from tools.pictures.noise import fbm2, hash2
from tools.pictures.scene import Scene, develop
from tools.pictures.scenes.quarter_views import after_sunset
from tools.pictures.solids import cone, person, rod

ROSE = [(0.0, "#1b1622"), (0.3, "#5d4256"), (0.6, "#c58a80"), (0.85, "#f5cfa6"), (1.0, "#fffaf0")]


@njit(fastmath=True)
def pans_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """Basins between low dykes, cones of salt, a worker with a rake."""
    gx, gz = x - 7.0 * np.floor(x / 7.0 + 0.5), z - 5.2 * np.floor(z / 5.2 + 0.5)
    edge = min(3.5 - abs(gx), 2.6 - abs(gz))
    dyke = (y - 0.2 + 0.5 * max(edge - 0.22, 0.0) + 0.05 * fbm2(x * 3, z * 3, 3)) * 0.8
    d, m = y, 0
    if dyke < d:
        d, m = dyke, 1
    cx = x - 2.3 * np.floor(x / 2.3 + 0.5)
    for k in range(2):
        cz = z - (13.05, 23.4)[k]
        heap = cone(cx, y, cz, (0.0, 0.95, 0.85, 0.04)) - 0.03 * fbm2(x * 6, z * 6 + y * 5, 3)
        if heap * 0.8 < d and x > -3.0:
            d, m = heap * 0.8, 2
    who = person(x - 1.5, y - 0.12, z - 9.2, -1.2, 0.9)
    rake = min(
        rod(x, y, z, (1.2, 1.15, 9.1), (-0.7, 0.12, 8.7), 0.022),
        rod(x, y, z, (-0.75, 0.12, 8.3), (-0.66, 0.12, 9.1), 0.05),
    )
    rake = min(rake, rod(x, y, z, (1.5, 1.4, 9.2), (0.95, 1.02, 9.05), 0.06))
    if min(who, rake) < d:
        d, m = min(who, rake), 3
    hut = max(
        min(
            max(abs(x + 13.0) - 2.0, abs(z - 40.0) - 1.6, y - 2.2),
            max((y - 3.6) * 0.7 + abs(x + 13.0) * 0.6, abs(z - 40.0) - 1.8, 2.0 - y),
        ),
        -9.0,
    )
    hills = (y - 7.0 * fbm2(x * 0.015, 3.0, 4) - 1.0 + max(240.0 - z, 0.0) * 0.2) * 0.5
    if min(hut, hills) < d:
        d, m = min(hut, hills), 4
    return d, m


@njit(fastmath=True)
def pans_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Each basin has its own stage of brine."""
    if m == 0:
        i, j = int(np.floor(x / 7.0 + 0.5)), int(np.floor(z / 5.2 + 0.5))
        h = hash2(i + 12, j + 5)
        crust = min(max((fbm2(x * 1.4, z * 1.4, 5) - 0.5) * 6, 0.0), 1.0)
        r, g, b = 0.5, 0.16, 0.17
        if h < 0.3:
            r, g, b = 0.42, 0.27, 0.12
        elif h < 0.55:
            r, g, b = 0.2, 0.24, 0.25
        elif h < 0.72:
            r, g, b = 0.55, 0.28, 0.24
        return r + 0.3 * crust, g + 0.4 * crust, b + 0.38 * crust, 0.8 - 0.5 * crust, 0.0
    if m == 1:
        t = 0.26 * (0.7 + 0.5 * fbm2(x * 2, z * 2, 4))
        return t, t * 0.84, t * 0.66, 0.0, 0.0
    if m == 2:
        return 0.86, 0.84, 0.82, 0.0, 0.0
    return (0.04, 0.04, 0.055, 0.0, 0.0) if m == 3 else (0.16, 0.12, 0.14, 0.0, 0.0)


def salt_pans(canvas: Canvas) -> None:
    """231: the pans at evening."""
    scene = Scene(
        (pans_sdf, pans_surface, after_sunset), Camera((-1.2, 3.3, -2.0), (0.2, 1.9, 12.0), 0.92, 0.03),
        [(-0.7, 0.22, 0.5, 1.5, 0.85, 0.5, 1), (-0.3, 0.8, -0.4, 0.3, 0.32, 0.45, 1)],
        Air(haze=0.0045, colour=(0.8, 0.45, 0.35), ambient=(0.28, 0.28, 0.4), bump=0.012, bump_scale=2.0, reach=700.0),
    )  # fmt: skip
    scene.draw(canvas, expose=0.95)
    develop(canvas)
    finish.press(canvas, ROSE, amount=0.15)
