"""Ink lines, hatching and strands of hair."""

import numpy as np
import skia

from tools.pictures.canvas import ink, poly, smooth

Point = tuple[float, float]


def line(c: skia.Canvas, points: list[Point], width: float, *, colour: str = "#1b1613", taper: float = 0.25) -> None:
    """An ink line that swells in its middle."""
    path = smooth(points, closed=False, tension=0.9)
    gauge = skia.PathMeasure(path, False)
    long = gauge.getLength()
    many = max(int(long / 2.2), 6)
    left, right = [], []
    for k in range(many + 1):
        spot, tan = gauge.getPosTan(min(long * k / many, long - 0.01))
        half = width * (taper + (1 - taper) * abs(np.sin(np.pi * k / many)) ** 0.7) / 2
        left.append((spot.x() - tan.y() * half, spot.y() + tan.x() * half))
        right.append((spot.x() + tan.y() * half, spot.y() - tan.x() * half))
    c.drawPath(poly(left + right[::-1]), ink(colour))


def hatch(
    c: skia.Canvas, box: tuple[float, float, float, float], rng: np.random.Generator, *, step: float = 11.0
) -> None:
    """Short slanting ink strokes fill the box."""
    x0, y0, x1, y1 = box
    for k in np.arange(x0 - (y1 - y0) * 0.5, x1, step):
        a = (k + rng.normal(0, 1), y1 + rng.normal(0, 5))
        b = (k + (y1 - y0) * 0.5 + rng.normal(0, 1), y0 + rng.normal(0, 5))
        line(c, [a, ((a[0] + b[0]) / 2 + rng.normal(0, 1.5), (a[1] + b[1]) / 2), b], 3.6)


def strands(c: skia.Canvas, lines: list[list[Point]], colour: str, width: float = 4.0) -> None:
    """Light strands drawn over dark hair."""
    for one in lines:
        line(c, one, width, colour=colour)
