"""The city at dusk, and the First Speaker at her window above it."""

import numpy as np
import skia

from tools.pictures import finish
from tools.pictures.canvas import Canvas, ink, poly, smooth, soften, trail
from tools.pictures.scenes.barrier import gulls

Point = tuple[float, float]


def houses(
    c: skia.Canvas,
    base: float,
    spread: tuple[float, float],
    tone: str,
    lit: float,
    rng: np.random.Generator,
    big: float,
) -> None:
    """A row of gabled, flat and domed houses with windows."""
    x = spread[0]
    while x < spread[1]:
        w, h = rng.uniform(18, 44) * big, rng.uniform(34, 96) * big * (1 + 0.6 * np.exp(-(((x - 520) / 200) ** 2)))
        top, kind = base - h, rng.random()
        c.drawRect(skia.Rect(x, top, x + w, base + 4), ink(tone))
        if kind < 0.45:
            c.drawPath(
                poly([(x - 2, top + 1), (x + w / 2, top - w * rng.uniform(0.4, 0.7)), (x + w + 2, top + 1)]), ink(tone)
            )
        elif kind < 0.6:
            c.drawPath(
                smooth(
                    [
                        (x, top + 2),
                        (x + w * 0.06, top - w * 0.3),
                        (x + w / 2, top - w * 0.58),
                        (x + w * 0.94, top - w * 0.3),
                        (x + w, top + 2),
                    ]
                ),
                ink(tone),
            )
            c.drawLine(x + w / 2, top - w * 0.5, x + w / 2, top - w * 0.85, ink(tone, stroke=1.2))
        elif kind < 0.68:
            c.drawRect(skia.Rect(x + w * 0.3, top - h * 0.7, x + w * 0.7, top + 2), ink(tone))
            c.drawPath(
                poly([(x + w * 0.26, top - h * 0.7), (x + w / 2, top - h * 1.15), (x + w * 0.74, top - h * 0.7)]),
                ink(tone),
            )
        else:
            c.drawRect(skia.Rect(x + w * 0.2, top - 7 * big, x + w * 0.32, top + 1), ink(tone))
        step = 7.5 * big
        for wy in np.arange(top + step * 0.8, base - step * 0.6, step * 1.25):
            for wx in np.arange(x + step * 0.6, x + w - step * 0.6, step):
                if rng.random() < lit:
                    c.drawRect(
                        skia.Rect.MakeXYWH(wx, wy, step * 0.42, step * 0.62),
                        ink("#ffcf7d" if rng.random() < 0.8 else "#ffefc4", rng.uniform(0.55, 1)),
                    )
        x += w * rng.uniform(0.75, 1.05)


def customs_tower(c: skia.Canvas, x: float, base: float, tone: str) -> None:
    """The Customs tower with its bell stage and clock."""
    c.drawRect(skia.Rect(x - 17, base - 214, x + 17, base + 4), ink(tone))
    c.drawRect(skia.Rect(x - 21, base - 218, x + 21, base - 210), ink(tone))
    for dx in (-13, 0, 13):
        c.drawRect(skia.Rect(x + dx - 2.6, base - 246, x + dx + 2.6, base - 214), ink(tone))
    c.drawRect(skia.Rect(x - 17, base - 252, x + 17, base - 244), ink(tone))
    c.drawPath(
        smooth(
            [(x - 17, base - 250), (x - 14, base - 270), (x, base - 284), (x + 14, base - 270), (x + 17, base - 250)]
        ),
        ink(tone),
    )
    c.drawLine(x, base - 280, x, base - 306, ink(tone, stroke=2))
    c.drawCircle(x, base - 190, 10, ink("#ffe6ae"))
    c.drawLine(x, base - 190, x, base - 197, ink("#3a2d2a", stroke=1.4))
    c.drawLine(x, base - 190, x + 5, base - 188, ink("#3a2d2a", stroke=1.4))
    for k in range(5):
        c.drawRect(skia.Rect.MakeXYWH(x - 2, base - 168 + 30 * k, 4, 9), ink("#ffcf7d", 0.9))


def harbour(canvas: Canvas, base: float) -> None:
    """Dusk over the city, down to the water's edge at the base line."""
    x, y = canvas.x / 1000, canvas.y / base
    cloud = canvas.fbm((3.2, 9), 24, octaves=7, warp=1.3)
    glow = np.exp(-(((x - 0.62) / 0.5) ** 2))
    canvas.px = canvas.ramp(
        [(0, "#2b2b52"), (0.35, "#5b4a78"), (0.62, "#b06a76"), (0.82, "#f0a566"), (1, "#ffdd9a")],
        np.clip(y * 0.95 + 0.12 * glow - 0.06, 0, 1),
    )
    cover = np.clip((cloud - 0.47) * 4.2, 0, 0.85) * np.clip(1.25 - y, 0, 1)
    canvas.tint(
        cover, canvas.ramp([(0, "#3b3358"), (0.6, "#7b4d6b"), (1, "#f2996b")], np.clip(y + 0.5 * (0.62 - cloud), 0, 1))
    )
    rng = np.random.default_rng(9)
    for up, tone, lit, big, haze in (
        (16, "#7d5871", 0.10, 0.62, 0.35),
        (8, "#4f3a58", 0.22, 0.85, 0.22),
        (0, "#28213a", 0.34, 1.15, 0.0),
    ):
        canvas.lay(lambda c, up=up, tone=tone, lit=lit, big=big: houses(c, base - up, (-30, 1030), tone, lit, rng, big))
        if haze:
            canvas.tint(np.clip((canvas.y - base + 120) / 140, 0, 1) * (canvas.y < base) * haze, "#d98a73")
        if up == 8:
            canvas.lay(lambda c: customs_tower(c, 508, base - 4, "#2f2640"))

    def masts(c: skia.Canvas) -> None:
        for _ in range(26):
            mx, mh = rng.uniform(20, 980), rng.uniform(30, 92)
            c.drawPath(
                smooth([(mx - 16, base - 6), (mx - 12, base + 2), (mx + 13, base + 2), (mx + 19, base - 7)]),
                ink("#171426"),
            )
            c.drawLine(mx, base - 4, mx, base - mh, ink("#171426", stroke=1.5))
            c.drawLine(mx, base - mh, mx + 15, base - 6, ink("#171426", 0.8, stroke=0.7))
            c.drawLine(mx, base - mh, mx - 13, base - 6, ink("#171426", 0.8, stroke=0.7))

    canvas.lay(masts)


def skyline(canvas: Canvas) -> None:
    """237: the city at dusk, mirrored."""
    base = 372.0
    harbour(canvas, base)
    deep = np.clip((canvas.y - base) / (canvas.tall - base), 0, 1)
    wave = canvas.fbm((7, 120), 31, octaves=4) - 0.5
    wide = canvas.fbm((3, 34), 32, octaves=4) - 0.5
    rows = np.clip(
        ((base - (canvas.y - base) * (1.0 + 0.35 * deep) + (wave * 60 + wide * 46) * deep**0.8) * canvas.unit).astype(
            int
        ),
        0,
        int(base * canvas.unit) - 1,
    )
    cols = np.clip(((canvas.x + (wave * 16 + wide * 26) * deep) * canvas.unit).astype(int), 0, canvas.w - 1)
    mirror = soften(canvas.px, 0.5 * canvas.unit)[rows, cols]
    canvas.tint(
        (canvas.y > base).astype(np.float32),
        mirror * (0.86 - 0.34 * deep[..., None]) + np.array([0.015, 0.02, 0.05], np.float32),
    )
    canvas.bloom(above=0.86, spread=4, strength=0.8)
    gulls(canvas, [(300, 120, 10), (330, 138, 8), (262, 142, 7), (742, 96, 8)], "#2a2138")
    finish.press(
        canvas,
        [(0.0, "#0f0d1d"), (0.3, "#453558"), (0.6, "#b36a70"), (0.85, "#f5b678"), (1.0, "#fff2d2")],
        amount=0.15,
        brush=0.9,
    )


def profile(c: skia.Canvas, x: float, y: float, s: float) -> None:
    """A woman in profile, looking right, to the waist."""

    def at(points: list[Point]) -> list[Point]:
        return [(x + u * s, y + v * s) for u, v in points]

    c.drawPath(smooth(at(trail("-46 62, -52 130, -60 176, 40 176, 22 128, 24 96"))), ink("#8f6149"))
    jacket = trail("-40 140, -96 162, -150 196, -172 300, -186 520, 150 520, 142 330, 112 210, 66 168, 28 142, 10 190")
    c.drawPath(smooth(at(jacket), tension=0.7), ink("#1d222d"))
    c.drawPath(poly(at(trail("-22 150, 6 236, 30 148, 10 128"))), ink("#e6dccb"))
    c.drawPath(poly(at(trail("-42 138, 2 250, -40 300, -76 180"))), ink("#262c3a"))
    c.drawPath(poly(at(trail("32 142, 4 250, 52 290, 74 176"))), ink("#2b3241"))
    face = trail(
        "-40 -96, 0 -112, 36 -100, 50 -74, 52 -48, 58 -36, 72 -6, 70 3, 58 8, 60 18, 66 26, 58 34, 62 44, 55 52, 57 68, 46 84, 20 92, -14 92, -46 60, -58 -20"
    )
    c.drawPath(smooth(at(face), tension=0.62), ink("#a8735a"))
    shade = trail("-46 -60, 2 -40, 20 -8, 22 30, 30 56, 38 86, 10 94, -30 86, -60 40")
    c.drawPath(smooth(at(shade)), ink("#6e4637"))
    hair = trail(
        "44 -92, 8 -128, -52 -130, -96 -96, -108 -40, -100 18, -70 54, -46 48, -50 0, -36 -26, -12 -40, 14 -66"
    )
    c.drawPath(smooth(at(hair), tension=0.75), ink("#2b2522"))
    c.drawPath(smooth(at(trail("-88 -20, -122 -16, -142 14, -128 48, -94 52, -74 30"))), ink("#2b2522"))
    for k in range(11):
        t = k / 10
        c.drawPath(
            smooth(
                at([(34 - 20 * t, -94 - 4 * t), (-30 - 30 * t, -112 + 36 * t), (-84 + 8 * t, -40 + 60 * t)]),
                closed=False,
            ),
            ink("#6e655e", 0.8, stroke=1.7 * s),
        )
    c.drawPath(smooth(at([(26, -40), (40, -48), (53, -45)]), closed=False), ink("#2b2522", stroke=4.4 * s))
    c.drawPath(smooth(at(trail("32 -26, 43 -31, 52 -26, 44 -22"))), ink("#efe4d4"))
    c.drawCircle(*at([(47, -26)])[0], 3.8 * s, ink("#1b1512"))
    c.drawPath(smooth(at([(28, -25), (42, -33), (54, -29)]), closed=False), ink("#241b17", stroke=2.6 * s))
    c.drawPath(smooth(at([(66, 28), (54, 32), (42, 30)]), closed=False), ink("#5e2f2a", stroke=3.2 * s))
    c.drawPath(smooth(at([(54, 8), (48, 4), (50, -4)]), closed=False), ink("#5e3a2e", stroke=2 * s))
    c.drawPath(smooth(at(trail("-22 -16, -8 -22, -4 4, -18 14"))), ink("#8a5a45"))
    c.drawCircle(*at([(-14, 20)])[0], 4.2 * s, ink("#e9d9b0"))


def window_and_desk(canvas: Canvas) -> None:
    """Frame, bars, curtains and the desk in front of the view."""
    frame = canvas.mask(
        lambda c: [
            c.drawRect(skia.Rect(*r), ink())
            for r in ((-10, -10, 1010, 40), (-10, -10, 70, 700), (930, -10, 1010, 700), (-10, 585, 1010, 700))
        ]
    )
    bars = canvas.mask(
        lambda c: [
            c.drawRect(skia.Rect(*r), ink())
            for r in (
                (486, 0, 514, 600),
                (275, 0, 286, 600),
                (716, 0, 727, 600),
                (60, 218, 940, 229),
                (60, 404, 940, 415),
            )
        ]
    )
    wall = canvas.fbm(5, 41, octaves=5)
    canvas.tint(bars, np.array([0.30, 0.27, 0.25], np.float32) * (0.9 + 0.3 * wall[..., None]))
    canvas.tint(frame, np.array([0.20, 0.17, 0.16], np.float32) * (0.7 + 0.6 * wall[..., None]))
    fold = 0.5 + 0.5 * np.sin(canvas.x / 7.5 + 2 * wall)
    for side in (
        canvas.x < 130 + 26 * (canvas.y / canvas.tall) ** 2,
        canvas.x > 872 - 26 * (canvas.y / canvas.tall) ** 2,
    ):
        canvas.tint(side.astype(np.float32), np.array([0.34, 0.11, 0.13], np.float32) * (0.35 + 0.75 * fold[..., None]))
    desk = canvas.mask(lambda c: c.drawPath(poly(trail("-10 700, -10 612, 1010 590, 1010 700")), ink()))
    canvas.tint(
        desk, np.array([0.30, 0.18, 0.11], np.float32) * (0.7 + 0.6 * canvas.fbm((3, 60), 44, octaves=5)[..., None])
    )


def speaker(canvas: Canvas) -> None:
    """219: Ines Calloway at the window."""
    harbour(canvas, 520.0)
    day = canvas.ramp([(0, "#b9c6cf"), (0.5, "#e4dccb"), (1, "#fff4da")], np.clip(canvas.y / 520, 0, 1))
    canvas.px = soften(canvas.px, 3.2 * canvas.unit) * 0.42 + day * 0.66
    window_and_desk(canvas)
    rng = np.random.default_rng(8)

    def papers(c: skia.Canvas) -> None:
        for k in range(9):
            px, py, a = 640 + rng.normal(0, 90), 622 + rng.uniform(-10, 26), rng.normal(0, 0.2)
            sheet = [(px, py), (px + 92, py - 7 + 40 * a), (px + 118, py + 12 + 40 * a), (px + 20, py + 20)]
            c.drawPath(poly(sheet), ink("#efe6d4" if k % 3 else "#d8cbb4"))
            for q in range(3):
                c.drawLine(
                    px + 18, py + 3 + 4 * q, px + 84 + 5 * q, py - 3 + 4 * q + 36 * a, ink("#6b6257", 0.8, stroke=0.8)
                )
        c.drawRect(skia.Rect(838, 470, 850, 606), ink("#2c2420"))
        c.drawPath(smooth(trail("780 488, 800 436, 888 436, 908 488"), tension=0.4), ink("#2f5c4a"))
        c.drawRect(skia.Rect(806, 598, 882, 608), ink("#2c2420"))

    canvas.lay(papers)
    figure = canvas.mask(lambda c: profile(c, 400, 262, 1.12))
    canvas.lay(lambda c: profile(c, 400, 262, 1.12))
    shift = max(1, round(4 * canvas.unit))
    rim = np.clip(figure - np.roll(figure, (shift // 2, -shift), (0, 1)), 0, 1)
    canvas.glow(soften(rim, 1.0 * canvas.unit) * figure, "#fff0d0", 0.75)
    canvas.shade(figure * np.clip((420 - canvas.x) / 260, 0, 1), "#4a4656")
    canvas.glow(canvas.mask(lambda c: c.drawRect(skia.Rect(150, 40, 860, 560), ink()), blur=50), "#fff1d6", 0.07)
    finish.press(
        canvas,
        [(0.0, "#12121a"), (0.3, "#4c4145"), (0.6, "#a58d7c"), (0.85, "#ecdcc0"), (1.0, "#fffaf0")],
        amount=0.25,
        brush=0.9,
    )
