"""Scenes in three dimensions: distance fields lit by lamps and sun, with shadow, haze and wet floors.

A scene is three compiled functions: `sdf(x, y, z) -> (distance, material)`, `surface(material, x, y, z, ny) ->
(r, g, b, mirror, glow)` and `sky(dx, dy, dz) -> (r, g, b)`. y points up, lengths are metres.
Lamps are rows (x, y, z, r, g, b, kind): kind 0 shines from the place, kind 1 is a sun in that direction.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numba import njit, prange

from tools.pictures.noise import hash2, noise2

Array = np.ndarray


@dataclass(frozen=True)
class Camera:
    """Where the eye stands, where it looks, how long its lens is (in picture widths) and how it is shifted."""

    eye: tuple[float, float, float]
    target: tuple[float, float, float]
    lens: float = 1.0
    shift: float = 0.0

    def rows(self) -> Array:
        """Eye, right, up and forward as one array."""
        eye, target = np.array(self.eye, float), np.array(self.target, float)
        ahead = (target - eye) / np.linalg.norm(target - eye)
        right = np.cross([0.0, 1.0, 0.0], ahead)
        right /= np.linalg.norm(right)
        return np.stack([eye, right, np.cross(ahead, right), ahead])

    def project(self, point: tuple[float, float, float], tall: float) -> tuple[float, float, float]:
        """Place on the canvas in thousandths of the width, and canvas units per metre there."""
        eye, right, up, ahead = self.rows()
        d = np.array(point, float) - eye
        depth = max(float(d @ ahead), 1e-3)
        size = 1000 * self.lens / depth
        return 500 + float(d @ right) * size, tall / 2 - float(d @ up) * size + self.shift * 1000, size


@dataclass(frozen=True)
class Air:
    """How the air of a scene dims and glows."""

    haze: float = 0.0
    colour: tuple[float, float, float] = (0.5, 0.5, 0.5)
    halo: float = 0.0
    ambient: tuple[float, float, float] = (0.1, 0.1, 0.12)
    bump: float = 0.0
    bump_scale: float = 6.0
    reach: float = 120.0
    ground_mist: float = 0.0
    soft: float = 14.0

    def row(self) -> Array:
        """All numbers in one array."""
        return np.array(
            [
                self.haze,
                *self.colour,
                self.halo,
                *self.ambient,
                self.bump,
                self.bump_scale,
                self.reach,
                self.ground_mist,
                self.soft,
            ]
        )


@njit(fastmath=True, cache=True)
def halo(o: tuple, d: tuple, far: float, lamp: Array) -> float:
    """Light that the air between eye and surface sends back from a lamp."""
    qx, qy, qz = o[0] - lamp[0], o[1] - lamp[1], o[2] - lamp[2]
    b = d[0] * qx + d[1] * qy + d[2] * qz
    c = qx * qx + qy * qy + qz * qz
    s = 1.0 / np.sqrt(max(c - b * b, 0.003))
    return s * (np.arctan((far + b) * s) - np.arctan(b * s))


def make_march(sdf: Callable) -> Callable:
    """A function that follows a ray to the first surface: distance and material."""

    @njit(fastmath=True)
    def march(ox: float, oy: float, oz: float, dx: float, dy: float, dz: float, far: float, steps: int) -> tuple:
        t, m = 0.02, -1
        for _ in range(steps):
            d, m = sdf(ox + dx * t, oy + dy * t, oz + dz * t)
            if d < 0.0006 * t + 0.0004:
                return t, m
            t += d * 0.9
            if t > far:
                break
        return far, -1

    return march


def make_shadow(sdf: Callable) -> Callable:
    """A function that says how much of a light reaches a point, in 0..1."""

    @njit(fastmath=True)
    def shadow(x: float, y: float, z: float, dx: float, dy: float, dz: float, reach: tuple) -> float:
        far, soft = reach
        t, k = 0.03, 1.0
        for _ in range(52):
            d, _m = sdf(x + dx * t, y + dy * t, z + dz * t)
            if soft > 0:
                k = min(k, soft * d / t)
            if k < 0.005 or d < 0.0004 * t:
                return 0.0
            t += min(max(d, 0.02), 2.5)
            if t > far:
                break
        return max(k, 0.0)

    return shadow


def make_normal(sdf: Callable) -> Callable:
    """A function that gives the direction a surface faces."""

    @njit(fastmath=True)
    def normal(x: float, y: float, z: float, e: float) -> tuple:
        a, _ = sdf(x + e, y - e, z - e)
        b, _ = sdf(x - e, y - e, z + e)
        c, _ = sdf(x - e, y + e, z - e)
        d, _ = sdf(x + e, y + e, z + e)
        nx, ny, nz = a - b - c + d, -a - b + c + d, -a + b - c + d
        s = 1.0 / np.sqrt(nx * nx + ny * ny + nz * nz + 1e-12)
        return nx * s, ny * s, nz * s

    return normal


def make_lit(sdf: Callable, shadow: Callable) -> Callable:
    """A function that sums the light that falls on a point."""

    @njit(fastmath=True)
    def lit(x: float, y: float, z: float, n: tuple, lamps: Array, air: Array) -> tuple:
        nx, ny, nz = n
        open_ = 1.0
        for k in range(1, 5):
            h = 0.09 * k * k
            d, _m = sdf(x + nx * h, y + ny * h, z + nz * h)
            open_ -= max(0.0, h - d) / h * 0.28
        open_ = max(open_, 0.06) * (0.72 + 0.28 * ny)
        r, g, b = air[5] * open_, air[6] * open_, air[7] * open_
        for i in range(lamps.shape[0]):
            lx, ly, lz = lamps[i, 0], lamps[i, 1], lamps[i, 2]
            far, fall = 60.0, 1.0
            if lamps[i, 6] < 0.5:
                lx, ly, lz = lx - x, ly - y, lz - z
                q = lx * lx + ly * ly + lz * lz
                far = np.sqrt(q)
                lx, ly, lz = lx / far, ly / far, lz / far
                fall = 1.0 / (q + 0.15)
            c = nx * lx + ny * ly + nz * lz
            bright = fall * max(lamps[i, 3], lamps[i, 4])
            if c > 0 and bright > 0.004:
                s = c * fall * shadow(x + nx * 0.02, y + ny * 0.02, z + nz * 0.02, lx, ly, lz, (far - 0.25, air[12]))
                r, g, b = r + s * lamps[i, 3], g + s * lamps[i, 4], b + s * lamps[i, 5]
        return r, g, b

    return lit


def make_colour(surface: Callable, sky: Callable, normal: Callable, lit: Callable) -> Callable:
    """A function that gives the light a ray brings home from where it ended."""

    @njit(fastmath=True)
    def colour(o: tuple, d: tuple, t: float, m: int, lamps: Array, air: Array) -> tuple:
        """Light from a ray, without mirrors; also the mirror's strength and the normal."""
        refl, n = 0.0, (0.0, 1.0, 0.0)
        if m < 0:
            r, g, b = sky(d[0], d[1], d[2])
        else:
            x, y, z = o[0] + d[0] * t, o[1] + d[1] * t, o[2] + d[2] * t
            n = normal(x, y, z, 0.0008 * t + 0.001)
            ar, ag, ab, refl, glow = surface(m, x, y, z, n[1])
            lr, lg, lb = lit(x, y, z, n, lamps, air)
            r, g, b = ar * (lr + glow), ag * (lg + glow), ab * (lb + glow)
        if m >= 0 or air[11] > 0:
            thick = air[0] * t
            if air[11] > 0:
                top, low = o[1], o[1] + d[1] * t
                thick += air[11] * t * np.exp(-max(min(top, low), 0.0) * 0.35) * 0.6
            f = np.exp(-thick)
            r, g, b = r * f + air[1] * (1 - f), g * f + air[2] * (1 - f), b * f + air[3] * (1 - f)
        if air[4] > 0:
            for i in range(lamps.shape[0]):
                if lamps[i, 6] < 0.5:
                    s = air[4] * halo(o, d, t, lamps[i])
                    r, g, b = r + s * lamps[i, 3], g + s * lamps[i, 4], b + s * lamps[i, 5]
        return r, g, b, refl, n

    return colour


def make_ray(march: Callable, colour: Callable) -> Callable:
    """A function that gives the light along a ray, with one reflection on wet ground."""

    @njit(fastmath=True)
    def ray(o: tuple, d: tuple, lamps: Array, air: Array) -> tuple:
        far = air[10]
        t, m = march(o[0], o[1], o[2], d[0], d[1], d[2], far, 150)
        r, g, b, refl, n = colour(o, d, t, m, lamps, air)
        if refl > 0.01:
            x, y, z = o[0] + d[0] * t, o[1] + d[1] * t, o[2] + d[2] * t
            nx, ny, nz = n
            if air[8] > 0:
                s, a = air[9], air[8]
                nx += a * (noise2(x * s, z * s) - noise2(x * s + 0.7, z * s)) * 2
                nz += a * (noise2(x * s, z * s) - noise2(x * s, z * s + 0.7)) * 2
                q = 1.0 / np.sqrt(nx * nx + ny * ny + nz * nz)
                nx, ny, nz = nx * q, ny * q, nz * q
            c = -(d[0] * nx + d[1] * ny + d[2] * nz)
            ex, ey, ez = d[0] + 2 * c * nx, d[1] + 2 * c * ny, d[2] + 2 * c * nz
            if ey < 0.005 and ny > 0.8:
                ey = 0.005
            k = refl * (0.05 + 0.95 * (1 - min(max(c, 0.0), 1.0)) ** 4)
            p, e = (x + n[0] * 0.03, y + n[1] * 0.03, z + n[2] * 0.03), (ex, ey, ez)
            t2, m2 = march(p[0], p[1], p[2], ex, ey, ez, far, 70)
            r2, g2, b2, _r, _n = colour(p, e, t2, m2, lamps, air)
            r, g, b = r * (1 - k) + r2 * k, g * (1 - k) + g2 * k, b * (1 - k) + b2 * k
        return r, g, b, t

    return ray


def make_trace(ray: Callable) -> Callable:
    """A function that draws the whole picture into arrays of light and depth."""

    @njit(parallel=True, fastmath=True)
    def trace(out: Array, depth: Array, eye: Array, lens: tuple, lamps: Array, air: Array, spp: int) -> None:
        h, w = depth.shape
        f, shift = lens
        for j in prange(h):
            for i in range(w):
                for s in range(spp):
                    jx = hash2(i + 7919 * s, j * 3 + 1) if spp > 1 else 0.5
                    jy = (s + hash2(i * 5 + 2, j + 104729 * s)) / spp if spp > 1 else 0.5
                    u = (i + jx - 0.5 * w) / w / f
                    v = (0.5 * h - j - jy + shift * w) / w / f
                    dx = eye[3, 0] + u * eye[1, 0] + v * eye[2, 0]
                    dy = eye[3, 1] + u * eye[1, 1] + v * eye[2, 1]
                    dz = eye[3, 2] + u * eye[1, 2] + v * eye[2, 2]
                    q = 1.0 / np.sqrt(dx * dx + dy * dy + dz * dz)
                    r, g, b, t = ray((eye[0, 0], eye[0, 1], eye[0, 2]), (dx * q, dy * q, dz * q), lamps, air)
                    out[j, i, 0] += min(r, 12.0) / spp
                    out[j, i, 1] += min(g, 12.0) / spp
                    out[j, i, 2] += min(b, 12.0) / spp
                    depth[j, i] = t

    return trace


def make_shafts(shadow: Callable) -> Callable:
    """A function that measures how much sunlit air lies before each pixel."""

    @njit(parallel=True, fastmath=True)
    def shafts(out: Array, depth: Array, eye: Array, lens: tuple, sun: Array, many: int) -> None:
        h, w = out.shape
        f, shift = lens
        for j in prange(h):
            for i in range(w):
                u = (i + 0.5 - 0.5 * w) / w / f
                v = (0.5 * h - j - 0.5 + shift * w) / w / f
                dx = eye[3, 0] + u * eye[1, 0] + v * eye[2, 0]
                dy = eye[3, 1] + u * eye[1, 1] + v * eye[2, 1]
                dz = eye[3, 2] + u * eye[1, 2] + v * eye[2, 2]
                q = 1.0 / np.sqrt(dx * dx + dy * dy + dz * dz)
                far = depth[
                    min(j * depth.shape[0] // h, depth.shape[0] - 1), min(i * depth.shape[1] // w, depth.shape[1] - 1)
                ]
                total, start = 0.0, hash2(i, j)
                for k in range(many):
                    t = far * (k + start) / many * q / q
                    x, y, z = eye[0, 0] + dx * q * t, eye[0, 1] + dy * q * t, eye[0, 2] + dz * q * t
                    total += shadow(x, y, z, sun[0], sun[1], sun[2], (sun[3], 14.0)) * far / many
                out[j, i] = total

    return shafts


def make_tracer(sdf: Callable, surface: Callable, sky: Callable) -> tuple[Callable, Callable]:
    """Two compiled functions: one draws the scene, the other its shafts of light."""
    march, shadow, normal = make_march(sdf), make_shadow(sdf), make_normal(sdf)
    colour = make_colour(surface, sky, normal, make_lit(sdf, shadow))
    return make_trace(make_ray(march, colour)), make_shafts(shadow)
