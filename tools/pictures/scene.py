"""Draws a distance-field scene onto a canvas."""

from dataclasses import dataclass, field

import numpy as np

from tools.pictures.canvas import Canvas, soften
from tools.pictures.march import Air, Camera, make_tracer

Array = np.ndarray
Lamp = tuple[float, float, float, float, float, float, int]


@dataclass
class Scene:
    """The compiled scene with its eye, its lamps and its air."""

    parts: tuple
    camera: Camera
    lamps: list[Lamp]
    air: Air = field(default_factory=Air)
    samples: int = 2
    detail: float = 0.52

    compiled: tuple | None = None

    def __post_init__(self) -> None:
        """The compiled functions stand ready; those of an equal scene may be handed on."""
        self.compiled = self.compiled or make_tracer(*self.parts)
        self.trace, self.shafts = self.compiled

    def draw(self, canvas: Canvas, *, expose: float = 1.0) -> Array:
        """The canvas shows the scene, developed like film; the depths are returned."""
        h, w = round(canvas.h * self.detail), round(canvas.w * self.detail)
        light = np.zeros((h, w, 3), np.float64)
        depth = np.zeros((h, w), np.float64)
        self.trace(
            light, depth, self.camera.rows(), (self.camera.lens, self.camera.shift),
            np.array(self.lamps, float).reshape(-1, 7), self.air.row(), self.samples,
        )  # fmt: skip
        rows, cols = np.linspace(0, h - 1, canvas.h), np.linspace(0, w - 1, canvas.w)
        canvas.px = np.dstack([_stretch(light[..., k] * expose, rows, cols) for k in range(3)])
        return _stretch(depth, rows, cols).astype(np.float64)

    def beams(self, canvas: Canvas, depth: Array, sun: tuple[float, float, float, float], many: int = 18) -> Array:
        """How much of the sun's light hangs in the air before each pixel (the fourth number is the reach)."""
        small = np.zeros((canvas.h // 4, canvas.w // 4), np.float64)
        toward = np.array(sun, float)
        toward[:3] /= np.linalg.norm(toward[:3])
        self.shafts(
            small, np.minimum(depth, 60.0), self.camera.rows(), (self.camera.lens, self.camera.shift), toward, many
        )
        small = soften(small.astype(np.float32), 1.6)
        rows = np.linspace(0, small.shape[0] - 1, canvas.h)
        cols = np.linspace(0, small.shape[1] - 1, canvas.w)
        return _stretch(small, rows, cols)


def _stretch(small: Array, rows: Array, cols: Array) -> Array:
    """The small field drawn out between its points."""
    r0, c0 = np.floor(rows).astype(int), np.floor(cols).astype(int)
    r1, c1 = np.minimum(r0 + 1, small.shape[0] - 1), np.minimum(c0 + 1, small.shape[1] - 1)
    fr, fc = (rows - r0)[:, None], (cols - c0)[None]
    top = small[np.ix_(r0, c0)] * (1 - fc) + small[np.ix_(r0, c1)] * fc
    low = small[np.ix_(r1, c0)] * (1 - fc) + small[np.ix_(r1, c1)] * fc
    return (top * (1 - fr) + low * fr).astype(np.float32)


def develop(canvas: Canvas, *, white: float = 4.0) -> None:
    """Light beyond 1 rolls off softly, as on film, and shadows keep their depth."""
    x = np.maximum(canvas.px, 0)
    y = x * (1 + x / (white * white)) / (1 + x)
    canvas.px = np.power(np.clip(y * 1.3 - 0.004, 0, 1), 1 / 1.85).astype(np.float32)
