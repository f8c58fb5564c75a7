"""Water and marsh: eels, the Levels from above, reeds, salt pans."""

import numpy as np
import skia

from tools.pictures import finish
from tools.pictures.canvas import Canvas, ink, poly, smooth, soften
from tools.pictures.scenes.barrier import gulls
from tools.pictures.scenes.race import PALE

Point = tuple[float, float]


def eel(c: skia.Canvas, head: Point, long: float, rng: np.random.Generator, clear: float) -> None:
    """One glass eel that swims to the left."""
    turn, bend, phase = rng.normal(0.0, 0.16), rng.uniform(0.05, 0.11), rng.uniform(0, 6.28)
    spine = []
    for k in range(61):
        t = k / 60
        x, y = t * long, bend * long * np.sin(phase + t * rng.uniform(5.2, 5.3)) * (0.25 + t)
        y -= bend * long * np.sin(phase) * 0.25
        spine.append((head[0] + x * np.cos(turn) - y * np.sin(turn), head[1] + x * np.sin(turn) + y * np.cos(turn)))
    pts = np.array(spine)
    tan = np.gradient(pts, axis=0)
    tan /= np.linalg.norm(tan, axis=1, keepdims=True)
    nor = np.stack([-tan[:, 1], tan[:, 0]], axis=1)
    t = np.linspace(0, 1, 61)
    half = long * 0.026 * np.clip(t * 14, 0.35, 1) ** 0.5 * (1 - 0.55 * t**2) * np.clip((1 - t) * 9, 0, 1) ** 0.6
    fin = half * (1 + 0.9 * np.exp(-(((t - 0.9) / 0.12) ** 2)) + 0.25 * (t > 0.35))
    up, low = pts - nor * half[:, None], pts + nor * half[:, None]
    c.drawPath(
        poly([*map(tuple, pts - nor * fin[:, None]), *map(tuple, (pts + nor * fin[:, None])[::-1])]),
        ink("#dff2d8", 0.13 * clear),
    )
    c.drawPath(poly([*map(tuple, up), *map(tuple, low[::-1])]), ink("#e6f4dc", 0.30 * clear))
    c.drawPath(
        poly([tuple(p) for p in pts + nor * half[:, None] * 0.12], closed=False),
        ink("#2c4a3c", 0.65 * clear, stroke=long * 0.0042),
    )
    for k in range(4, 58):
        a, b = pts[k] - nor[k] * half[k] * 0.75 + tan[k] * half[k] * 0.3, pts[k] + nor[k] * half[k] * 0.1
        c.drawLine(*map(float, a), *map(float, b), ink("#3c5c4b", 0.32 * clear, stroke=long * 0.0016))
    c.drawPath(
        poly([tuple(p) for p in (pts + nor * half[:, None] * 0.45)[5:24]], closed=False),
        ink("#c98a5a", 0.45 * clear, stroke=long * 0.006),
    )
    c.drawPath(poly([tuple(p) for p in up[2:58]], closed=False), ink("#ffffff", 0.75 * clear, stroke=long * 0.0045))
    c.drawPath(poly([tuple(p) for p in low[3:56]], closed=False), ink("#f4ffe9", 0.3 * clear, stroke=long * 0.0025))
    ex, ey = pts[2] - nor[2] * half[2] * 0.15
    c.drawCircle(float(ex), float(ey), long * 0.0125, ink("#0c1512", clear))
    c.drawCircle(float(ex) - long * 0.003, float(ey) - long * 0.004, long * 0.0035, ink("#ffffff", clear))


def lit_water(canvas: Canvas) -> None:
    """Green water with slanting light and a net of brightness on the ground."""
    x, y = canvas.x / 1000, canvas.y / canvas.tall
    light = np.exp(-(((x - 0.34) / 0.42) ** 2) - ((y - 0.1) / 0.75) ** 2)
    canvas.px = canvas.ramp(
        [(0, "#04120f"), (0.3, "#0d332c"), (0.6, "#2f6a55"), (0.85, "#86b286"), (1, "#d9e6b4")],
        np.clip(light * 0.95 + 0.16 * (canvas.fbm((4, 3), 3, octaves=5, warp=1.5) - 0.5), 0, 1),
    )
    for seed, turn in ((5, 0.5), (8, 0.62), (13, 0.4)):
        ray = canvas.fbm((9, 1), seed, octaves=2)
        shift = np.clip(((canvas.x + turn * canvas.y) * canvas.unit).astype(int) % canvas.w, 0, canvas.w - 1)
        beam = np.clip(ray[0][shift] - 0.52, 0, 1) * np.clip(1 - y * 1.1, 0, 1)
        canvas.glow(soften(beam.astype(np.float32), 5 * canvas.unit), "#e3efb8", 0.7)
    caustic = 1 - np.abs(2 * canvas.fbm((16, 26), 21, octaves=3, warp=2.4) - 1)
    canvas.glow(np.clip(caustic - 0.86, 0, 1) * np.clip((y - 0.72) * 3, 0, 1), "#dff0b5", 2.6)


def eels(canvas: Canvas) -> None:
    """206: glass eels in lit water."""
    lit_water(canvas)
    rng = np.random.default_rng(19)
    for many, size, clear, blur in (
        (70, (60, 110), 0.38, 2.6),
        (44, (130, 200), 0.6, 1.2),
        (17, (250, 340), 0.95, 0.0),
    ):
        spots: list[Point] = []
        while len(spots) < many:
            spot = (rng.uniform(-160, 980), rng.uniform(20, canvas.tall - 20))
            gap = size[0] * (0.28 if many > 20 else 0.24)
            if (
                all(abs(spot[1] - b) > gap * 0.55 or abs(spot[0] - a) > gap * 3.4 for a, b in spots)
                or rng.random() < 0.02
            ):
                spots.append(spot)

        def brush(c: skia.Canvas, spots: list[Point] = spots, size: tuple = size, clear: float = clear) -> None:
            for spot in spots:
                eel(c, spot, rng.uniform(*size), rng, clear)

        canvas.lay(brush, blur=blur)
        if blur:
            canvas.tint(0.10, "#1d4a3f")

    def motes(c: skia.Canvas) -> None:
        for _ in range(520):
            c.drawCircle(
                rng.uniform(0, 1000),
                rng.uniform(0, canvas.tall),
                rng.uniform(0.3, 1.5),
                ink("#eaf5d2", rng.uniform(0.08, 0.5)),
            )

    canvas.lay(motes)
    canvas.bloom(above=0.85, spread=5, strength=0.5)
    finish.brushwork(canvas, 0.7)
    finish.contrast(canvas, 0.25)
    finish.vignette(canvas, 0.3, (0.42, 0.4))
    finish.film(canvas)


def earth_wall(canvas: Canvas, wall: np.ndarray, fine: np.ndarray) -> None:
    """The wall with its track and its shadow, along the line where the field is 0."""
    bank = np.clip(1 - np.abs(wall) / 9, 0, 1) ** 0.6
    canvas.shade(np.clip(1 - np.abs(wall - 15) / 10, 0, 1) * 0.8, "#3b3a36")
    canvas.tint(
        np.clip(bank * 2.2, 0, 1),
        np.array([0.55, 0.53, 0.36], np.float32) * (0.75 + 0.5 * fine + 0.18 * (wall < 0))[..., None],
    )
    canvas.tint(np.clip(1 - np.abs(wall + 0.5) / 1.8, 0, 1), "#d8caa6")


def levels(canvas: Canvas) -> None:
    """220: the marsh from above, cut by the wall."""
    x, y = canvas.x / 1000, canvas.y / 1000
    wx, wy = canvas.fbm(3, 2, octaves=4) - 0.5, canvas.fbm(3, 5, octaves=4) - 0.5
    warm = canvas.fbm(6, 7, octaves=7, warp=1.6)
    fine = canvas.fbm(60, 8, octaves=5)
    creek = np.full_like(x, 1.0)
    for scale, width, seed in ((2.1, 0.030, 31), (5.0, 0.020, 33), (11.0, 0.016, 36), (24.0, 0.014, 39)):
        ridge = np.abs(canvas.fbm(scale, seed, octaves=4, warp=2.0) - 0.5)
        reach = (
            np.clip(1.35 - np.abs(soften(np.minimum(creek, 1), 9 * canvas.unit)) * 1.1, 0.0, 1.0) if scale > 3 else 1.0
        )
        creek = np.minimum(creek, ridge / (width * np.maximum(reach, 0.02)))
    wall = (y - 0.452 - 0.075 * (x - 0.5)) * 1000
    seaward = np.clip(wall / 16, 0, 1)
    flood = np.clip(canvas.fbm((5, 7), 44, octaves=6, warp=1.4) * 1.5 - 0.62 + seaward * 0.16, 0, 1) * seaward
    ground = canvas.ramp(
        [(0.2, "#3d4327"), (0.38, "#6c6b38"), (0.5, "#93713c"), (0.62, "#a6512f"), (0.8, "#7c3429")],
        np.clip(warm + 0.22 * (fine - 0.5) + 0.1 * wx, 0, 1),
    )
    height = soften(np.clip(creek, 0, 2.2), 1.4 * canvas.unit) * 0.5 + 0.25 * fine + 0.5 * warm
    relief = (np.roll(height, (2, 2), (0, 1)) - np.roll(height, (-2, -2), (0, 1))) * 1.1
    canvas.px = ground * np.clip(1 - relief, 0.5, 1.5)[..., None]
    canvas.tint(np.clip(1.9 - creek, 0, 1) * 0.75, "#8d7f68")
    water = np.clip(3.2 * (1.0 - creek), 0, 1)
    water = np.maximum(water, np.clip((flood - 0.34) * 6, 0, 1))
    sheen = np.clip(0.5 + 0.9 * (0.5 - y) + 0.5 * (x - 0.35) + 0.5 * wx + 0.3 * wy, 0, 1)
    canvas.tint(water, canvas.ramp([(0, "#3c5360"), (0.4, "#8fa6ad"), (0.7, "#dfe0d2"), (1, "#fff3d6")], sheen))
    earth_wall(canvas, wall, fine)
    rng = np.random.default_rng(3)

    def small(c: skia.Canvas) -> None:
        c.drawRect(skia.Rect.MakeXYWH(596, 452, 13, 6), ink("#b2392c"))
        c.drawRect(skia.Rect.MakeXYWH(597, 459, 13, 3), ink("#1f1d1b", 0.5))
        for _ in range(70):
            bx, by = 560 + rng.normal(0, 60), 250 + rng.normal(0, 34)
            c.drawLine(bx, by, bx + 2.4, by - 0.9, ink("#ffffff", 0.9, stroke=0.9))
            c.drawLine(bx + 3, by + 8, bx + 5, by + 7.4, ink("#20201c", 0.35, stroke=0.8))

    canvas.lay(small)
    finish.press(
        canvas,
        [(0.0, "#17150f"), (0.3, "#57412b"), (0.6, "#a38e68"), (0.85, "#e5dcc4"), (1.0, "#fffaf0")],
        amount=0.2,
        brush=0.8,
    )


def blade(
    c: skia.Canvas, root: Point, high: float, lean: float, colour: str, width: float, rng: np.random.Generator
) -> None:
    """One reed with its leaves and, often, a plume."""
    x, y = root
    tip = (x + lean * high, y - high)
    mid = (x + lean * high * 0.3, y - high * 0.55)
    path = skia.Path()
    path.moveTo(x, y)
    path.quadTo(*mid, *tip)
    c.drawPath(path, ink(colour, stroke=width))
    for k in range(rng.integers(2, 5)):
        t = rng.uniform(0.2, 0.85)
        px, py = x + lean * high * t * t, y - high * t
        side = 1 if rng.random() > 0.35 else -1
        s = high * rng.uniform(0.12, 0.3)
        leaf = [
            (px, py),
            (px + side * s * 0.5 + lean * 12, py - s * 0.5),
            (px + side * s + lean * 30, py - s * 0.22 + s * 0.12 * k),
            (px + side * s * 0.45 + lean * 10, py - s * 0.38),
        ]
        c.drawPath(smooth(leaf), ink(colour))
    if rng.random() > 0.25:
        for _ in range(34):
            t = rng.random()
            px, py = tip[0] - lean * 40 * t * 0.7, tip[1] + t * high * 0.13
            c.drawLine(
                px,
                py,
                px + (6 + 13 * t) * (0.5 + lean) * rng.uniform(0.3, 1.1),
                py - rng.uniform(0, 7) + 6 * t,
                ink(colour, 0.75, stroke=width * 0.7),
            )


def heron(c: skia.Canvas, x: float, y: float, s: float, colour: str) -> None:
    """A heron that waits in the shallows."""
    c.drawPath(
        smooth(
            [
                (x - 26 * s, y - 62 * s),
                (x - 6 * s, y - 84 * s),
                (x + 18 * s, y - 84 * s),
                (x + 30 * s, y - 66 * s),
                (x + 52 * s, y - 44 * s),
                (x + 20 * s, y - 50 * s),
                (x - 8 * s, y - 50 * s),
            ]
        ),
        ink(colour),
    )
    c.drawPath(
        smooth(
            [
                (x - 16 * s, y - 70 * s),
                (x - 26 * s, y - 96 * s),
                (x - 15 * s, y - 118 * s),
                (x - 25 * s, y - 136 * s),
                (x - 34 * s, y - 138 * s),
            ],
            closed=False,
        ),
        ink(colour, stroke=5.4 * s),
    )
    c.drawPath(
        poly(
            [(x - 27 * s, y - 143 * s), (x - 39 * s, y - 141 * s), (x - 72 * s, y - 128 * s), (x - 36 * s, y - 132 * s)]
        ),
        ink(colour),
    )
    c.drawLine(x - 27 * s, y - 141 * s, x - 6 * s, y - 136 * s, ink(colour, stroke=1.8 * s))
    for dx, bend in ((4, 2), (14, -3)):
        c.drawPath(
            smooth([(x + dx * s, y - 52 * s), (x + (dx + bend) * s, y - 26 * s), (x + dx * s, y)], closed=False),
            ink(colour, stroke=2.2 * s),
        )


def dawn_water(canvas: Canvas) -> tuple[np.ndarray, np.ndarray]:
    """A pale dawn over flat land, mirrored; where the water lies, and how near it is."""
    x, y = canvas.x / 1000, canvas.y / canvas.tall
    cloud = canvas.fbm((3, 16), 4, octaves=6, warp=0.8)
    sun = np.exp(-(((x - 0.66) / 0.3) ** 2) - ((y - 0.44) / 0.17) ** 2)
    sky = canvas.ramp(
        [(0, "#8d9fb0"), (0.35, "#c9c3bd"), (0.7, "#efcfae"), (1, "#fff3d8")],
        np.clip(y * 1.5 + 0.5 * sun + 0.5 * (cloud - 0.5), 0, 1),
    )
    canvas.px = sky
    canvas.glow(
        np.exp(-(np.hypot((canvas.x - 662) / 22, (canvas.y - 300) / 22) ** 6)).astype(np.float32), "#fff6de", 0.6
    )
    for base, tone, seed, rough in ((352, "#b9b3ad", 3, 18), (362, "#97958f", 6, 14), (371, "#74756c", 9, 10)):
        edge = base - rough * canvas.fbm((26 if seed > 3 else 14, 0.01), seed, octaves=5)[0][None]
        canvas.tint(np.clip((canvas.y - edge) * 2, 0, 1) * (canvas.y < 420), tone)
    horizon = 372
    deep = np.clip((canvas.y - horizon) / (canvas.tall - horizon), 1e-3, 1)
    row = np.clip(((horizon - (canvas.y - horizon) * 0.85) * canvas.unit).astype(int), 0, canvas.h - 1)
    rip = canvas.fbm((4, 60), 12, octaves=5)
    col = np.clip((canvas.x * canvas.unit + (rip - 0.5) * 90 * deep * canvas.unit).astype(int), 0, canvas.w - 1)
    mirror = canvas.px[row, col] * 0.9
    water = (canvas.y > horizon).astype(np.float32)
    canvas.tint(water, mirror * (1 - 0.3 * np.clip((rip - 0.5) * 4, -0.6, 1) * deep)[..., None])
    return water, deep


def reeds(canvas: Canvas) -> None:
    """227: reeds, a creek and a heron."""
    water, deep = dawn_water(canvas)
    left = 330 - 470 * np.sqrt(deep) + 60 * (canvas.fbm(5, 14, octaves=5) - 0.5)
    right = 640 + 260 * deep**0.7 + 90 * (canvas.fbm(5, 15, octaves=5) - 0.5)
    mud = np.clip(np.maximum((left - canvas.x), (canvas.x - right)) / 6, 0, 1) * water
    canvas.tint(
        mud,
        canvas.ramp([(0, "#8f8777"), (1, "#4b453c")], np.clip(deep * 1.4, 0, 1))
        * (0.8 + 0.4 * canvas.fbm((50, 90), 17, octaves=4))[..., None],
    )
    rng = np.random.default_rng(6)
    canvas.lay(lambda c: heron(c, 590, 470, 0.86, "#2c3136"))
    canvas.lay(
        lambda c: (c.save(), c.translate(0, 944), c.scale(1, -1), heron(c, 590, 472, 0.86, "#3a4145"), c.restore()),
        blur=1.6,
        alpha=0.5,
    )
    for many, base, high, tone, width, blur, spread in (
        (260, 452, (60, 130), "#9b8f78", 0.9, 0.8, ((-30, 250), (740, 1030))), (220, 580, (170, 300), "#6d5f45", 1.7, 0.0, ((-60, 200), (800, 1060))),
        (120, 790, (380, 640), "#33291d", 3.0, 0.5, ((-90, 130), (870, 1100))),
    ):  # fmt: skip

        def stand(
            c: skia.Canvas,
            many: int = many,
            base: float = base,
            high: tuple = high,
            tone: str = tone,
            width: float = width,
            spread: tuple = spread,
        ) -> None:
            for _ in range(many):
                a, b = spread[0] if rng.random() < 0.55 else spread[1]
                blade(
                    c,
                    (rng.uniform(a, b), base + rng.uniform(-12, 26)),
                    rng.uniform(*high),
                    0.2 + rng.normal(0, 0.08),
                    tone,
                    width * rng.uniform(0.6, 1.3),
                    rng,
                )

        canvas.lay(stand, blur=blur)
        canvas.tint(
            np.exp(-(((canvas.y - base + 20) / 34) ** 2)).astype(np.float32) * (0.22 if base < 700 else 0.0), "#e9d8bf"
        )
    gulls(canvas, [(420, 150, 9), (446, 140, 8), (470, 152, 8), (396, 166, 7), (500, 168, 7)], "#4a4a48")
    finish.press(canvas, PALE, amount=0.15, brush=0.8)
