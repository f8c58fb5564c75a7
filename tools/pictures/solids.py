"""Distances to simple solids, for compiled scenes."""

import numpy as np
from numba import njit

FAST = {"fastmath": True, "cache": True}


@njit(**FAST)
def nearest(v: float, step: float) -> float:
    """How far v lies from the nearest multiple of step, with its sign."""
    return v - step * np.floor(v / step + 0.5)


@njit(**FAST)
def box(x: float, y: float, z: float, size: tuple[float, float, float]) -> float:
    """Distance to a box around the origin with the half sizes."""
    qx, qy, qz = abs(x) - size[0], abs(y) - size[1], abs(z) - size[2]
    ox, oy, oz = max(qx, 0.0), max(qy, 0.0), max(qz, 0.0)
    return np.sqrt(ox * ox + oy * oy + oz * oz) + min(max(qx, qy, qz), 0.0)


@njit(**FAST)
def rod(x: float, y: float, z: float, a: tuple, b: tuple, r: float) -> float:
    """Distance to a round rod from a to b."""
    px, py, pz = x - a[0], y - a[1], z - a[2]
    bx, by, bz = b[0] - a[0], b[1] - a[1], b[2] - a[2]
    k = min(max((px * bx + py * by + pz * bz) / (bx * bx + by * by + bz * bz), 0.0), 1.0)
    px, py, pz = px - k * bx, py - k * by, pz - k * bz
    return np.sqrt(px * px + py * py + pz * pz) - r


@njit(**FAST)
def cone(x: float, y: float, z: float, span: tuple[float, float, float, float]) -> float:
    """Roughly the distance to an upright cone: bottom, top, radius below, radius above."""
    y0, y1, r0, r1 = span
    k = min(max((y - y0) / (y1 - y0), 0.0), 1.0)
    side = np.sqrt(x * x + z * z) - (r0 + (r1 - r0) * k)
    lid = max(y0 - y, y - y1)
    return max(side * 0.92, lid) if side < 0 or lid < 0 else np.sqrt(side * side + lid * lid)


@njit(**FAST)
def pillar(x: float, z: float, r: float) -> float:
    """Distance to an endless upright pillar."""
    return np.sqrt(x * x + z * z) - r


@njit(**FAST)
def lobe(x: float, y: float, z: float, size: tuple[float, float, float]) -> float:
    """Roughly the distance to an egg around the origin with the half axes."""
    k0 = np.sqrt((x / size[0]) ** 2 + (y / size[1]) ** 2 + (z / size[2]) ** 2)
    k1 = np.sqrt((x / size[0] ** 2) ** 2 + (y / size[1] ** 2) ** 2 + (z / size[2] ** 2) ** 2)
    return k0 * (k0 - 1.0) / (k1 + 1e-6)


@njit(**FAST)
def blend(a: float, b: float, k: float) -> float:
    """The nearer of two distances, with a soft seam."""
    h = max(k - abs(a - b), 0.0) / k
    return min(a, b) - h * h * k * 0.25


@njit(**FAST)
def limb(x: float, y: float, z: float, a: tuple, b: tuple, r: tuple[float, float]) -> float:
    """Roughly the distance to a round limb from a to b, as thick as r[0] there and r[1] here."""
    px, py, pz = x - a[0], y - a[1], z - a[2]
    bx, by, bz = b[0] - a[0], b[1] - a[1], b[2] - a[2]
    k = min(max((px * bx + py * by + pz * bz) / (bx * bx + by * by + bz * bz), 0.0), 1.0)
    px, py, pz = px - k * bx, py - k * by, pz - k * bz
    return np.sqrt(px * px + py * py + pz * pz) - r[0] - (r[1] - r[0]) * k


@njit(**FAST)
def arm(x: float, y: float, z: float, pose: int, bend: float) -> float:
    """Distance to a right arm with its hand: 0 hangs, 1 is raised, 2 holds something upright, 3 something to the eye."""
    elbow, wrist = (0.265, 1.1, -0.05), (0.25, 0.86, 0.04 + bend)
    if pose == 1:
        elbow, wrist = (0.37, 1.55, 0.05), (0.33, 1.86, 0.1)
    elif pose == 2:
        elbow, wrist = (0.25, 1.1, 0.02), (0.17, 1.22, 0.26)
    elif pose == 3:
        elbow, wrist = (0.3, 1.22, 0.16), (0.1, 1.55, 0.24)
    upper = limb(x, y, z, (0.185, 1.37, 0.0), elbow, (0.062, 0.05))
    lower = limb(x, y, z, elbow, wrist, (0.05, 0.036))
    hand = (
        np.sqrt((x - wrist[0]) ** 2 + (y - wrist[1] - (0.05 if pose == 1 else 0.0)) ** 2 + (z - wrist[2]) ** 2) - 0.045
    )
    return min(upper, blend(lower, hand, 0.03))


@njit(**FAST)
def figure(x: float, y: float, z: float, turn: float, kind: float, arms: tuple[int, int]) -> float:
    """Distance to a standing figure at the origin, 1.75 m tall, facing along turn, with the poses of its two arms.

    The kind, 0..1, varies the build, the coat and the stride; above two thirds it wears a hat.
    """
    c, s = np.cos(turn), np.sin(turn)
    x, z = c * x + s * z, -s * x + c * z
    if x * x + z * z > 1.4:
        return np.sqrt(x * x + z * z) - 0.6
    k = 0.92 + 0.14 * kind
    x, y, z = x / k, y / k, z / k
    step = 0.16 * ((kind * 7.3) % 1.0)
    side, stride = (1.0, step) if x > 0 else (-1.0, -step)
    knee, heel = (0.095, 0.48, 0.03 + 0.6 * stride), (0.1, 0.09, stride)
    legs = min(
        limb(abs(x), y, z, (0.085, 0.88, 0.0), knee, (0.085, 0.058)), limb(abs(x), y, z, knee, heel, (0.058, 0.045))
    )
    legs = min(legs, limb(abs(x), y, z, (0.1, 0.05, stride - 0.03), (0.12, 0.035, stride + 0.15), (0.046, 0.034)))
    hem = 0.45 + 0.35 * ((kind * 3.7) % 1.0)
    skirt = cone(x, y, z * 1.3, (hem, 1.02, 0.235, 0.165))
    chest = cone(x, y, z * 1.4, (1.0, 1.36, 0.165, 0.195))
    body = blend(blend(skirt, chest, 0.06), rod(x, y, z * 1.15, (0.13, 1.385, 0.0), (-0.13, 1.385, 0.0), 0.075), 0.09)
    bend = 0.2 * ((kind * 5.1) % 1.0)
    near = arm(x, y, z, arms[0], bend) if side > 0 else arm(-x, y, z, arms[1], 0.3 * bend)
    head = lobe(x, y - 1.625, z - 0.025, (0.08, 0.112, 0.097))
    top = blend(head, rod(x, y, z, (0.0, 1.38, 0.0), (0.0, 1.55, 0.01), 0.05), 0.04)
    if kind > 0.66:
        top = min(top, cone(x, y, z - 0.02, (1.675, 1.69, 0.15, 0.15)))
        top = min(top, cone(x, y, z - 0.02, (1.68, 1.78, 0.105, 0.085)))
    return min(blend(blend(body, legs, 0.04), near, 0.035), top) * k * 0.8


@njit(**FAST)
def person(x: float, y: float, z: float, turn: float, kind: float) -> float:
    """Distance to a figure whose arms hang."""
    return figure(x, y, z, turn, kind, (0, 0))
