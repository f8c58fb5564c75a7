"""The cartoon: the committee that moved the sea."""

from collections.abc import Callable

import numpy as np
import skia

from tools.pictures import finish
from tools.pictures.canvas import Canvas, ink, poly, smooth, trail
from tools.pictures.scenes.pen import hatch, line

Point = tuple[float, float]

BLACK = "#1b1613"


def headgear(c: skia.Canvas, at: Callable, kind: int) -> None:
    """Top hat, bowler or hair."""
    if kind in (0, 4):
        hat = [at(-24, 298), at(-22, 352), at(22, 352), at(24, 298)]
        c.drawPath(poly(hat), ink("#26262a"))
        c.drawPath(smooth([at(-42, 298), at(0, 306), at(42, 298), at(0, 292)]), ink("#26262a"))
        line(c, [at(-17, 344), at(-18, 308)], 4, colour="#8b8b90")
    elif kind == 1:
        c.drawPath(smooth([at(-27, 300), at(-20, 336), at(20, 336), at(27, 300)], tension=0.9), ink("#26262a"))
        c.drawPath(smooth([at(-38, 302), at(0, 296), at(38, 302), at(0, 308)]), ink("#26262a"))
    elif kind == 2:
        c.drawPath(
            smooth([at(-27, 280), at(-30, 306), at(0, 326), at(30, 306), at(27, 280), at(16, 306), at(-14, 306)]),
            ink("#211a18"),
        )
    else:
        line(c, [at(-24, 296), at(-10, 309), at(10, 309), at(24, 296)], 5)


def legs(c: skia.Canvas, at: Callable, s: float, fat: float) -> None:
    """Bare legs under rolled trousers."""
    for side in (-1, 1):
        leg = [at(side * 15 * fat, 80), at(side * 17 * fat, 30), at(side * 17 * fat, 2)]
        c.drawPath(smooth(leg, closed=False), ink("#e9c9a8", stroke=15 * s))
        line(c, [at(side * 15 * fat - 8, 78), at(side * 17 * fat - 8, 30), at(side * 17 * fat - 8, 4)], 3)
        line(c, [at(side * 15 * fat + 8, 78), at(side * 17 * fat + 8, 30), at(side * 17 * fat + 8, 4)], 3)
        c.drawPath(
            smooth(
                [
                    at(side * 17 * fat - 10, 4),
                    at(side * 17 * fat + 14 * side, 5),
                    at(side * 17 * fat + 22 * side, -3),
                    at(side * 17 * fat - 8, -4),
                ]
            ),
            ink("#e9c9a8"),
        )
        line(c, [at(side * 17 * fat - 10, -4), at(side * 17 * fat + 22 * side, -4)], 3)
        trouser = [at(side * 30 * fat, 132), at(side * 31 * fat, 70), at(side * 4, 68), at(0, 130)]
        c.drawPath(poly(trouser), ink("#6e6a64"))
        line(c, [at(side * 31 * fat, 72), at(side * 18 * fat, 66), at(side * 3, 70)], 5)
        line(c, [at(side * 31 * fat, 62 + 16), at(side * 3, 60 + 17)], 3)


def official(c: skia.Canvas, x: float, s: float, kind: int, rng: np.random.Generator) -> None:
    """One member of the committee, standing at x; s is the scale, kind the type."""
    y = 668.0

    def at(u: float, v: float) -> Point:
        return x + u * s, y - v * s

    fat = (1.0, 1.45, 0.8, 1.2, 0.9)[kind]
    legs(c, at, s, fat)
    coat = [
        at(-34 * fat, 92),
        at(-38 * fat, 150),
        at(-32 * fat, 220),
        at(-14, 238),
        at(14, 238),
        at(32 * fat, 220),
        at(38 * fat, 150),
        at(36 * fat, 92),
        at(0, 104),
    ]
    c.drawPath(smooth(coat, tension=0.8), ink(("#2f3a44", "#54302c", "#3b3b3f", "#40463a", "#2f3a44")[kind]))
    line(c, [*coat, coat[0]], 5, taper=0.7)
    hatch(c, (*at(4, 200), *at(32 * fat, 104)), rng, step=7 * s)
    c.drawPath(poly([at(-10, 236), at(0, 196), at(10, 236)]), ink("#f7f2e6"))
    c.drawPath(poly([at(-3, 226), at(3, 226), at(5, 190), at(0, 184), at(-5, 190)]), ink("#7a1f2b"))
    head = [at(-25, 270), at(-22, 300), at(0, 312), at(22, 300), at(25, 270), at(16, 246), at(0, 238), at(-16, 246)]
    c.drawPath(smooth(head, tension=0.9), ink(("#ecccab", "#e7bf9c", "#b98960", "#f0d8bf", "#7b5138")[kind]))
    line(c, [*head, head[0]], 4.5, taper=0.6)
    look = (8, 4, -2, -6, -10)[kind]
    line(c, [at(look - 2, 282), at(look + (9 if look >= 0 else -9), 268), at(look - 1, 264)], 4)
    for side in (-1, 1):
        c.drawCircle(*at(look * 0.7 + side * 10, 284), 2.4 * s, ink(BLACK))
        line(c, [at(look * 0.7 + side * 4, 292 + 2 * side), at(look * 0.7 + side * 16, 293 - 2 * side)], 3.4)
    line(c, [at(look * 0.6 - 9, 252), at(look * 0.6, 255), at(look * 0.6 + 9, 251)], 3.6)
    if kind in (0, 3):
        line(c, [at(look - 17, 259), at(look - 6, 263), at(look, 260), at(look + 6, 263), at(look + 17, 258)], 7)
    if kind == 2:
        for side in (-1, 1):
            c.drawCircle(*at(look * 0.7 + side * 10, 284), 8.5 * s, ink(BLACK, stroke=2.2))
    headgear(c, at, kind)


def arm(c: skia.Canvas, a: Point, b: Point, e: Point, colour: str) -> None:
    """A sleeved arm from a over b to the hand at e."""
    c.drawPath(smooth([a, b, e], closed=False), ink(BLACK, stroke=21))
    c.drawPath(smooth([a, b, e], closed=False), ink(colour, stroke=15))
    c.drawCircle(*e, 9.5, ink(BLACK))
    c.drawCircle(*e, 7, ink("#e9c9a8"))


def the_wave(c: skia.Canvas, rng: np.random.Generator) -> None:
    """A tall wave that leans over the committee from the right, and more sea behind."""
    body = trail(
        "1010 700, 1010 250, 960 130, 860 62, 730 48, 610 84, 560 150, 600 138, 580 196, 640 160, 650 220, 700 180, 745 235, 775 330, 770 450, 720 560, 640 640, 560 672, 700 690"
    )
    c.drawPath(smooth(body, tension=0.75), ink("#a9c0c4"))
    hollow = trail(
        "745 235, 790 330, 792 450, 748 560, 670 640, 590 674, 700 688, 800 640, 872 520, 880 380, 840 270, 790 215"
    )
    c.drawPath(smooth(hollow, tension=0.75), ink("#6f929b"))
    c.drawPath(
        smooth(body[:9] + trail("640 160, 700 120, 820 130, 900 200, 950 330, 990 420"), tension=0.7), ink("#e9eee6")
    )
    for k in range(26):
        t = k / 25
        line(
            c,
            [
                (760 + 90 * t, 250 + 40 * t),
                (800 + 130 * t, 380 + 30 * t),
                (790 + 140 * t, 520 + 40 * t),
                (700 + 190 * t, 650 + 14 * t),
            ],
            2.2 + 2.0 * (k % 3 == 0),
        )
    for k in range(16):
        t = k / 15
        line(
            c,
            [
                (620 + 22 * k, 96 - 40 * np.sin(np.pi * t)),
                (660 + 22 * k, 84 - 26 * np.sin(np.pi * t)),
                (720 + 19 * k, 130 + 70 * t),
            ],
            2.6,
        )
    line(c, body[:8][::-1][::-1], 6)
    line(c, body[5:10], 6)
    line(c, body[9:18], 7)
    for _ in range(60):
        a = rng.uniform(2.2, 4.2)
        r = rng.uniform(30, 120)
        c.drawCircle(
            610 + r * np.cos(a),
            140 - r * np.sin(a) * 0.8,
            rng.uniform(1.6, 5.5),
            ink(BLACK if rng.random() < 0.25 else "#e9eee6"),
        )


def tape_measure(c: skia.Canvas) -> None:
    """The tape from hand to hand along the beach."""
    tape = trail("44 556, 200 566, 350 562, 500 566, 664 552")
    c.drawPath(smooth(tape, closed=False), ink(BLACK, stroke=13))
    c.drawPath(smooth(tape, closed=False), ink("#e3b64a", stroke=9))
    for k in range(56):
        x = 50 + 11 * k
        y = np.interp(x, [p[0] for p in tape], [p[1] for p in tape]) + 1.5
        c.drawLine(x, y - 4, x, y + (0 if k % 5 else 4), ink(BLACK, stroke=1.6))


def wind_and_sea(c: skia.Canvas, rng: np.random.Generator) -> None:
    """Thin lines of wind, and the calm sea behind the beach."""
    for k in range(46):
        y = 90 + 9 * k + rng.normal(0, 2)
        x = rng.uniform(-40, 300)
        line(
            c,
            [(x, y), (x + rng.uniform(80, 240), y + rng.normal(0, 3)), (x + rng.uniform(250, 420), y)],
            rng.uniform(0.8, 2.2),
            colour="#5b6a6c",
        )
    for k in range(9):
        y = 585 + 9 * k
        line(c, [(-10, y), (180, y + 3), (390, y - 2), (640, y + 2)], 1.6 + 0.25 * k, colour="#45565a")


def cartoon(canvas: Canvas) -> None:
    """214: the committee measures the sea."""
    finish.paper(canvas, "#f3ead8", seed=30, tooth=0.05)
    rng = np.random.default_rng(6)
    wash = canvas.fbm((3, 5), 31, octaves=5, warp=1.0)
    canvas.tint(np.clip((wash - 0.4) * 1.6, 0, 0.55) * np.clip((430 - canvas.y) / 430, 0, 1), "#b9c4c2")
    canvas.tint(np.clip((canvas.y - 640) / 60, 0, 1) * (0.5 + 0.4 * wash), "#dcc59a")

    def brush(c: skia.Canvas) -> None:
        wind_and_sea(c, rng)
        the_wave(c, rng)
        for _ in range(130):
            x, y = rng.uniform(0, 1000), 690 + 60 * rng.random() ** 1.3
            c.drawCircle(x, y, rng.uniform(0.5, 1.6), ink(BLACK, 0.6))
        c.drawPath(
            smooth(trail("-10 668, 200 660, 420 676, 640 668, 1010 690, 1010 676, 640 654, 420 664, 200 650, -10 656")),
            ink("#e9eee6"),
        )
        line(c, trail("-10 668, 200 660, 420 676, 640 668, 1010 690"), 3)
        for x, s, kind in ((120, 0.98, 0), (238, 1.02, 1), (352, 0.9, 2), (462, 1.0, 3), (575, 0.97, 4)):
            c.drawPath(smooth([(x - 60, 672), (x + 40, 690), (x + 150, 700), (x + 30, 678)]), ink("#6b5a44", 0.3))
            official(c, x, s, kind, rng)
        tape_measure(c)
        arm(c, (96, 448), (58, 506), (46, 554), "#2f3a44")
        arm(c, (264, 440), (300, 500), (284, 560), "#54302c")
        arm(c, (438, 452), (414, 520), (436, 562), "#40463a")
        arm(c, (604, 448), (650, 490), (662, 550), "#2f3a44")
        board = trail("336 506, 392 494, 402 552, 346 564")
        arm(c, (330, 470), (318, 530), (350, 545), "#3b3b3f")
        c.drawPath(poly(board), ink("#f7f2e6"))
        line(c, [*board, board[0]], 4, taper=0.8)
        for k in range(4):
            line(c, [(346 + 2 * k, 516 + 11 * k), (390 + 2 * k, 506 + 11 * k)], 2.4)
        arm(c, (374, 470), (396, 500), (386, 512), "#3b3b3f")
        for x, y, s in ((160, 150, 22), (226, 118, 15), (330, 176, 18)):
            line(c, [(x - s, y), (x - s * 0.4, y - s * 0.45), (x, y)], 4)
            line(c, [(x, y), (x + s * 0.45, y - s * 0.5), (x + s, y + 2)], 4)
        c.drawPath(poly(trail("716 742, 742 742, 736 708, 722 708")), ink("#7a1f2b"))
        line(c, trail("716 742, 722 708, 736 708, 742 742, 716 742"), 4, taper=0.8)
        line(c, [(720, 708), (729, 690), (738, 708)], 3)

    canvas.lay(brush)
    soft = canvas.fbm((140, 140), 33, octaves=3)
    canvas.px = canvas.px * (1 - 0.06 * (soft - 0.5))[..., None]
    finish.film(canvas, 0.012)
