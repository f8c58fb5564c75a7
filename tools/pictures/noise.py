"""Smooth noise, as plane fields for numpy and as point functions for compiled code."""

import numpy as np
from numba import njit, prange

Field = np.ndarray


@njit(fastmath=True, cache=True)
def hash2(i: int, j: int) -> float:
    """A value in 0..1 that depends on the two whole numbers alone."""
    n = (i * 374761393 + j * 668265263) & 0xFFFFFFFF
    n = ((n ^ (n >> 13)) * 1274126177) & 0xFFFFFFFF
    n = ((n ^ (n >> 15)) * 2246822519) & 0xFFFFFFFF
    return ((n ^ (n >> 16)) & 0xFFFF) / 65535.0


@njit(fastmath=True, cache=True)
def noise2(x: float, y: float) -> float:
    """Smooth noise in 0..1 at a point of the plane."""
    i, j = int(np.floor(x)), int(np.floor(y))
    u, v = x - i, y - j
    u, v = u * u * u * (u * (u * 6 - 15) + 10), v * v * v * (v * (v * 6 - 15) + 10)
    top = hash2(i, j) * (1 - u) + hash2(i + 1, j) * u
    low = hash2(i, j + 1) * (1 - u) + hash2(i + 1, j + 1) * u
    return top * (1 - v) + low * v


@njit(fastmath=True, cache=True)
def fbm2(x: float, y: float, octaves: int) -> float:
    """Fractal noise in 0..1 at a point of the plane."""
    total, weight, amp = 0.0, 0.0, 1.0
    for k in range(octaves):
        total += amp * noise2(x + 17.3 * k, y - 9.1 * k)
        weight += amp
        amp *= 0.5
        x, y = 1.62 * x + 1.18 * y, -1.18 * x + 1.62 * y
    return total / weight


@njit(fastmath=True, cache=True)
def noise3(x: float, y: float, z: float) -> float:
    """Smooth noise in 0..1 at a point of space."""
    k = int(np.floor(z))
    w = z - k
    w = w * w * (3 - 2 * w)
    return noise2(x + 37.7 * k, y + 11.3 * k) * (1 - w) + noise2(x + 37.7 * (k + 1), y + 11.3 * (k + 1)) * w


@njit(fastmath=True, cache=True)
def swell(x: float, z: float, time: float) -> float:
    """Height of a rough sea in -1..1: pointed crests that travel with time."""
    a = noise2(x * 0.075 + 0.21 * time, z * 0.12 - 0.17 * time)
    b = noise2(x * 0.19 - 0.33 * time, z * 0.27 - 0.29 * time)
    c = noise2(x * 0.55 + 0.6 * time, z * 0.62 - 0.5 * time)
    e = noise2(x * 1.6 - 0.9 * time, z * 1.5 - 0.8 * time)
    return 1.1 * (1 - abs(2 * a - 1)) + 0.65 * (1 - abs(2 * b - 1)) + 0.3 * (1 - abs(2 * c - 1)) + 0.1 * e - 1.0


@njit(parallel=True, fastmath=True, cache=True)
def _fill(out: Field, spot: tuple[float, float, float, float], octaves: int, warp: float) -> None:
    """Write fractal noise over the whole field."""
    ox, oy, sx, sy = spot
    h, w = out.shape
    for j in prange(h):
        for i in range(w):
            x, y = ox + sx * i / w, oy + sy * j / w
            if warp > 0:
                qx = fbm2(x * 0.7 + 5.2, y * 0.7 + 1.3, 3) - 0.5
                qy = fbm2(x * 0.7 - 3.1, y * 0.7 + 8.7, 3) - 0.5
                x, y = x + warp * qx, y + warp * qy
            out[j, i] = fbm2(x, y, octaves)


@njit(parallel=True, fastmath=True, cache=True)
def _sample(out: Field, x: Field, y: Field, octaves: int) -> None:
    """Write the noise at each of the points."""
    h, w = out.shape
    for j in prange(h):
        for i in range(w):
            out[j, i] = fbm2(x[j, i], y[j, i], octaves)


def sample(x: Field, y: Field, octaves: int = 5) -> Field:
    """Fractal noise in 0..1 at points of the plane that the two fields name."""
    out = np.empty(x.shape, np.float32)
    _sample(out, np.ascontiguousarray(x, np.float64), np.ascontiguousarray(y, np.float64), octaves)
    return out


def field(
    shape: tuple[int, int], *, scale: tuple[float, float], seed: int, octaves: int = 5, warp: float = 0.0
) -> Field:
    """Fractal noise in 0..1 over a plane; scale counts the cells across one width, along x and along y."""
    out = np.empty(shape, np.float32)
    _fill(out, (seed * 13.37, seed * 7.77, float(scale[0]), float(scale[1])), octaves, float(warp))
    return out
