"""The calligraphy festival."""

import numpy as np
import skia
from numba import njit

from tools.pictures import finish
from tools.pictures.canvas import Canvas, ink, smooth
from tools.pictures.march import Air, Camera
from tools.pictures.noise import fbm2
from tools.pictures.scene import Scene, develop
from tools.pictures.scenes.halls import darkness
from tools.pictures.solids import box, person

WHITE = [(0.0, "#11141a"), (0.35, "#5a5d63"), (0.7, "#c9c2b4"), (1.0, "#fffdf7")]


@njit(fastmath=True)
def show_sdf(x: float, y: float, z: float) -> tuple[float, int]:
    """A white room with one huge sheet and two visitors."""
    d, m = y, 0
    room = min(6.0 - z, 7.6 - abs(x), 6.4 - y)
    if room < d:
        d, m = room, 1
    sheet = box(x, y - 3.0, z - 5.9 + 0.02 * np.sin(x * 2.3), (5.0, 2.35, 0.05))
    if sheet < d:
        d, m = sheet, 2
    bench = min(
        box(x + 3.4, y - 0.42, z - 2.4, (0.9, 0.05, 0.3)), box(abs(x + 3.4) - 0.75, y - 0.2, z - 2.4, (0.05, 0.2, 0.25))
    )
    if bench < d:
        d, m = bench, 3
    p = min(person(x - 0.9, y, z - 3.3, 0.1, 0.25), person(x - 1.75, y, z - 3.5, -0.2, 0.6))
    if p < d:
        d, m = p, 4
    return d, m


@njit(fastmath=True)
def show_surface(m: int, x: float, y: float, z: float, ny: float) -> tuple[float, float, float, float, float]:
    """Polished floor, warm white walls, laid paper."""
    if m == 0:
        t = 0.32 * (0.85 + 0.3 * fbm2(x * 1.2, z * 1.2, 4))
        return t, t * 0.94, t * 0.86, 0.55, 0.0
    if m == 1:
        return 0.52, 0.5, 0.47, 0.0, 0.0
    if m == 2:
        t = 0.88 * (0.93 + 0.12 * fbm2(x * 3, y * 3, 4))
        return t, t * 0.97, t * 0.88, 0.0, 0.0
    return (0.05, 0.05, 0.06, 0.0, 0.0) if x < 1.32 else (0.35, 0.09, 0.08, 0.0, 0.0)


def sweep(c: object, line: list[tuple[float, float]], width: float, rng: np.random.Generator) -> None:
    """A broad dry brush drawn along the line, in units of the sheet."""
    path = smooth(line, closed=False, tension=0.9)
    gauge = skia.PathMeasure(path, False)
    long = gauge.getLength()
    for _ in range(150):
        off = rng.normal(0, 0.34)
        at, stop = long * max(0.0, rng.normal(0, 0.012)), long * min(1.0, rng.normal(0.97, 0.07))
        last = None
        while at < stop:
            spot, tangent = gauge.getPosTan(at)
            swell_ = np.sin(np.pi * min(max(at / long, 0.02), 0.99)) ** 0.6
            here = (spot.x() - tangent.y() * off * width * swell_, spot.y() + tangent.x() * off * width * swell_)
            if last and rng.random() > 0.03 + 0.3 * (at / long) ** 3:
                c.drawLine(*map(float, last), *map(float, here), ink("#12100f", 0.72, stroke=width * 0.035))
            last, at = here, at + 7


def calligraphy(canvas: Canvas) -> None:
    """234: two visitors before a six-metre sheet."""
    camera = Camera((-1.3, 1.6, -3.4), (0.1, 2.5, 6.0), 0.86, 0.0)
    scene = Scene(
        (show_sdf, show_surface, darkness), camera, [(0.0, 5.9, 1.8, 9.0, 8.4, 7.2, 0), (-3.6, 5.9, 3.2, 6.0, 5.6, 4.8, 0), (3.6, 5.9, 3.2, 6.0, 5.6, 4.8, 0)],
        Air(haze=0.004, colour=(0.3, 0.28, 0.26), ambient=(0.2, 0.2, 0.21), bump=0.008, bump_scale=1.5, reach=40.0), samples=2,
    )  # fmt: skip
    depth = scene.draw(canvas, expose=1.7)
    rng = np.random.default_rng(11)

    def spot(u: float, v: float) -> tuple[float, float]:
        x, y, _ = camera.project((u, v, 5.84), canvas.tall)
        return x, y

    def strokes(c: object) -> None:
        sweep(
            c,
            [
                spot(*p)
                for p in ((4.2, 4.5), (2.2, 4.7), (0.2, 3.9), (-1.8, 2.4), (-3.6, 2.1), (-4.3, 3.2), (-3.3, 4.0))
            ],
            62,
            rng,
        )
        sweep(
            c, [spot(*p) for p in ((3.9, 2.4), (2.5, 1.5), (0.8, 1.3), (-0.8, 1.9), (-1.7, 3.6), (-1.4, 4.8))], 40, rng
        )
        sweep(c, [spot(*p) for p in ((1.5, 3.2), (2.3, 3.7), (3.2, 3.4), (3.1, 2.7), (2.1, 2.5))], 26, rng)

    before = canvas.px
    canvas.lay(strokes)
    for u, v in ((-0.2, 4.75), (0.35, 4.75), (0.08, 5.1)):
        x, y = spot(u, v - 0.25)
        canvas.tint(
            canvas.mask(
                lambda c, x=x, y=y: (
                    c.save(),
                    c.translate(x, y),
                    c.rotate(45),
                    c.drawRect(skia.Rect(-8, -8, 8, 8), ink()),
                    c.restore(),
                )
            ),
            (0.45, 0.06, 0.05),
        )
    canvas.px = np.where((depth > 9.0)[..., None], canvas.px, before)
    develop(canvas)
    finish.press(canvas, WHITE, amount=0.25)
