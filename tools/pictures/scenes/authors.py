"""The six author portraits."""

import numpy as np
import skia

from tools.pictures.canvas import Canvas, ink, poly, smooth, trail
from tools.pictures.scenes.faces import Face, curls, portrait
from tools.pictures.scenes.pen import line, strands


def mara(canvas: Canvas) -> None:
    """240: short dark hair, round glasses, high collar."""
    f = Face("#c9b49a", "#efd2b4", "#c99a78", "#31475a", "#241b1a", seed=4, jaw=0.94, smile=0.35)

    def over(c: skia.Canvas, rng: np.random.Generator) -> None:
        hair = trail(
            "292 560, 270 420, 300 290, 400 215, 530 205, 650 250, 722 360, 730 500, 706 566, 688 470, 650 390, 560 356, 470 372, 396 420, 340 430, 312 500"
        )
        c.drawPath(smooth(hair, tension=0.8), ink(f.hair))
        strands(
            c,
            [
                [(330, 400), (400, 300), (520, 250)],
                [(360, 420), (440, 330), (560, 290)],
                [(560, 260), (660, 320), (704, 440)],
                [(600, 330), (680, 400), (706, 500)],
            ],
            "#6d5750",
        )
        for side in (-1, 1):
            x, y = 516 + side * 86, 504
            paint = ink("#7a1f2b", stroke=9)
            c.drawCircle(x, y, 66, ink("#ffffff", 0.14))
            c.drawCircle(x, y, 66, paint)
            line(c, [(x - 30, y - 26), (x - 8, y - 44)], 5, colour="#ffffff")
        line(c, [(496, 492), (516, 480), (536, 492)], 9, colour="#7a1f2b")
        line(c, [(364, 496), (312, 486)], 8, colour="#7a1f2b")
        line(c, [(668, 496), (706, 486)], 8, colour="#7a1f2b")

    portrait(canvas, f, "coat", over)


def tomas(canvas: Canvas) -> None:
    """241: bald, full grey beard, loose tie."""
    f = Face("#9fb0a6", "#e8c3a2", "#bd8b6a", "#4a4238", "#b9b2a6", seed=8, wide=1.06, jaw=1.05, brow=1.35, smile=0.1)

    def over(c: skia.Canvas, rng: np.random.Generator) -> None:
        beard = trail(
            "296 560, 326 640, 400 640, 440 634, 520 622, 600 634, 650 640, 694 640, 716 556, 716 700, 672 820, 580 900, 510 916, 430 896, 342 810, 300 690"
        )
        c.drawPath(smooth(beard, tension=0.8), ink("#c9c2b6"))
        c.drawPath(
            smooth(trail("560 640, 690 640, 716 560, 712 720, 664 824, 570 900, 600 760"), tension=0.8), ink("#978e82")
        )
        c.drawPath(smooth(trail("452 676, 520 664, 590 674, 560 704, 520 710, 480 704")), ink("#8a4a42"))
        line(c, [(452, 678), (520, 686), (592, 674)], 8)
        for _ in range(90):
            a = rng.uniform(0.1, 3.04)
            r0, r1 = rng.uniform(120, 165), rng.uniform(170, 250)
            line(
                c,
                [
                    (512 - r0 * np.cos(a), 650 + r0 * 0.75 * np.sin(a)),
                    (512 - (r0 + r1) / 2 * np.cos(a + 0.05), 652 + (r0 + r1) / 2 * 0.95 * np.sin(a)),
                    (512 - r1 * 0.86 * np.cos(a), 650 + r1 * np.sin(a)),
                ],
                3,
                colour="#5f564c" if rng.random() > 0.35 else "#f3ede0",
            )
        for y in (356, 384, 410):
            line(c, [(420, y + 6), (520, y - 6), (630, y + 4)], 4, colour="#8f6248")
        c.drawPath(smooth(trail("380 320, 440 286, 470 310, 410 350")), ink("#fff0dc", 0.7))
        c.drawPath(poly(trail("482 1010, 536 1010, 556 1060, 570 1250, 470 1250, 468 1060")), ink("#7a1f2b"))
        line(c, [(482, 1010), (468, 1060), (470, 1250)], 7)
        line(c, [(536, 1010), (556, 1060), (570, 1250)], 7)

    portrait(canvas, f, "shirt", over)


def leila(canvas: Canvas) -> None:
    """242: a cloud of curls, large earrings, striped scarf."""
    f = Face(
        "#d9a982", "#b87d55", "#8a5638", "#1d4f7a", "#1e1512", seed=12, wide=0.96, jaw=0.86, smile=0.75, lips="#8c2f33"
    )

    def under(c: skia.Canvas, rng: np.random.Generator) -> None:
        curls(c, (500, 440), (310, 300), rng, ("#1e1512", "#63453a"), 330)

    def over(c: skia.Canvas, rng: np.random.Generator) -> None:
        for a in np.linspace(-2.95, -0.2, 40):
            x, y = 500 + 196 * np.cos(a), 440 + 190 * np.sin(a)
            s = rng.uniform(28, 44)
            c.drawCircle(x, y, s, ink("#1e1512"))
            arc = [(x + s * 0.6 * np.cos(a * 5 + q), y + s * 0.6 * np.sin(a * 5 + q)) for q in np.linspace(0, 3.6, 8)]
            line(c, arc, 4.5, colour="#63453a")
        for side in (-1, 1):
            x = 500 + side * 208
            c.drawCircle(x, 640, 44, ink("#d8a43a", stroke=13))
            c.drawCircle(x, 640, 50, ink("#5d3d12", stroke=3))

    portrait(canvas, f, "scarf", over, under)


def karim(canvas: Canvas) -> None:
    """243: thick black hair, short beard, open collar."""
    f = Face("#a9b7a4", "#d9a67b", "#a8714b", "#0f5e4d", "#15110f", seed=16, jaw=1.06, brow=1.4, smile=0.3)

    def over(c: skia.Canvas, rng: np.random.Generator) -> None:
        beard = trail(
            "304 556, 330 640, 392 652, 446 640, 520 628, 596 640, 650 650, 684 636, 704 552, 704 680, 656 756, 590 806, 516 820, 440 806, 352 748, 308 670"
        )
        c.drawPath(smooth(beard, tension=0.8), ink("#1d1715", 0.93))
        c.drawPath(
            smooth(trail("450 668, 500 657, 520 661, 545 657, 594 664, 560 700, 520 706, 482 702")), ink("#a15a4c")
        )
        line(c, [(450, 670), (520, 676), (594, 664)], 8)
        strands(
            c,
            [
                [(350, 690), (400, 740), (470, 780)],
                [(640, 700), (600, 750), (540, 786)],
                [(420, 720), (470, 752), (520, 760)],
            ],
            "#4f423a",
            4,
        )
        hair = trail(
            "298 520, 276 400, 300 280, 370 190, 480 160, 610 168, 700 240, 734 380, 716 500, 690 430, 676 360, 600 340, 500 352, 410 330, 350 372, 318 440"
        )
        c.drawPath(smooth(hair, tension=0.85), ink(f.hair))
        for k in range(9):
            x = 330 + 42 * k
            strands(c, [[(x, 330 - 6 * (k % 3)), (x + 22, 250), (x + 70, 195 + 6 * (k % 2))]], "#54463d", 4.5)

    portrait(canvas, f, "shirt", over)


def edda(canvas: Canvas) -> None:
    """244: white hair in a bun, long face, roll-neck."""
    f = Face(
        "#8fa3ad",
        "#f0d5bd",
        "#cda084",
        "#6b2a36",
        "#e9e2d6",
        seed=20,
        long=1.1,
        wide=0.9,
        jaw=0.88,
        brow=0.8,
        smile=0.5,
    )

    def under(c: skia.Canvas, rng: np.random.Generator) -> None:
        c.drawPath(smooth(trail("430 230, 440 120, 530 84, 620 130, 620 236")), ink("#e9e2d6"))
        for k in range(7):
            line(c, [(450 + 8 * k, 210), (470 + 14 * k, 120 + 8 * k), (560 + 6 * k, 110 + 16 * k)], 4, colour="#8f877c")
        line(c, trail("430 230, 436 126, 530 84, 622 132, 622 230"), 8)

    def over(c: skia.Canvas, rng: np.random.Generator) -> None:
        hair = trail(
            "318 520, 296 400, 322 270, 420 208, 530 200, 630 236, 696 330, 704 450, 682 530, 664 430, 610 350, 530 312, 440 342, 370 400, 340 450"
        )
        c.drawPath(smooth(hair, tension=0.85), ink("#e9e2d6"))
        for k in range(12):
            x = 326 + 30 * k
            line(c, [(x, 440 - 90 * np.sin(np.pi * k / 11)), (x * 0.8 + 104, 300), (524, 214)], 3.6, colour="#9a9186")
        line(c, hair[:9], 8)
        for y, w in ((384, 60), (404, 74)):
            line(c, [(520 - w, y), (520, y - 6), (520 + w, y + 2)], 3.6, colour="#a9775c")
        for side in (-1, 1):
            for k in range(3):
                x = 516 + side * (84 * 0.9 + 52)
                line(c, [(x, 500 + 8 * k), (x + side * 22, 492 + 16 * k)], 3.4, colour="#a9775c")

    portrait(canvas, f, "roll", over, under)


def jonah(canvas: Canvas) -> None:
    """245: flat cap, moustache, wide smile."""
    f = Face(
        "#d3b24f", "#7a4a30", "#523020", "#2c3b33", "#15100d", seed=24, jaw=0.98, brow=1.1, smile=0.6, lips="#5e2a26"
    )

    def over(c: skia.Canvas, rng: np.random.Generator) -> None:
        c.drawPath(
            smooth(trail("430 650, 470 644, 522 652, 580 642, 622 642, 590 706, 522 728, 462 710"), tension=0.8),
            ink("#3b1715"),
        )
        c.drawPath(smooth(trail("442 655, 522 662, 612 649, 586 684, 522 692, 468 686"), tension=0.8), ink("#fbf4e6"))
        line(c, trail("424 642, 450 652, 522 660, 592 648, 628 636"), 8)
        c.drawPath(
            smooth(trail("432 640, 470 612, 520 616, 572 610, 618 634, 566 638, 520 634, 476 640")), ink("#15100d")
        )
        cap = trail("286 400, 270 330, 320 232, 440 180, 590 178, 700 240, 744 340, 726 404, 610 372, 500 366, 390 376")
        c.drawPath(smooth(cap, tension=0.8), ink("#6f6650"))
        for k in range(14):
            line(
                c,
                [(292 + 33 * k, 390 - 18 * np.sin(np.pi * k / 13)), (330 + 27 * k, 280), (400 + 17 * k, 196)],
                3.2,
                colour="#4a432f" if k % 2 else "#948a6c",
            )
        for y in (240, 290, 335):
            line(c, [(320, y + 40), (500, y), (716, y + 46)], 3.2, colour="#4a432f")
        c.drawPath(
            smooth(trail("262 398, 390 366, 520 366, 610 396, 480 398, 350 426, 276 436"), tension=0.8), ink("#55503c")
        )
        line(c, trail("262 400, 276 436, 350 426, 480 400, 612 394"), 8)
        line(c, trail("286 400, 270 330, 320 232, 440 180, 590 178, 700 240, 744 340, 726 404"), 9)

    portrait(canvas, f, "coat", over)
