"""How a portrait in ink and two washes is put together."""

from dataclasses import dataclass

import numpy as np
import skia

from tools.pictures import finish
from tools.pictures.canvas import Canvas, ink, poly, smooth, trail
from tools.pictures.scenes.pen import hatch, line

Point = tuple[float, float]


@dataclass(frozen=True)
class Face:
    """What makes one face."""

    ground: str
    skin: str
    shade: str
    cloth: str
    hair: str
    long: float = 1.0
    wide: float = 1.0
    jaw: float = 1.0
    seed: int = 1
    brow: float = 1.0
    smile: float = 0.4
    lips: str = "#8a4a42"
    turn: float = 16.0


def head_outline(f: Face) -> list[Point]:
    """The head's contour in units; its centre is at (500, 520)."""
    w, j, t = 196 * f.wide, f.jaw, f.turn
    y = lambda v: 520 + v * f.long  # noqa: E731
    return [
        (500 - w * 0.62, y(-205)), (500, y(-252)), (500 + w * 0.66, y(-205)), (500 + w, y(-80)), (500 + w * 0.97, y(30)),
        (500 + w * 0.84 * j + t * 0.2, y(138)), (500 + w * 0.5 * j + t * 0.7, y(222)), (500 + t, y(258)), (500 - w * 0.46 * j + t * 0.7, y(224)),
        (500 - w * 0.82 * j, y(138)), (500 - w * 0.98, y(30)), (500 - w, y(-80)),
    ]  # fmt: skip


def bust(c: skia.Canvas, f: Face, collar: str) -> None:
    """Neck and shoulders."""
    c.drawPath(smooth(trail("400 700, 396 880, 300 940, 700 940, 604 880, 600 700")), ink(f.skin))
    c.drawPath(smooth(trail("420 770, 500 830, 600 730, 606 900, 520 950, 430 900")), ink(f.shade))
    body = trail("30 1260, 70 1060, 180 962, 390 890, 500 935, 610 890, 820 962, 930 1060, 970 1260")
    c.drawPath(smooth(body, tension=0.7), ink(f.cloth))
    if collar == "roll":
        c.drawPath(smooth(trail("352 800, 500 850, 648 800, 676 930, 500 990, 324 930")), ink(f.cloth))
        for k in range(9):
            x = 360 + 35 * k
            line(c, [(x, 826 + 18 * np.sin(np.pi * k / 8)), (x - 4, 940 + 22 * np.sin(np.pi * k / 8))], 5)
    elif collar == "shirt":
        c.drawPath(poly(trail("392 862, 500 1010, 420 1060, 318 916")), ink("#efe6d6"))
        c.drawPath(poly(trail("608 862, 500 1010, 580 1060, 682 916")), ink("#e2d6c2"))
        line(c, trail("392 866, 446 950, 500 1010, 420 1060, 318 916"), 7)
        line(c, trail("608 866, 554 950, 500 1010, 580 1060, 682 916"), 7)
    elif collar == "coat":
        c.drawPath(poly(trail("380 830, 500 985, 620 830, 740 900, 610 1250, 390 1250, 262 900")), ink(f.cloth))
        c.drawPath(poly(trail("402 856, 500 985, 598 856, 560 1250, 440 1250")), ink("#efe6d6"))
        line(c, [(382, 828), (440, 980), (478, 1250)], 9)
        line(c, [(618, 828), (560, 980), (522, 1250)], 9)
        line(c, trail("300 905, 262 1010, 340 1040, 452 1130"), 8)
        line(c, trail("700 905, 738 1010, 660 1040, 548 1130"), 8)
    else:
        for k in range(5):
            y = 846 + 44 * k
            stripe = [(330 - 14 * k, y + 6), (420, y + 46), (540, y + 52), (668 + 14 * k, y)]
            c.drawPath(smooth(stripe + [(x, v + 42) for x, v in stripe[::-1]]), ink(f.cloth if k % 2 else "#efe6d6"))
            line(c, stripe, 6)


def eye_and_ear(c: skia.Canvas, f: Face, side: int) -> None:
    """Eye, brow and ear of one side; -1 is the left."""
    t, y, w = f.turn, lambda v: 520 + v * f.long, 196 * f.wide
    ex, ey = 500 + side * 84 * f.wide + t, y(-18)
    eye = [
        (ex - 40, ey + 4),
        (ex - 14, ey - 17),
        (ex + 16, ey - 17),
        (ex + 40, ey + 4),
        (ex + 10, ey + 15),
        (ex - 14, ey + 15),
    ]
    c.drawPath(smooth(eye, tension=0.8), ink("#f6efe2"))
    c.drawCircle(ex + 3, ey - 1, 17, ink("#2a1d17"))
    c.drawCircle(ex + 9, ey - 8, 4.6, ink("#fffaf0"))
    line(c, [(ex - 44, ey + 6), (ex - 16, ey - 20), (ex + 18, ey - 20), (ex + 45, ey + 6)], 10)
    line(c, [(ex - 28, ey + 22), (ex, ey + 27), (ex + 28, ey + 21)], 4)
    line(
        c,
        [(ex - side * 50, ey - 56 - 4 * f.brow), (ex, ey - 72), (ex + side * 54, ey - 50)],
        15 * f.brow,
        colour=f.hair if f.hair != "#e9e2d6" else "#8f877c",
    )
    c.drawPath(
        smooth(
            [
                (500 + side * w * 0.97, y(-50)),
                (500 + side * w * 1.17, y(-62)),
                (500 + side * w * 1.14, y(50)),
                (500 + side * w * 0.95, y(62)),
            ]
        ),
        ink(f.skin if side < 0 else f.shade),
    )
    line(
        c,
        [
            (500 + side * w * 0.99, y(-48)),
            (500 + side * w * 1.16, y(-60)),
            (500 + side * w * 1.13, y(46)),
            (500 + side * w * 0.96, y(60)),
        ],
        6,
    )


def features(c: skia.Canvas, f: Face) -> None:
    """Eyes, brows, nose, mouth, ears and the shadow side."""
    t, y = f.turn, lambda v: 520 + v * f.long
    for side in (-1, 1):
        eye_and_ear(c, f, side)
    n = t * 1.9
    line(
        c,
        [
            (500 + n * 0.4 + 10, y(-30)),
            (500 + n + 22, y(58)),
            (500 + n + 34, y(84)),
            (500 + n, y(98)),
            (500 + n - 30, y(86)),
        ],
        9,
    )
    line(c, [(500 + n + 34, y(74)), (500 + n + 44, y(88)), (500 + n + 26, y(96))], 6)
    s = 20 * f.smile
    mouth = [
        (500 + t * 1.3 - 66, y(150) - s),
        (500 + t * 1.3 - 20, y(153)),
        (500 + t * 1.3, y(157)),
        (500 + t * 1.3 + 22, y(153)),
        (500 + t * 1.3 + 66, y(148) - s),
    ]
    c.drawPath(
        smooth(
            [
                mouth[0],
                (500 + t * 1.3 - 16, y(138)),
                (500 + t * 1.3, y(143)),
                (500 + t * 1.3 + 16, y(138)),
                mouth[4],
                (500 + t * 1.3, y(182)),
            ],
            tension=0.8,
        ),
        ink(f.lips),
    )
    line(c, mouth, 9)
    line(c, [(500 + t * 1.3 - 26, y(196)), (500 + t * 1.3, y(200)), (500 + t * 1.3 + 26, y(195))], 4)
    line(c, [(500 + t - 74, y(92)), (500 + t - 92, y(132)), (500 + t - 86, y(158))], 4)
    line(c, [(500 + t + 88, y(88)), (500 + t + 104, y(130)), (500 + t + 98, y(158))], 4)


def portrait(canvas: Canvas, f: Face, collar: str, over: object, under: object = None) -> None:
    """The face on its ground, with hair behind (under) and hair or things in front (over)."""
    finish.paper(canvas, f.ground, seed=f.seed, tooth=0.05)
    glow = np.clip(1 - np.hypot((canvas.x - 470) / 620, (canvas.y - 520) / 700), 0, 1)
    canvas.glow(glow, "#fff2dc", 0.16)
    rng = np.random.default_rng(f.seed)
    outline = head_outline(f)

    def brush(c: skia.Canvas) -> None:
        if under:
            under(c, rng)
        bust(c, f, collar)
        head = smooth(outline, tension=0.95)
        c.drawPath(head, ink(f.skin))
        c.save()
        c.clipPath(head, True)
        side = trail("560 200, 640 330, 606 450, 650 560, 596 640, 640 730, 560 800, 900 860, 900 200")
        c.drawPath(smooth(side), ink(f.shade))
        c.drawPath(smooth(trail("530 470, 552 560, 566 606, 520 622, 500 600")), ink(f.shade, 0.8))
        c.drawPath(smooth(trail("420 690, 520 712, 610 690, 560 800, 460 800")), ink(f.shade, 0.35))
        c.restore()
        features(c, f)
        line(c, [*outline[3:], outline[0]], 9, taper=0.45)
        over(c, rng)
        hatch(c, (640, 1010, 900, 1240), rng, step=15)
        line(c, [(60, 1090), (180, 966), (386, 894)], 10)
        line(c, [(940, 1090), (820, 966), (614, 894)], 10)

    canvas.lay(brush)
    finish.film(canvas, 0.009)


def curls(
    c: skia.Canvas, centre: Point, size: Point, rng: np.random.Generator, colours: tuple[str, str], many: int
) -> None:
    """A cloud of curls around the centre."""
    for k in range(many):
        a, r = rng.uniform(0, 6.283), np.sqrt(rng.random())
        x, y = centre[0] + size[0] * r * np.cos(a), centre[1] + size[1] * r * np.sin(a)
        s = rng.uniform(26, 46)
        c.drawCircle(x, y, s, ink(colours[0]))
        if k % 2:
            b = rng.uniform(0, 6.283)
            arc = [(x + s * 0.62 * np.cos(b + q), y + s * 0.62 * np.sin(b + q)) for q in np.linspace(0, 3.6, 8)]
            line(c, arc, 4.5, colour=colours[1])
